import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { migrations } from '../../migrations/list.ts';
import { openDatabase } from '../../src/db/database.ts';
import { migrate } from '../../src/db/migrate.ts';
import { silentLog } from '../../src/log/log.ts';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { graphqlClient } from '../_util/clients.ts';
import { createTestDatabase, type TestDatabase } from '../_util/database.ts';
import { hasPgBouncer, startPgBouncer, type PgBouncer } from '../_util/pgbouncer.ts';

const quiet = { FEATURE_SYSTEM_MONITORING: 'false', FEATURE_DATABASE_MONITORING: 'false' };
const publish = `mutation ($title: String!) {
  publish(input: { events: [{ activity: { title: $title, actionType: "test", status: "completed" } }] }) {
    ... on PublishSuccess { accepted { duplicate } }
  }
}`;

describe.skipIf(!hasPgBouncer).each(['session', 'transaction'] as const)(
  'behind PgBouncer in %s mode',
  (mode) => {
    let own: TestDatabase;
    let bouncer: PgBouncer;

    beforeAll(async () => {
      own = await createTestDatabase(undefined, { empty: true });
      bouncer = await startPgBouncer(own.connection, mode);
    });
    afterAll(async () => {
      await bouncer[Symbol.asyncDispose]();
      await own.drop();
    });

    async function start(env: Record<string, string> = {}): Promise<TestApp> {
      return startTestApp({ ...quiet, ...env }, { database: bouncer.connection });
    }

    /** What the server itself says, without PgBouncer between. */
    async function direct<Row extends pg.QueryResultRow>(query: string): Promise<Row[]> {
      const client = new pg.Client({ connectionString: own.connection });
      await client.connect();
      const { rows } = await client.query<Row>(query);
      await client.end();
      return rows;
    }

    it('a database is migrated by one of two instances that start at the same time, and no lock remains', async () => {
      const instances = [1, 2].map(() => openDatabase({ connection: bouncer.connection, log: silentLog }));
      await Promise.all(instances.map((db) => migrate(db, silentLog)));
      for (const db of instances) await db[Symbol.asyncDispose]();
      const [held] = await direct<{ locks: number }>(
        `select count(*)::int as locks from pg_locks where locktype = 'advisory' and database =
        (select oid from pg_database where datname = current_database())`,
      );
      expect(held).toEqual({ locks: 0 });
      const [done] = await direct<{ tables: number }>(
        `select count(*)::int as tables from pg_tables where tablename in ('events', 'audit_log')`,
      );
      expect(done).toEqual({ tables: 2 });
      expect(Object.keys(migrations).length).toBeGreaterThan(0);
    });

    it('events that one instance stores reach the readers of another, and jobs run', async () => {
      const [one, two] = [await start(), await start()];
      const reading = graphqlClient(two.wsUrl).iterate<{
        activityEvents: { activitySnapshot: { title: string } };
      }>({
        query: 'subscription { activityEvents(after: "earliest") { activitySnapshot { title } } }',
      });
      for (const title of ['first', 'second', 'third'])
        expect(await one.graphql(publish, { title })).toMatchObject({
          data: { publish: { accepted: [{ duplicate: false }] } },
        });
      const seen: string[] = [];
      for await (const { data } of reading) {
        seen.push(data?.activityEvents.activitySnapshot.title ?? '');
        if (seen.length === 3) break;
      }
      expect(seen).toEqual(['first', 'second', 'third']);
      await one.graphql('mutation { triggerJob(input: { jobId: "database_cleanup" }) { __typename } }');
      await vi.waitFor(async () => {
        const { data } = await one.graphql<{ jobs: { id: string; lastOutcome: string | null }[] }>(
          '{ jobs { id: jobId lastOutcome } }',
        );
        expect(data.jobs.find(({ id }) => id === 'database_cleanup')?.lastOutcome).toBe('SUCCESS');
      }, 10_000);
    });

    it('notifications arrive through DATABASE_LISTEN_URL', async () => {
      const app = await start({ DATABASE_LISTEN_URL: own.connection });
      await vi.waitFor(async () => expect(await notifications(app)).toBe('LISTENING'), 10_000);
      expect(warnings(app)).toEqual([]);
    });

    it('/health shows whether notifications arrive', async () => {
      const app = await start();
      const expected = mode === 'session' ? 'LISTENING' : 'POLLING';
      await vi.waitFor(async () => {
        expect(await notifications(app)).toBe(expected);
        expect(warnings(app)).toHaveLength(mode === 'transaction' ? 1 : 0);
      }, 10_000);
      const { body } = await app.get('/health');
      expect(body).toMatchObject({ components: { database: { notifications: expected.toLowerCase() } } });
    });

    it('no setting of one client remains for other clients that share its connection', async () => {
      const app = await start();
      await app.graphql(publish, { title: 'another' });
      const other = new pg.Client({ connectionString: bouncer.connection });
      await other.connect();
      const { rows } = await other.query<{ value: string }>(
        `select current_setting('lock_timeout') as value`,
      );
      await other.end();
      expect(rows).toEqual([{ value: '0' }]);
    });
  },
);

async function notifications(app: TestApp): Promise<string | undefined> {
  const { data } = await app.graphql<{ health: { database: { notifications: string } } }>(
    '{ health { database { notifications } } }',
  );
  return data.health.database.notifications;
}

function warnings({ logged }: TestApp): unknown[] {
  return logged.filter(({ msg }) => String(msg).includes('LISTEN'));
}
