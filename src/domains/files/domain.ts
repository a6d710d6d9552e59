import { retainedEntries } from '../../journal/retention.ts';
import type { Domain } from '../domain.ts';
import { fileEvents } from './events.ts';
import './graph.ts';
import { uploadTable, retainedUploads } from './store.ts';

/** Files that are uploaded and looked at before anything is trained on them. */
export function filesDomain(): Domain {
  return {
    name: 'files',
    handlers: [uploadTable],
    retained: [retainedUploads, retainedEntries(fileEvents.name)],
  };
}
