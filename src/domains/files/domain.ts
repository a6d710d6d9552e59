import { retainedEntries } from '../../journal/retention.ts';
import type { Domain } from '../domain.ts';
import { fileEvents } from './events.ts';
import './graph.ts';
import { completeFiles, projectFiles, retainedUploads } from './store.ts';

/** Files that are uploaded and looked at before anything is trained on them. */
export function filesDomain(): Domain {
  return {
    name: 'files',
    projections: [{ topic: fileEvents, project: projectFiles }],
    completions: [{ topic: fileEvents, complete: completeFiles }],
    retained: [retainedUploads, retainedEntries(fileEvents.name)],
    start: async () => ({ sources: [], stop: () => {} }),
  };
}
