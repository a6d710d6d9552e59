import pg from 'pg';
import { expect, it } from 'vitest';
import { reportedModelsMax } from '../../src/domains/models/events.ts';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { createTestDatabase } from '../_util/database.ts';
import { publishMutation, rejectionOf } from '../_util/publish.ts';

const quiet = { FEATURE_SYSTEM_MONITORING: 'false', FEATURE_DATABASE_MONITORING: 'false' };
const publish = publishMutation();

const modelReport = (n: number): object => ({ modelReport: { modelId: `own:${n}`, tokensPerSecond: n } });

async function report(app: TestApp, from: number, to: number) {
  const events = Array.from({ length: to - from }, (_, index) => modelReport(from + index));
  return rejectionOf(await app.graphql(publish, { events }));
}

async function modelCount(app: TestApp): Promise<number> {
  return (await app.graphql<{ models: object[] }>('{ models { id: modelId } }')).data.models.length;
}

it('the number of reported models is limited: further ones are rejected by name, until old ones are removed', async () => {
  const database = await createTestDatabase();
  const app = await startTestApp(quiet, { database: database.connection });
  for (let n = 0; n < reportedModelsMax - 10; n += 995)
    expect(await report(app, n, Math.min(n + 995, reportedModelsMax - 10))).toBeUndefined();
  await expect.poll(() => modelCount(app)).toBe(reportedModelsMax - 10);

  const beyond = await report(app, reportedModelsMax - 10, reportedModelsMax + 1);
  expect(beyond).toMatchObject({ code: 'BAD_USER_INPUT', index: 10, field: 'modelId' });
  expect(await report(app, reportedModelsMax - 10, reportedModelsMax)).toBeUndefined();
  await expect.poll(() => modelCount(app)).toBe(reportedModelsMax);
  expect(await report(app, reportedModelsMax, reportedModelsMax + 1)).toMatchObject({ field: 'modelId' });
  expect(await report(app, 0, 3)).toBeUndefined();
  await app.stop();

  const client = new pg.Client(database.connection);
  await client.connect();
  await client.query(
    `update models set reported_at = now() - interval '2 days', status_at = now() - interval '3 days' where model_id = 'own:7'`,
  );
  await client.end();
  const again = await startTestApp(quiet, { database: database.connection });
  expect(await modelCount(again)).toBe(reportedModelsMax);
  expect(await report(again, reportedModelsMax, reportedModelsMax + 1)).toBeUndefined();
  const known = async (n: number): Promise<boolean> =>
    (await again.graphql<{ model: object | null }>(`{ model(modelId: "own:${n}") { id: modelId } }`)).data
      .model !== null;
  await expect.poll(() => known(reportedModelsMax)).toBe(true);
  expect(await known(7)).toBe(false);
  await again.stop();
  await database.drop();
});
