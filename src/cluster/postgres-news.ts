import pg from 'pg';
import type { DatabaseHandle } from '../db/database.ts';
import type { DurableLog } from '../journal/journal.ts';
import { newsChannel } from '../journal/news.ts';
import type { Log } from '../log.ts';

/** While nobody can tell us, and as a safety net while somebody can. */
const pollDeafMs = 1_000;
const pollListeningMs = 10_000;
const reconnectMs = 1_000;

/**
 * News between instances that share a PostgreSQL: whoever commits says so with NOTIFY, and whoever hears it reads what
 * is new from the table. The news carry positions and never entries, so a lost one delays and never loses. Without a
 * connection to listen on, the log is looked at once a second.
 */
export function followOthers(database: DatabaseHandle, eventLog: DurableLog, log: Log): AsyncDisposable {
  let client: pg.Client | null = null;
  let retry: NodeJS.Timeout | null = null;
  let polling: NodeJS.Timeout | null = null;
  let closed = false;

  async function listen(): Promise<void> {
    const opened = new pg.Client({
      ...database.connection,
      application_name: 'opsgraph-news',
      keepAlive: true,
    });
    opened.on('error', (error) => lost(opened, error));
    opened.on('end', () => lost(opened, null));
    opened.on('notification', ({ payload }) => eventLog.catchUp(Number(payload)));
    try {
      await opened.connect();
      await database.settle(opened);
      await opened.query(`listen ${newsChannel}`);
      if (closed) return await opened.end();
      client = opened;
      pollEvery(pollListeningMs);
      eventLog.catchUp(null); // what was said before we listened
    } catch (error) {
      lost(opened, error);
    }
  }

  function lost(from: pg.Client, error: unknown): void {
    if (closed || (client !== null && client !== from) || retry !== null) return;
    if (client === from) log.warn({ err: error }, 'news of other instances are asked for, as none are told');
    client = null;
    pollEvery(pollDeafMs);
    retry = setTimeout(() => {
      retry = null;
      void from.end().catch(() => {});
      void listen();
    }, reconnectMs);
  }

  function pollEvery(everyMs: number): void {
    if (polling !== null) clearInterval(polling);
    polling = closed ? null : setInterval(() => eventLog.catchUp(null), everyMs);
  }

  pollEvery(pollDeafMs);
  void listen();

  return {
    async [Symbol.asyncDispose]() {
      closed = true;
      if (retry !== null) clearTimeout(retry);
      if (polling !== null) clearInterval(polling);
      await client?.end().catch(() => {});
    },
  };
}
