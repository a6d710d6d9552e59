import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { createTestDatabase } from '../../../test/_util/database.ts';
import { openDatabase } from '../../db/database.ts';
import { silentLog } from '../../log/log.ts';
import { readOffset } from './audit.store.ts';

it('a page with an offset and several conditions searches a bounded number of entries, and returns where the search ended', async () => {
  await using home = await createTestDatabase();
  await using database = openDatabase({ connection: home.connection, log: silentLog });
  await sql`
    insert into audit_log (seq, id, event_type, actor_id, action, status, occurred_at, recorded_at)
    select n, n::text, 'deployment', case when n % 2 = 0 then 'ada' else 'ben' end, 'did',
      case when n % 2 = 0 then 'success' else 'failure' end, now() - make_interval(secs => n), now()
    from generate_series(1, 200) as n`.execute(database.kysely);
  const page = {
    limit: 10,
    newestFirst: true,
    olderThan: null,
    newerThan: null,
    searchedMax: 2,
  };
  const filter = { actorId: 'ada', statuses: ['failure'] };
  const found = await readOffset(database.kysely, { filter, page, offset: 0 });
  expect(found.rows).toEqual([]);
  expect(found.searchedUpTo?.id).toBeLessThan(100); // twenty searches of two entries each

  const whole = await readOffset(database.kysely, {
    filter: { actorId: 'ada', statuses: ['success'] },
    page,
    offset: 7,
  });
  expect(whole.rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 10 }, (_, index) => 16 + 2 * index));
});
