import { beforeAll, describe, expect, it } from 'vitest';
import { graphqlClient } from '../_util/clients.ts';
import { createTestDatabase } from '../_util/database.ts';
import { buildProgram, emptyFolder, freePort, start } from '../_util/process.ts';
import { FeedClient } from '../legacy/_old-client.ts';

beforeAll(buildProgram);

const stages = ['DATA_PREPARATION', 'FEATURE_ENGINEERING', 'MODEL_TRAINING', 'VALIDATION', 'FINALIZATION'];
const runId = 'night run';

function step(progress: number): object {
  return {
    trainingProgress: {
      key: `step ${progress}`,
      runId,
      progressPercent: progress,
      stage: stages[Math.min(Math.floor(progress / 20), 4)],
      currentEpoch: progress,
      epochCount: 100,
    },
  };
}

/** Whether the server acknowledged the event. */
async function publishTo(url: string, event: object): Promise<boolean> {
  try {
    const response = await fetch(`${url}/publish`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([event]),
    });
    return response.ok && ((await response.json()) as { accepted: unknown[] }).accepted.length === 1;
  } catch {
    return false; // the server was killed meanwhile
  }
}

interface Happened {
  readonly type: string;
  readonly progress?: number;
}

/** All stored events of the run, up to its end. */
async function keptOf(wsUrl: string): Promise<Happened[]> {
  const kept: Happened[] = [];
  const query = `subscription { trainingEvents(runId: "${runId}", after: "earliest") { type: __typename ... on TrainingProgressed { progress: progressPercent } } }`;
  for await (const { data } of graphqlClient(wsUrl).iterate<{ trainingEvents: Happened }>({ query })) {
    if (!data) continue;
    kept.push(data.trainingEvents);
    if (data.trainingEvents.type !== 'TrainingProgressed') break;
  }
  return kept;
}

describe('a training run', () => {
  it('P7, P8: loses no acknowledged step when the server is killed, and continues after the last one', async () => {
    const dir = await emptyFolder();
    await using database = await createTestDatabase();
    const env = { PORT: String(await freePort()), DATABASE_URL: database.connection };
    const before = await start(dir, env);
    const page = await new FeedClient(`${before.wsUrl}/ws`).opened();
    await page.ofType('system_metrics');

    // One step after the other, as a trainer does. The server is killed during one of them.
    const acknowledged: number[] = [];
    let next = 1;
    for (; ; next++) {
      if (next === 40) setImmediate(() => before.child.kill('SIGKILL'));
      if (!(await publishTo(before.url, step(next)))) break;
      acknowledged.push(next);
    }
    expect(acknowledged.length).toBeGreaterThanOrEqual(38);
    await before.exit();
    await page.closed;
    const shown = page.messages.filter(({ type }) => type === 'training_progress');
    expect(shown.map(({ progress }) => progress)).toEqual(shown.map((_, index) => index + 1));

    const after = await start(dir, env);
    const again = await new FeedClient(`${after.wsUrl}/ws`).opened();
    await again.ofType('system_metrics');
    // An event without an answer is sent again under the same id: it is stored once, whether or not it was stored before.
    for (; next <= 100; next++) expect(await publishTo(after.url, step(next))).toBe(true);
    const completed = { trainingCompleted: { runId, finalAccuracy: 0.968, trainingTimeMs: 263_000 } };
    expect(await publishTo(after.url, completed)).toBe(true);

    const kept = await keptOf(after.wsUrl);
    const steps = kept.filter(({ type }) => type === 'TrainingProgressed').map(({ progress }) => progress);
    expect(steps).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
    expect(steps.slice(0, acknowledged.length)).toEqual(acknowledged);
    expect(kept.at(-1)).toEqual({ type: 'TrainingCompleted' });

    expect(await again.ofType('training_completed')).toMatchObject({ training_time: '4m 23s' });
    const seen = again.messages.filter(({ type }) => type === 'training_progress');
    expect(seen.at(-1)).toMatchObject({ progress: 100, stage: 'finalization', current_epoch: 100 });
    expect(seen.map(({ progress }) => progress)).toEqual(steps.slice(-seen.length));
    const { status } = await fetch(`${after.url}/api/monitoring/system`);
    expect(status).toBe(200);
    after.child.kill('SIGTERM');
    expect((await again.closed).code).toBe(1001);
    expect(await after.exit()).toBe(0);
  });
});
