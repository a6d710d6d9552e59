import { openDatabase, type DatabaseHandle } from '../../src/db/database.ts';
import { startEmbedded } from '../../src/db/embedded.ts';
import { migrate } from '../../src/db/migrate.ts';
import type { RowKey } from '../../src/db/list-page.ts';
import { auditList, type AuditFilter } from '../../src/domains/governance/audit.store.ts';
import { silentLog } from '../../src/log/log.ts';
import { handleRequests } from '../lib/rpc.ts';

/** The audit log on an embedded PostgreSQL, read as `auditLogs` reads it. */

export interface AuditServer extends Record<string, (argument: never) => unknown> {
  /** Stores entries one second apart: most are alike, a few are rare and old. */
  readonly start: (wanted: { readonly dir: string; readonly entries: number }) => Promise<void>;
  /** Milliseconds for a page of 100 entries, from 1 for the newest: the median of 20 reads. */
  readonly page: (wanted: { readonly page: number }) => Promise<number>;
  /** Milliseconds for the first page of entries that satisfy one of `auditFilters`. */
  readonly filter: (wanted: { readonly name: string }) => Promise<number>;
  readonly stop: (argument: null) => Promise<void>;
}

const limit = 100;
const reads = 20;
/** Number of entries with each rare value, spread over the oldest tenth. */
const rareEntries = 20;

interface Wanted {
  readonly filter: AuditFilter;
  /** Number of entries on the page. Null: the search ends at its limit before the page is full. */
  readonly found: number | null;
}

const rare = { eventTypes: ['rare'], actorId: 'rare', targetId: 'rare', statuses: ['rare'] } as const;
/** Filters on values of a few old entries, and combinations of common values that are rare together. */
export const auditFilters: Readonly<Record<string, Wanted>> = {
  type: { filter: { eventTypes: rare.eventTypes }, found: rareEntries },
  types: { filter: { eventTypes: ['rare', 'none', 'rarer'] }, found: rareEntries },
  actor: { filter: { actorId: rare.actorId }, found: rareEntries },
  target: { filter: { targetId: rare.targetId }, found: rareEntries },
  status: { filter: { statuses: rare.statuses }, found: rareEntries },
  until: { filter: { until: new Date(Date.UTC(2026, 0, 1, 0, 0, 51)) }, found: 50 },
  'type, status': { filter: { eventTypes: ['login'], statuses: rare.statuses }, found: rareEntries },
  'actor, status': { filter: { actorId: 'robot', statuses: rare.statuses }, found: 7 },
  'type, actor, target, status': { filter: { ...rare, eventTypes: ['login'], actorId: 'robot' }, found: 0 },
  'common type, common status': { filter: { eventTypes: ['logout'], statuses: ['failure'] }, found: null },
};

let database: DatabaseHandle | null = null;
let stored = 0;
const undo: (() => PromiseLike<void>)[] = [];

/** @returns milliseconds. Throws if the page does not have the expected entries. */
async function read(filter: AuditFilter, from: RowKey | null, found: number | null): Promise<number> {
  if (database === null) throw new Error('the store was not started');
  const page = { limit, newestFirst: true, olderThan: from, newerThan: null };
  const began = performance.now();
  const { rows, searchedUpTo } = await auditList.read(database.kysely, filter, page);
  const ms = performance.now() - began;
  if (found === null ? searchedUpTo === null : rows.length !== found)
    throw new Error(`${JSON.stringify(filter)}: ${rows.length} entries found, ${found ?? 'fewer'} expected`);
  return ms;
}

handleRequests({
  async start({ dir, entries }) {
    const embedded = await startEmbedded({ dataDir: dir, log: silentLog });
    const opened = openDatabase({ connection: embedded.connection, log: silentLog, statementTimeoutMs: 0 });
    undo.push(
      () => opened[Symbol.asyncDispose](),
      () => embedded.stop(),
    );
    await migrate(opened, silentLog);
    const client = await opened.pool.connect();
    const slice = 250_000;
    await client.query('set synchronous_commit = off');
    for (let from = 1; from <= entries; from += slice)
      await client.query(
        `insert into audit_log (seq, id, event_type, actor_id, target_id, action, status, occurred_at, recorded_at)
         select n, gen_random_uuid()::text,
           case when n % rare = 1 and n < old then 'rare' when n % 2 = 0 then 'login' else 'logout' end,
           case when n % rare = 3 and n < old then 'rare' when n % 3 = 0 then 'robot' else 'user' || n % 5000 end,
           case when n % rare = 5 and n < old then 'rare' when n % 2 = 0 then 'target' || n % 1000 end,
           'An entry of the audit log as long as such entries are',
           case when n % rare = 6 and n < old then 'rare' when n % 10 = 0 then 'failure' else 'success' end, at, at
         from (
           select n, timestamptz '2026-01-01' + n * interval '1 second' as at, $3::bigint as old, $4::bigint as rare
           from generate_series($1::bigint, $2::bigint) as n
         ) as row`,
        [from, Math.min(entries, from + slice - 1), entries / 10, entries / 10 / rareEntries],
      );
    await client.query('vacuum analyze audit_log');
    client.release(true);
    [database, stored] = [opened, entries];
  },
  async page({ page }) {
    const seq = stored - (page - 1) * limit + 1;
    const from = page === 1 ? null : { at: new Date(Date.UTC(2026, 0, 1) + seq * 1_000), id: seq };
    const times: number[] = [];
    for (let round = 0; round < reads; round++) times.push(await read({}, from, limit));
    return times.toSorted((a, b) => a - b)[reads / 2] ?? 0;
  },
  filter({ name }) {
    const wanted = auditFilters[name];
    if (wanted === undefined) throw new Error(`there is no filter ${name}`);
    return read(wanted.filter, null, wanted.found);
  },
  async stop() {
    for (const step of undo.splice(0)) await step();
  },
} satisfies AuditServer);
