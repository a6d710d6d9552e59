import { retainedEntries } from '../../journal/retention.ts';
import type { Domain } from '../domain.ts';
import { fileEvents } from './events.ts';
import './graph.ts';
import { uploadTable, retainedUploads } from './store.ts';

/**
 * Uploads and validations of files, as producers report them: their events, and a table with one row per upload. Files
 * themselves are never received, read or stored.
 */
export function filesDomain(): Domain {
  return {
    name: 'files',
    handlers: [uploadTable],
    retained: [retainedUploads, retainedEntries(fileEvents.name)],
  };
}
