import { randomUUID } from 'node:crypto';
import { openDatabase, type DatabaseHandle } from '../../src/db/database.ts';
import { startEmbedded } from '../../src/db/embedded.ts';
import { migrate } from '../../src/db/migrate.ts';
import { auditTable } from '../../src/domains/governance/audit.store.ts';
import type { DurableLog } from '../../src/journal/journal.ts';
import { GaugeRecorder } from '../../src/journal/gauge-recorder.ts';
import { Gauges } from '../../src/journal/gauges.ts';
import { openPostgresLog } from '../../src/journal/postgres-log.ts';
import { every } from '../../src/journal/topic.ts';
import { MemoryBudget, memoryBudgetDefault } from '../../src/lib/memory-budget.ts';
import { silentLog } from '../../src/log/log.ts';
import { ingest } from '../../src/graph/ingest.ts';
import { auditDraft } from '../lib/audit.ts';
import { handleRequests } from '../lib/rpc.ts';

/** The log on an embedded PostgreSQL, written as by `publish`, and by a minimal INSERT. */

export interface Writing {
  /** Number of concurrent loops. Each writes the next batch when the previous one is acknowledged. */
  readonly writers: number;
  /** Number of events in a batch. */
  readonly batch: number;
  readonly seconds: number;
}

export interface StoreServer extends Record<string, (argument: never) => unknown> {
  readonly start: (dir: string) => Promise<void>;
  /** Writes through the journal. @param audit whether the tables of the audit log are written too. @returns events per second. */
  readonly publish: (writing: Writing & { readonly audit: boolean }) => Promise<number>;
  /** Writes the same rows with one statement per batch over the same pool. @returns rows per second. */
  readonly insert: (writing: Writing) => Promise<number>;
  readonly stop: (argument: null) => Promise<void>;
}

/** A topic with the payload of audit entries, but without further tables. */
const plain = every<ReturnType<typeof auditDraft>['payload']>('bench');
let database: DatabaseHandle | null = null;
let log: DurableLog | null = null;
let event = 0;
const undo: (() => PromiseLike<void>)[] = [];

async function perSecond(
  { writers, batch, seconds }: Writing,
  write: () => Promise<unknown>,
): Promise<number> {
  const began = performance.now();
  const end = began + seconds * 1_000;
  let acknowledged = 0;
  await Promise.all(
    Array.from({ length: writers }, async () => {
      while (performance.now() < end) {
        await write();
        acknowledged += batch;
      }
    }),
  );
  return (acknowledged / (performance.now() - began)) * 1_000;
}

function rows() {
  if (database === null || log === null) throw new Error('the store was not started');
  const recorder = new GaugeRecorder({
    db: database.kysely,
    gauges: new Gauges(),
    handlers: [],
    memory: new MemoryBudget(memoryBudgetDefault).share('drafts'),
  });
  return { pool: database.pool, journal: { log, recorder } };
}

async function stored(): Promise<number> {
  const { rows: found } = await rows().pool.query<{ count: number }>('select count(*) as count from events');
  return found[0]?.count ?? 0;
}

/** Throws unless every acknowledged event is stored. */
async function checked(writing: Writing, write: () => Promise<unknown>): Promise<number> {
  const before = await stored();
  let batches = 0;
  const rate = await perSecond(writing, async () => {
    await write();
    batches++;
  });
  const added = (await stored()) - before;
  if (added !== batches * writing.batch)
    throw new Error(`${batches * writing.batch} events were acknowledged and ${added} stored`);
  return rate;
}

handleRequests({
  async start(dir) {
    const embedded = await startEmbedded({ dataDir: dir, log: silentLog });
    database = openDatabase({ connection: embedded.connection, log: silentLog });
    await migrate(database, silentLog);
    log = await openPostgresLog({
      database,
      log: silentLog,
      handlers: [auditTable],
    });
    const opened = { database, log };
    undo.push(
      () => opened.log[Symbol.asyncDispose](),
      () => opened.database[Symbol.asyncDispose](),
      () => embedded.stop(),
    );
  },
  async publish({ audit, ...writing }) {
    const { journal } = rows();
    // The log first reads the rows that the bare loop has inserted. That must not count in the measurement.
    await ingest(journal, [() => ({ ...auditDraft(++event), topic: plain })]);
    return checked(writing, () =>
      ingest(
        journal,
        Array.from({ length: writing.batch }, () => () => {
          const draft = auditDraft(++event);
          return audit ? draft : { ...draft, topic: plain };
        }),
      ),
    );
  },
  insert(writing) {
    const { pool } = rows();
    return checked(writing, () => {
      const drafts = Array.from({ length: writing.batch }, () => auditDraft(++event));
      const at = new Date();
      return pool.query(
        `insert into events (topic, key, type, id, occurred_at, payload)
         select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::jsonb[])`,
        [
          drafts.map(() => plain.name),
          drafts.map(({ key }) => key),
          drafts.map(({ type }) => type),
          drafts.map(() => randomUUID()),
          drafts.map(() => at),
          drafts.map(({ payload }) => JSON.stringify(payload)),
        ],
      );
    });
  },
  async stop() {
    for (const step of undo.splice(0)) await step();
  },
} satisfies StoreServer);
