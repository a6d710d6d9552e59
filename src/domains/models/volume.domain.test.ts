import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/_util/database.ts';
import { openDatabase, type DatabaseHandle } from '../../db/database.ts';
import type { DurableLog } from '../../journal/journal.ts';
import { openPostgresLog } from '../../journal/postgres-log.ts';
import type { Entry } from '../../journal/topic.ts';
import { silentLog } from '../../log/log.ts';
import { deployedModelTable, predictionCountTable, predictionVolumeTable } from './deployments.store.ts';
import { modelEvents, type PredictionVolume } from './events.ts';
import { milestonePassed, rateChanged, watchVolume, type VolumeOptions } from './volume.domain.ts';

const state = { total: 0, perMinute: 0, lastMilestone: 0, lastPerMinute: 0 };

describe('milestonePassed', () => {
  it('returns the highest multiple that was passed since the last event', () => {
    const passed = (total: number, lastMilestone: number): number | null | undefined =>
      milestonePassed({ ...state, total, lastMilestone }, 1_000)?.milestonePredictionCount;
    expect(passed(999, 0)).toBeUndefined();
    expect(passed(1_000, 0)).toBe(1_000);
    expect(passed(1_999, 1_000)).toBeUndefined();
    expect(passed(5_400, 1_000)).toBe(5_000);
  });
});

describe('rateChanged', () => {
  it.each([
    [9, 0, false],
    [10, 0, true],
    [15, 10, false],
    [20, 10, true],
    [149, 100, false],
    [150, 100, true],
    [51, 100, false],
    [50, 100, true],
    [0, 12, true],
    [0, 9, false],
  ])(
    'returns an event for a rate of %i after a rate of %i per minute: %s',
    (perMinute, lastPerMinute, isEvent) => {
      expect(rateChanged({ ...state, perMinute, lastPerMinute }) !== null).toBe(isEvent);
    },
  );
});

describe('watchVolume', () => {
  let own: TestDatabase;
  let database: DatabaseHandle;
  let log: DurableLog;
  let volumeEvents: PredictionVolume[];
  let notify: () => void;

  beforeEach(async () => {
    own = await createTestDatabase();
    database = openDatabase({ connection: own.connection, log: silentLog });
    log = await openLog();
    volumeEvents = [];
    notify = () => {};
    log.onAppend((entries) => {
      const volumes = entries.filter(({ type }) => type === 'predictionVolumeChanged');
      volumeEvents.push(...volumes.map((entry) => (entry as Entry<PredictionVolume>).payload));
      if (volumes.length > 0) notify();
    });
  });
  afterEach(async () => {
    await log[Symbol.asyncDispose]();
    await database[Symbol.asyncDispose]();
    await own.drop();
  });

  function openLog(): Promise<DurableLog> {
    const handlers = [deployedModelTable, predictionCountTable, predictionVolumeTable];
    return openPostgresLog({ database, log: silentLog, handlers });
  }

  function watch(more: Partial<VolumeOptions> = {}): AsyncDisposable {
    return watchVolume({
      db: database.kysely,
      journal: log,
      log: silentLog,
      milestone: 1_000,
      everyMs: 3_600_000,
      ...more,
    });
  }

  async function predict(count: number, modelId = 'm'): Promise<void> {
    const payload = { modelId, count, avgResponseTimeMs: null };
    await log.append([{ topic: modelEvents, key: modelId, type: 'predictionsReported', payload }]);
  }

  async function waitForEvents(count: number): Promise<void> {
    while (volumeEvents.length < count)
      await new Promise<void>((resolve) => {
        notify = resolve;
      });
  }

  it('stores one event per milestone of all models, with several instances', async () => {
    const watches = [watch(), watch(), watch()];
    await predict(600, 'a');
    await predict(399, 'b');
    await predict(1, 'c');
    await waitForEvents(1);
    await predict(2_500);
    await waitForEvents(2);
    for (const one of watches) await one[Symbol.asyncDispose]();
    expect(volumeEvents).toEqual([
      {
        predictionCount: 1_000,
        predictionsPerMinute: 1_000,
        milestonePredictionCount: 1_000,
        message: '1,000 predictions reached',
      },
      {
        predictionCount: 3_500,
        predictionsPerMinute: 3_500,
        milestonePredictionCount: 3_000,
        message: '3,000 predictions reached',
      },
    ]);
  });

  it('stores at its start an event for a milestone that was passed before, and no event twice', async () => {
    await predict(1_200);
    await watchOnce(1);
    expect(volumeEvents.map(({ milestonePredictionCount }) => milestonePredictionCount)).toEqual([1_000]);
    await predict(900);
    await watchOnce(2);
    expect(volumeEvents.map(({ milestonePredictionCount }) => milestonePredictionCount)).toEqual([
      1_000, 2_000,
    ]);
  });

  async function watchOnce(count: number): Promise<void> {
    const watching = watch();
    await waitForEvents(count);
    await watching[Symbol.asyncDispose]();
  }

  it('stores an event when the rate has changed considerably, also when it falls without further reports', async () => {
    let now = Date.now();
    await using _watching = watch({ milestone: 1_000_000, everyMs: 20, now: () => now });
    await predict(12);
    await waitForEvents(1);
    now += 70_000;
    await waitForEvents(2);
    expect(volumeEvents).toEqual([
      {
        predictionCount: 12,
        predictionsPerMinute: 12,
        milestonePredictionCount: null,
        message: 'Predictions a minute rose from 0 to 12',
      },
      {
        predictionCount: 12,
        predictionsPerMinute: 0,
        milestonePredictionCount: null,
        message: 'Predictions a minute fell from 12 to 0',
      },
    ]);
  });
});
