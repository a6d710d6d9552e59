import { pruneLog } from '../../journal/retention.ts';
import type { Domain } from '../domain.ts';
import { fileEvents } from './events.ts';
import './graph.ts';
import { completeFiles, projectFiles, pruneUploads } from './store.ts';

/** Files that are uploaded and looked at before anything is trained on them. */
export function filesDomain(): Domain {
  return {
    name: 'files',
    projections: [{ topic: fileEvents, project: projectFiles }],
    completions: [{ topic: fileEvents, complete: completeFiles }],
    prune: async ({ database }, { since }) =>
      (await pruneUploads(database.kysely, since)) +
      (await pruneLog(database.kysely, fileEvents.name, since)),
    start: async () => ({ sources: [], stop: () => {} }),
  };
}
