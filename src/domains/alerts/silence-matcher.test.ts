import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase, type DatabaseHandle } from '../../db/database.ts';
import { silentLog } from '../../log/log.ts';
import { createTestDatabase, type TestDatabase } from '../../../test/_util/database.ts';
import { raisedAlert, type AlertPayload } from './events.ts';
import { matchesAlert } from './silence-matcher.ts';
import type { SilenceMatcher } from './silences.events.ts';
import { insertSilence, silenceAlerts } from './silences.store.ts';

let home: TestDatabase;
let database: DatabaseHandle;
beforeAll(async () => {
  home = await createTestDatabase();
  database = openDatabase({ connection: home.connection, log: silentLog });
});
afterAll(async () => {
  await database[Symbol.asyncDispose]();
  await home.drop();
});

const word = fc.constantFrom('a', 'b', 'A');
const words = fc.option(fc.uniqueArray(word, { minLength: 1, maxLength: 2 }), { freq: 3 });
const labels = fc.dictionary(fc.constantFrom('x', 'y'), word, { maxKeys: 2 });
const matchers: fc.Arbitrary<SilenceMatcher> = fc.record({
  alertIds: fc.constant(null),
  alertTypes: words,
  severities: fc.option(fc.uniqueArray(fc.constantFrom('INFO', 'ERROR'), { minLength: 1 })),
  providers: words,
  agentIds: words,
  subjects: words,
  sources: words,
  labels: fc.option(labels),
});
const alerts: fc.Arbitrary<AlertPayload> = fc
  .record({
    alertType: word,
    level: fc.constantFrom('INFO' as const, 'ERROR' as const),
    provider: fc.option(word),
    agentId: fc.option(word),
    subject: fc.constantFrom('a', 'b', ''),
    source: word,
    labels,
  })
  .map((given) => raisedAlert({ ...given, title: 't', message: 'm' }).payload as AlertPayload);

it('a silence applies to an alert that is raised exactly if it applies to the same alert once it is stored', async () => {
  await fc.assert(
    fc.asyncProperty(matchers, fc.array(alerts, { minLength: 1, maxLength: 20 }), async (matcher, given) => {
      const db = database.kysely;
      await database.pool.query('truncate alerts, silences');
      const rows = given.map((alert, index) => ({ ...alert, index: index + 1 }));
      await database.pool.query(
        `insert into alerts (seq, number, id, alert_type, level, title, message, source, subject, agent_id, provider,
           auto_dismiss, actions, labels, raised_at, updated_at)
         select index, index, 'a' || index, "alertType", level, title, message, source, subject, "agentId", provider,
           false, '{}', labels, now(), now()
         from jsonb_to_recordset($1::jsonb) as given(index int, "alertType" text, level text, title text, message text,
           source text, subject text, "agentId" text, provider text, labels jsonb)`,
        [JSON.stringify(rows)],
      );
      const now = Date.now();
      await insertSilence(db, {
        silenceId: 's',
        matcher,
        reason: 'r',
        until: now + 60_000,
        createdBy: 'b',
        createdAt: now,
        updatedAt: now,
        endedAt: null,
        endedBy: null,
      });
      const expected = rows.filter((alert) => matchesAlert(matcher, alert)).map(({ index }) => index);
      expect(await silenceAlerts(db, 's', 1_000)).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});
