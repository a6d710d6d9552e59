import type { Migration } from 'kysely';
import * as journal from './20261121T100000Z-journal.ts';
import * as governance from './20261121T100100Z-governance.ts';
import * as host from './20261121T100200Z-host.ts';
import * as models from './20261121T100300Z-models.ts';

/**
 * Every migration by its file's name, in the order of the names. A list and not a folder that is read,
 * because the program is one bundled file at run time. What has landed is never changed: add another.
 */
export const migrations: Readonly<Record<string, Migration>> = {
  '20261121T100000Z-journal': journal,
  '20261121T100100Z-governance': governance,
  '20261121T100200Z-host': host,
  '20261121T100300Z-models': models,
};
