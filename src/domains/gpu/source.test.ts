import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Gauge } from '../../journal/topic.ts';
import type { Source } from '../../sources/source.ts';
import type { GpuSample } from './events.ts';
import { GpuReader, type GpuReaderOptions } from './gpu-reader.ts';
import { gpuSource, type GpuSourceOptions } from './source.ts';

const signal = new AbortController().signal;
const patiently = { timeout: 15_000, interval: 20 };

/** Helpers of the fake programs. `every` is the requested interval. */
const prelude = `
const { appendFileSync, existsSync } = require('node:fs');
const dir = __dirname;
appendFileSync(dir + '/pids', process.pid + '\\n');
const every = Number(process.argv.find((arg) => arg.startsWith('--loop-ms=')).slice(10));
const line = (index, fan = '30') =>
  index + ', GPU-' + index + ', NVIDIA H200, 86, 10032, 143771, 54, 329.17, 1980, ' + fan + '\\n';
const print = (text) => process.stdout.write(text);
const repeat = (act) => { act(); setInterval(act, every); };
const when = (name, act) => setInterval(() => existsSync(dir + '/' + name) && act(), 10);
const hang = () => setInterval(() => {}, 60_000);
`;

let dir: string;
let started: Partial<AsyncDisposable>[];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'gpu-'));
  started = [];
});

afterEach(async () => {
  vi.unstubAllEnvs();
  for (const one of started) await one[Symbol.asyncDispose]?.();
  const left = (await pids()).filter(isAlive);
  if (left.length > 0) throw new Error(`processes still running: ${left.join(' ')}`);
  await rm(dir, { recursive: true });
});

async function fake(body: string): Promise<string> {
  const path = join(dir, 'nvidia-smi');
  await writeFile(path, `#!${process.execPath}\n${prelude}\n${body}\n`, { mode: 0o755 });
  return path;
}

function sourceOf(command: string, options: Partial<GpuSourceOptions> = {}): Source {
  const source = gpuSource({ hostId: 'h1', intervalMs: 100, restartMinMs: 10, command, ...options });
  started.push(source);
  return source;
}

function readerOf(command: string, options: Partial<GpuReaderOptions> = {}): GpuReader {
  const reader = new GpuReader({
    command,
    intervalMs: 100,
    firstReadingMaxMs: 10_000,
    slowDownAfterMs: 60_000,
    restartMinMs: 10,
    ...options,
  });
  started.push(reader);
  return reader;
}

async function gaugeOf(source: Source): Promise<Gauge<GpuSample>> {
  const { gauges } = await source.sample(signal);
  expect(gauges).toHaveLength(1);
  return gauges[0] as Gauge<GpuSample>;
}

async function sampleOf(source: Source): Promise<GpuSample> {
  return (await gaugeOf(source)).payload as GpuSample;
}

