import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createTestDatabase } from '../../../test/_util/database.ts';
import { openDatabase } from '../../db/database.ts';
import { Gauges } from '../../journal/gauges.ts';
import { latest } from '../../journal/topic.ts';
import { silentLog } from '../../log/log.ts';
import { recordHistory } from './recorder.domain.ts';
import { readSamples } from './store.ts';

const topic = latest<{ readonly celsius: number | null }>('ovens');

async function open() {
  const database = await createTestDatabase();
  const handle = openDatabase({ connection: database.connection, log: silentLog });
  onTestFinished(async () => {
    await handle[Symbol.asyncDispose]();
    await database.drop();
  });
  const gauges = new Gauges();
  const warn = vi.fn<typeof silentLog.warn>();
  const recorder = recordHistory({
    db: handle.kysely,
    gauges,
    recorded: new Map([
      [
        'oven',
        {
          topic,
          fields: { celsius: ['°C', 'Temperature.'] },
          read: ({ key, payload }) => [
            { subject: key, values: { celsius: (payload as { celsius: number | null }).celsius } },
          ],
        },
      ],
    ]),
    everyMs: 10_000,
    log: { ...silentLog, warn },
  });
  return {
    handle,
    recorder,
    warn,
    put(key: string, celsius: number | null, seconds: number): void {
      gauges.put([{ topic, key, payload: { celsius }, occurredAt: seconds * 1_000 }]);
    },
    async read(subject: string) {
      const histories = await readSamples(handle.kysely, {
        gauge: 'oven',
        subjects: [subject, 'another'],
        since: new Date(0),
        until: new Date(100_000),
        points: 10,
        paths: ['celsius'],
      });
      return histories.get(subject) ?? [];
    },
  };
}

describe('recordHistory', () => {
  it('stores of each object the first measured value of each span, and what is waiting when it is disposed', async () => {
    const { put, read, recorder } = await open();
    put('a', null, 1);
    put('a', 180, 2);
    put('a', 190, 9);
    put('b', 90, 9);
    put('a', 200, 10);
    put('a', 170, 3); // late: its span is stored
    await recorder[Symbol.asyncDispose]();
    put('a', 210, 50);
    const value = (celsius: number) => ({ celsius: { avg: celsius, min: celsius, max: celsius } });
    expect(await read('a')).toEqual([
      { at: new Date(0), samples: 1, values: value(180) },
      { at: new Date(10_000), samples: 1, values: value(200) },
    ]);
    expect(await read('b')).toEqual([{ at: new Date(0), samples: 1, values: value(90) }]);
  });

  it('continues after samples that could not be stored, which are reported once', async () => {
    const { put, read, recorder, handle, warn } = await open();
    await handle.pool.query('alter table gauge_samples rename to hidden');
    put('a', 1, 1);
    await vi.waitFor(() => expect(warn).toHaveBeenCalledOnce(), 10_000);
    await handle.pool.query('alter table hidden rename to gauge_samples');
    put('a', 2, 11);
    await recorder[Symbol.asyncDispose]();
    expect((await read('a')).map(({ at }) => at)).toEqual([new Date(10_000)]);
  });
});
