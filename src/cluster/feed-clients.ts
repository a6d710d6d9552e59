import { sql } from 'kysely';
import { isUnavailable } from '../db/database-fault.ts';
import type { DatabaseHandle } from '../db/database.ts';
import type { Log } from '../log/log.ts';

declare module '../db/database.ts' {
  interface Database {
    feed_clients: FeedClientsTable;
  }
}

interface FeedClientsTable {
  client: string;
  progress: Readonly<Record<string, string>>;
  seen_at: Date;
}

/** How long a client is known after it was last seen, and how many are. */
const knownMs = 300_000;
const knownMax = 50_000;
/** Clients that disconnect within this time are stored together. */
const collectMs = 20;
const cleanEveryMs = 30_000;
/** Clients that wait for a database that does not answer; further ones are not stored. */
const unsavedMax = 10_000;

/** By part of a feed, the cursor of the last event that was sent. */
export type FeedProgress = ReadonlyMap<string, string>;

/** How far clients of old feeds have read, known to all instances. */
export class FeedClients implements AsyncDisposable {
  readonly #database: DatabaseHandle;
  readonly #log: Log;
  #unsaved = new Map<string, FeedProgress>();
  #timer: NodeJS.Timeout | null = null;
  #saving: Promise<void> = Promise.resolve();
  #cleanedAt = performance.now();
  #failing = false;

  constructor(database: DatabaseHandle, log: Log) {
    this.#database = database;
    this.#log = log;
  }

  /** @returns undefined for a client that is not known. Rejects if the database does not answer. */
  async load(client: string): Promise<FeedProgress | undefined> {
    const unsaved = this.#unsaved.get(client);
    if (unsaved !== undefined) return unsaved;
    const { rows } = await sql<Pick<FeedClientsTable, 'progress'>>`
      select progress from feed_clients
      where client = ${client} and seen_at > ${knownSince()}`.execute(this.#database.kysely);
    const [row] = rows;
    return row && new Map(Object.entries(row.progress));
  }

  /** Stores the progress soon. */
  save(client: string, progress: FeedProgress): void {
    if (this.#unsaved.size >= unsavedMax && !this.#unsaved.has(client)) return;
    this.#unsaved.set(client, progress);
    this.#timer ??= setTimeout(() => this.#flush(), collectMs);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#flush();
    await this.#saving;
  }

  #flush(): void {
    this.#timer = null;
    this.#saving = this.#saving.then(() => this.#store());
  }

  /** Never rejects. What cannot be stored is known to this instance only. */
  async #store(): Promise<void> {
    const saved = [...this.#unsaved];
    if (saved.length === 0) return;
    try {
      const rows = saved.map(([client, progress]) => ({ client, progress: Object.fromEntries(progress) }));
      await sql`
        insert into feed_clients (client, progress, seen_at)
        select client, progress, ${new Date()}
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (client text, progress jsonb)
        order by client
        on conflict (client) do update set progress = excluded.progress, seen_at = excluded.seen_at`.execute(
        this.#database.kysely,
      );
      await this.#clean();
      this.#failing = false;
    } catch (error) {
      if (!this.#failing && !isUnavailable(error))
        this.#log.warn({ err: error }, 'the progress of clients of old feeds could not be stored');
      this.#failing = true;
    }
    for (const [client, progress] of saved)
      if (this.#unsaved.get(client) === progress) this.#unsaved.delete(client);
  }

  async #clean(): Promise<void> {
    if (performance.now() - this.#cleanedAt < cleanEveryMs) return;
    this.#cleanedAt = performance.now();
    await sql`
      delete from feed_clients
      where seen_at < ${knownSince()}
        or client in (select client from feed_clients order by seen_at desc offset ${knownMax})`.execute(
      this.#database.kysely,
    );
  }
}

/** Clocks of machines differ by less than matters here. */
function knownSince(): Date {
  return new Date(Date.now() - knownMs);
}