async function pids(): Promise<readonly number[]> {
  const text = await readFile(join(dir, 'pids'), 'utf8').catch(() => '');
  return text.split('\n').filter(Boolean).map(Number);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe.skipIf(process.platform === 'win32')('gpuSource', () => {
  test('samples all GPUs with one process', async () => {
    const source = sourceOf(await fake(`repeat(() => { print(line(0)); print(line(1, '[N/A]')); });`));
    const gauge = await gaugeOf(source);
    expect(gauge).toMatchObject({
      key: 'h1',
      urgent: false,
      topic: { name: 'gpu.sampled', delivery: 'LATEST' },
    });
    const sample = gauge.payload as GpuSample;
    expect(sample).toMatchObject({ hostId: 'h1', available: true, reason: null });
    expect(sample.gpus).toMatchObject([
      { index: 0, uuid: 'GPU-0', name: 'NVIDIA H200', busyPercent: 86, powerW: 329.17, fanPercent: 30 },
      {
        index: 1,
        uuid: 'GPU-1',
        memoryUsedBytes: 10032 * 2 ** 20,
        memoryTotalBytes: 143771 * 2 ** 20,
        fanPercent: null,
      },
    ]);
    await vi.waitFor(async () => {
      const next = await gaugeOf(source);
      expect(next.payload?.sampledAt).toBeGreaterThan(sample.sampledAt);
      expect(next.payload?.gpus).toHaveLength(2);
      expect(next.urgent).toBe(false);
    }, patiently);
    expect(await pids()).toHaveLength(1);
  });

  test('runs for readers of GPUs and of hosts, and every 30 s without readers', () => {
    const source = sourceOf('nvidia-smi', { intervalMs: 2000 });
    expect(source).toMatchObject({
      feeds: ['gpu.sampled', 'host.sampled'],
      otherFeedsFastestMs: 2000,
      backgroundMs: 30_000,
    });
  });

  test('runs at the interval that a reader requests, one process at a time, and slows down when no reader needs it', async () => {
    const every = `require('node:fs').appendFileSync(dir + '/intervals', every + ' ');`;
    const command = await fake(`${every} repeat(() => print(line(0)));`);
    const reader = readerOf(command, { intervalMs: 3_600_000, slowDownAfterMs: 0 });
    const intervals = async () => (await readFile(join(dir, 'intervals'), 'utf8')).trim().split(' ');
    // One reading per hour: only another process has a second one.
    const first = await reader.read(signal);
    if ('reason' in first) throw new Error(first.reason);
    await vi.waitFor(async () => {
      const next = await reader.read(signal, 130);
      if ('reason' in next) throw new Error(next.reason);
      expect(next.at).toBeGreaterThan(first.at);
    }, patiently);
    expect(await intervals()).toEqual(['3600000', '100']);
    await vi.waitFor(async () => {
      expect(await reader.read(signal)).toMatchObject({ gpus: [{ index: 0 }] });
      expect(await intervals()).toEqual(['3600000', '100', '3600000']);
    }, patiently);
    expect((await pids()).filter(isAlive).length).toBeLessThanOrEqual(1);
  });

  test('starts nvidia-smi without the secrets in the environment of the server', async () => {
    vi.stubEnv('JWT_SECRET', 'a-secret');
    vi.stubEnv('DATABASE_URL', 'postgres://a:secret@db');
    const write = `require('node:fs').writeFileSync(dir + '/environment', Object.keys(process.env).join(' '));`;
    expect(await sampleOf(sourceOf(await fake(`${write} repeat(() => print(line(0)));`)))).toMatchObject({
      available: true,
    });
    const names = (await readFile(join(dir, 'environment'), 'utf8')).split(' ');
    expect(names).toContain('PATH');
    expect(names.filter((name) => /SECRET|URL|TOKEN|npm_|VITEST/i.test(name))).toEqual([]);
  });

  test('finds nvidia-smi in the PATH each time it is started', async () => {
    await mkdir(join(dir, 'empty'));
    vi.stubEnv('PATH', join(dir, 'empty'));
    const source = sourceOf('nvidia-smi');
    expect(await sampleOf(source)).toMatchObject({
      available: false,
      reason: 'nvidia-smi was not found',
      gpus: [],
    });
    await fake(`repeat(() => print(line(0)));`);
    vi.stubEnv('PATH', [join(dir, 'empty'), dir].join(delimiter));
    await vi.waitFor(async () => {
      const { urgent, payload } = await gaugeOf(source);
      expect(payload?.available).toBe(true);
      expect(urgent).toBe(true);
    }, patiently);
  });

  test('reports that nvidia-smi is not executable', async () => {
    const path = join(dir, 'nvidia-smi');
    await writeFile(path, '', { mode: 0o644 });
    expect(await sampleOf(sourceOf(path))).toMatchObject({
      available: false,
      reason: 'nvidia-smi could not be started: EACCES',
    });
  });

  test('reports that nvidia-smi exited, and restarts it', async () => {
    const source = sourceOf(await fake(`repeat(() => print(line(0))); when('die', () => process.exit(3));`));
    expect((await sampleOf(source)).available).toBe(true);
    await writeFile(join(dir, 'die'), '');
    await vi.waitFor(async () => {
      expect(await gaugeOf(source)).toMatchObject({
        urgent: true,
        payload: { available: false, reason: 'nvidia-smi exited with code 3', gpus: [] },
      });
    }, patiently);
    await rm(join(dir, 'die'));
    await vi.waitFor(async () => {
      expect(await gaugeOf(source)).toMatchObject({
        urgent: true,
        payload: { available: true, reason: null },
      });
    }, patiently);
    expect((await pids()).length).toBeGreaterThan(1);
  });

  test('waits before it restarts a process that failed, and reports its error meanwhile', async () => {
    const source = sourceOf(
      await fake(`
        print('NVIDIA-SMI has failed because it couldn\\'t communicate with the NVIDIA driver.\\n');
        process.exitCode = 9;
      `),
      { restartMinMs: 60_000 },
    );
    for (let sample = 0; sample < 3; sample++) {
      expect((await sampleOf(source)).reason).toBe(
        "nvidia-smi exited with code 9: NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.",
      );
    }
    expect(await pids()).toHaveLength(1);
  });

  test('ignores other output between the lines of GPUs, on the error stream, and very long lines', async () => {
    const source = sourceOf(
      await fake(`
        console.error('noise '.repeat(10_000));
        print('0, '.repeat(100_000) + '\\n');
        repeat(() => { print('\\nXid 79\\n\\u0000\\u0007{"json":1}\\n'); print(line(0)); print('1, torn\\n'); print(line(1)); });
      `),
    );
    expect((await sampleOf(source)).gpus).toMatchObject([{ index: 0 }, { index: 1 }]);
  });

  test('stops a process that prints too much output', async () => {
    const flood = `const more = () => { while (print('x'.repeat(65536))); process.stdout.once('drain', more); }; more();`;
    const source = sourceOf(await fake(flood), { restartMinMs: 60_000 });
    expect(await sampleOf(source)).toMatchObject({
      available: false,
      reason: 'nvidia-smi printed too much output',
    });
    await vi.waitFor(async () => expect((await pids()).filter(isAlive)).toEqual([]), patiently);
  });

  test('ends a sample whose signal aborts', async () => {
    const source = sourceOf(await fake('hang();'));
    const stopping = new AbortController();
    const sample = source.sample(stopping.signal);
    stopping.abort(new Error('enough'));
    await expect(sample).rejects.toThrow('enough');
  });

  test('kills nvidia-smi when the server exits without disposing the source', async () => {
    const command = await fake(`repeat(() => print(line(0)));`);
    const script = join(dir, 'server.mts');
    await writeFile(
      script,
      `import { gpuSource } from ${JSON.stringify(new URL('source.ts', import.meta.url).href)};
       const source = gpuSource({ hostId: 'h', intervalMs: 100, command: ${JSON.stringify(command)} });
       const { gauges } = await source.sample(new AbortController().signal);
       process.exit(gauges[0].payload.available ? 42 : 1);`,
    );
    const server = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), script], {
      stdio: 'inherit',
    });
    expect(await once(server, 'exit')).toEqual([42, null]);
    expect(await pids()).toHaveLength(1);
    await vi.waitFor(async () => expect((await pids()).filter(isAlive)).toEqual([]), patiently);
  });
});

