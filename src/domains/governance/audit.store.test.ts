import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { createTestDatabase } from '../../../test/_util/database.ts';
import { openDatabase } from '../../db/database.ts';
import { silentLog } from '../../log/log.ts';
import { readAudit, type AuditPage } from './audit.store.ts';

it('a page by number looks at a bounded number of entries where a filter has several parts, and says where it ended', async () => {
  await using home = await createTestDatabase();
  await using database = openDatabase({ connection: home.connection, log: silentLog });
  await sql`
    insert into audit_log (seq, id, event_type, actor_id, action, status, occurred_at, recorded_at)
    select n, n::text, 'deployment', case when n % 2 = 0 then 'ada' else 'ben' end, 'did',
      case when n % 2 = 0 then 'success' else 'failure' end, now() - make_interval(secs => n), now()
    from generate_series(1, 200) as n`.execute(database.kysely);
  const page: AuditPage = {
    filter: { actorId: 'ada', status: 'failure' },
    limit: 10,
    offset: 0,
    newestFirst: true,
    olderThan: null,
    newerThan: null,
    searchedMax: 2,
  };
  const found = await readAudit(database.kysely, page);
  expect(found.entries).toEqual([]);
  expect(found.searchedUpTo?.seq).toBeLessThan(100); // twenty searches of two entries each

  const whole = await readAudit(database.kysely, {
    ...page,
    filter: { actorId: 'ada', status: 'success' },
    offset: 7,
  });
  expect(whole.entries.map(({ seq }) => seq)).toEqual(
    Array.from({ length: 10 }, (_, index) => 16 + 2 * index),
  );
});