describe.skipIf(process.platform === 'win32')('GpuReader', () => {
  test('replaces a process that hangs', async () => {
    const command = await fake(
      `if (existsSync(dir + '/healthy')) repeat(() => print(line(0))); else hang();`,
    );
    const reader = readerOf(command, { intervalMs: 50, silenceMs: 50 });
    expect(await reader.read(signal)).toEqual({ reason: 'nvidia-smi reported no GPU for 0 s' });
    await writeFile(join(dir, 'healthy'), '');
    await vi.waitFor(async () => expect(await reader.read(signal)).toHaveProperty('gpus'), patiently);
    expect((await pids()).filter(isAlive)).toHaveLength(1);
  });

  test('stops a process whose output ends after a reading', async () => {
    const reader = readerOf(await fake('print(line(0)); hang();'), {
      silenceMs: 2_000,
      restartMinMs: 60_000,
    });
    expect(await reader.read(signal)).toHaveProperty('gpus');
    await vi.waitFor(async () => expect(await reader.read(signal)).toHaveProperty('reason'), patiently);
  });

  test('reports the output that does not describe GPUs, before and after it stops the process', async () => {
    const command = await fake(`repeat(() => print('No devices were found\\n'));`);
    const reader = readerOf(command, { firstReadingMaxMs: 20, silenceMs: 1000, restartMinMs: 60_000 });
    await vi.waitFor(async () => {
      expect(await reader.read(signal)).toEqual({ reason: 'No devices were found' });
    }, patiently);
    await vi.waitFor(async () => {
      expect(await reader.read(signal)).toEqual({
        reason: 'nvidia-smi reported no GPU for 1 s: No devices were found',
      });
    }, patiently);
  });

  test('stops the process without readers, and starts it for the next reader', async () => {
    const reader = readerOf(await fake(`repeat(() => print(line(0)));`), { idleMs: 400 });
    expect(await reader.read(signal)).toHaveProperty('gpus');
    await vi.waitFor(async () => expect((await pids()).filter(isAlive)).toEqual([]), patiently);
    expect(await reader.read(signal)).toHaveProperty('gpus');
    expect(await pids()).toHaveLength(2);
  });

  test('answers its readers when it is disposed, and starts no further process', async () => {
    const reader = readerOf(await fake('hang();'));
    const reading = reader.read(signal);
    await vi.waitFor(async () => expect(await pids()).toHaveLength(1), patiently);
    await reader[Symbol.asyncDispose]();
    expect(await reading).toHaveProperty('reason');
    expect(await reader.read(signal)).toEqual({ reason: 'the server is stopping' });
    expect(await pids()).toHaveLength(1);
  });
});
