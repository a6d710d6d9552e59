import { chmod, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '../../_util/app.ts';
import { refusedHandshake } from '../../_util/clients.ts';
import {
  count,
  dashboardFile,
  dataOf,
  emptyFolder,
  iso,
  maybe,
  milliseconds,
  nothing,
  oneOf,
  open,
  percent,
  size,
  systemMetrics,
  text,
  until,
} from '../_old-client.ts';

const path = process.env['PATH'] ?? '';
let folder = '';

beforeAll(async () => {
  folder = await emptyFolder();
});

afterAll(() => {
  process.env['PATH'] = path;
});

/** Replaces `nvidia-smi` with a script of these lines. */
async function nvidiaSmi(...lines: string[]): Promise<void> {
  const dir = await emptyFolder();
  const file = join(dir, 'nvidia-smi');
  await writeFile(file, ['#!/bin/sh', ...lines].join('\n'));
  await chmod(file, 0o755);
  process.env['PATH'] = `${dir}${delimiter}${path}`;
}

/** Two GPUs; the load of the first increases with each sample. */
const cards = [
  'n=0',
  'while :; do',
  '  n=$((n + 1))',
  '  echo "0, GPU-11111111-aaaa, NVIDIA GeForce RTX 3080, $((n % 100)), 4096, 10240, 62, 220.55, 1710, 55"',
  '  echo "1, GPU-22222222-bbbb, NVIDIA H200, 0, 512, 143771, 31, [N/A], 345, [N/A]"',
  '  sleep 0.2',
  'done',
];
const enabled = { ENABLE_GPU_MONITORING: 'true' };
const none = {
  gpu_id: nothing,
  name: nothing,
  percent: nothing,
  memory_used_mb: nothing,
  memory_total_mb: nothing,
  temperature_c: nothing,
};

function gpuOf(message: Record<string, unknown>): Record<string, unknown> {
  return dataOf(message)['gpu'] as Record<string, unknown>;
}

describe('GPUs', () => {
  it('A14 A49 A15: are shown when they are enabled, the first one in the feed and all in the graph', async () => {
    await nvidiaSmi(`echo "$@" > ${folder}/arguments`, ...cards);
    const app = await startTestApp({ ...enabled, ENABLE_TEMPERATURE_MONITORING: 'true' });
    const client = await open(app, '/ws/system');
    const message = await client.next((one) => gpuOf(one)['available'] === true);
    expect(message).toFit(systemMetrics);
    expect(gpuOf(message)).toFit({
      available: oneOf(true),
      gpu_id: oneOf(0),
      name: oneOf('NVIDIA GeForce RTX 3080'),
      percent,
      memory_used_mb: oneOf(4096),
      memory_total_mb: oneOf(10_240),
      temperature_c: oneOf(62),
    });
    expect(dataOf(message)['temperature']).toMatchObject({ gpu_c: 62 });
    const { data } = await app.graphql(
      '{ gpus { index name memoryTotalBytes sample { memoryUsedBytes temperatureC powerW fanPercent } } }',
    );
    expect(data).toEqual({
      gpus: [
        {
          index: 0,
          name: 'NVIDIA GeForce RTX 3080',
          memoryTotalBytes: 10_240 * 2 ** 20,
          sample: { memoryUsedBytes: 4096 * 2 ** 20, temperatureC: 62, powerW: 220.55, fanPercent: 55 },
        },
        {
          index: 1,
          name: 'NVIDIA H200',
          memoryTotalBytes: 143_771 * 2 ** 20,
          sample: { memoryUsedBytes: 512 * 2 ** 20, temperatureC: 31, powerW: null, fanPercent: null },
        },
      ],
    });
    const asked = await readFile(`${folder}/arguments`, 'utf8');
    expect(asked).toContain('--query-gpu=');
    expect(asked).toContain('--format=csv,noheader,nounits');
    expect(asked).toMatch(/--loop-ms=2000\b/); // A17: every 2000 ms
  });

  it('A17: are sampled at the interval of the file', async () => {
    await nvidiaSmi(`echo "$@" > ${folder}/arguments`, ...cards);
    const file = await dashboardFile(
      'monitoring:',
      '  gpu:',
      '    sample_interval_ms: 300',
      '  system:',
      '    sample_interval_ms: 150',
    );
    const app = await startTestApp({ ...enabled, DASHBOARD_CONFIG: file });
    const client = await open(app, '/ws/system');
    const seen = new Set<unknown>();
    while (seen.size < 3) seen.add(gpuOf(await client.next())['percent']);
    expect(await readFile(`${folder}/arguments`, 'utf8')).toMatch(/--loop-ms=300\b/);
  });

  it('A49 A17: are not sampled by default', async () => {
    await nvidiaSmi(`touch ${folder}/was-asked`, ...cards);
    const app = await startTestApp();
    const client = await open(app, '/ws/system');
    for (let n = 0; n < 2; n++)
      expect(gpuOf(await client.next())).toFit({ available: oneOf(false), ...none });
    await app.graphql('{ gpus { name } }');
    await expect(readFile(`${folder}/was-asked`)).rejects.toThrow('ENOENT');
  });

  it('A50: temperature.gpu_c stays null while only GPUs are enabled', async () => {
    await nvidiaSmi(...cards);
    const app = await startTestApp(enabled);
    const client = await open(app, '/ws/system');
    const message = await client.next((one) => gpuOf(one)['available'] === true);
    expect(dataOf(message)['temperature']).toEqual({ cpu_c: null, gpu_c: null });
  });

  it.each([
    ['there is no nvidia-smi', null],
    [
      'there is no driver',
      'echo "NVIDIA-SMI has failed because it could not communicate with the NVIDIA driver."; exit 9',
    ],
    ['there is no device', 'echo "No devices were found"; exit 6'],
    ['it prints nonsense', 'while :; do echo "<html>, not, a, card"; sleep 0.1; done'],
  ])('A84: available is false and the rest null, without an error, when %s', async (_why, script) => {
    if (script === null) process.env['PATH'] = await emptyFolder();
    else await nvidiaSmi(script);
    const file = await dashboardFile('monitoring:', '  system:', '    sample_interval_ms: 200');
    const app = await startTestApp({ ...enabled, DASHBOARD_CONFIG: file });
    const client = await open(app, '/ws/system');
    for (let n = 0; n < 4; n++) {
      const message = await client.next();
      expect(message).toFit(systemMetrics);
      expect(gpuOf(message)).toFit({ available: oneOf(false), ...none });
    }
    expect((await app.graphql('{ gpus { name } }')).data).toEqual({ gpus: [] });
    expect(app.logged.filter(({ level }) => level === 'ERROR')).toEqual([]);
    process.env['PATH'] = path;
  });

  it('A84: a driver that hangs delays no message', async () => {
    await nvidiaSmi('sleep 60');
    const app = await startTestApp(enabled);
    const client = await open(app, '/ws/system');
    const openedAt = Date.now();
    expect(gpuOf(await client.next())).toFit({ available: oneOf(false), ...none });
    expect(Date.now() - openedAt).toBeLessThan(5_000); // while the driver hangs for a minute
    await client.next();
    expect(gpuOf(await client.next())).toFit({ available: oneOf(false), ...none });
    expect(Date.now() - openedAt).toBeLessThan(15_000);
  });

  it('A14: values that a GPU does not report are null, and the GPU is available', async () => {
    await nvidiaSmi(
      'while :; do',
      '  echo "0, GPU-3, Tesla K80, [N/A], 0, 11441, [Not Supported], [N/A], [N/A], [N/A]"',
      '  sleep 0.2',
      'done',
    );
    const app = await startTestApp(enabled);
    const client = await open(app, '/ws/system');
    const message = await client.next((one) => gpuOf(one)['available'] === true);
    expect(gpuOf(message)).toEqual({
      available: true,
      gpu_id: 0,
      name: 'Tesla K80',
      percent: null,
      memory_used_mb: 0,
      memory_total_mb: 11_441,
      temperature_c: null,
    });
  });
});

describe('the key metrics in GraphQL', () => {
  it('A77: connections, message latency, rejections, successful samples, query times and GPU memory are in one query', async () => {
    await nvidiaSmi(...cards);
    const app = await startTestApp(enabled);
    const clients = await Promise.all([open(app, '/ws/system'), open(app, '/ws/governance')]);
    for (const client of clients) await client.next();
    await refusedHandshake(`${app.wsUrl}/ws/nothing`);
    await refusedHandshake(`${app.wsUrl}/ws/system`, { origin: 'https://evil.example' });
    const query = `{
      connections {
        openCount sampledAt messageLatencyMs
        sockets { id: socketId dialect path address subject userAgent openedAt receivedCount sentCount latencyMs }
        endpoints { dialect path openCount acceptedCount refusedCount reconnectionCount }
      }
      databaseMetrics {
        connection { activeConnectionCount idleConnectionCount connectionsMax poolUsedRatio }
        performance { avgQueryTimeMs slowQueryCount queryCacheHitRatio }
      }
      systemMetrics { sampledAt gpuAvailable cpu { usedPercent } }
      gpus { index memoryTotalBytes sample { memoryUsedBytes } }
      sources { name sampleCount failureCount successRatio }
    }`;
    interface KeyMetrics {
      connections: {
        openCount: number;
        messageLatencyMs: number | null;
        sockets: { dialect: string; path: string; latencyMs: number | null; sentCount: number }[];
        endpoints: { dialect: string; path: string; refusedCount: number; acceptedCount: number }[];
      };
      databaseMetrics: { performance: { avgQueryTimeMs: number | null } };
      gpus: { index: number; memoryTotalBytes: number; sample: { memoryUsedBytes: number } }[];
      sources: { name: string; sampleCount: number; successRatio: number | null }[];
    }
    let keyMetrics: KeyMetrics | null = null;
    await until(async () => {
      const { data, errors } = await app.graphql<KeyMetrics>(query);
      expect(errors).toBeUndefined();
      keyMetrics = data;
      return (
        data.gpus.length > 0 &&
        data.connections.messageLatencyMs !== null &&
        data.connections.sockets.every(({ latencyMs }) => latencyMs !== null)
      );
    });
    const { connections, databaseMetrics, gpus, sources } = keyMetrics as unknown as KeyMetrics;
    expect(connections.messageLatencyMs).toBeGreaterThanOrEqual(0);
    expect(sources.find(({ name }) => name === 'host')).toMatchObject({ successRatio: 1 });
    expect(connections.openCount).toBe(2);
    expect(connections.sockets.map((one) => one.path).toSorted()).toEqual(['/ws/governance', '/ws/system']);
    for (const socket of connections.sockets)
      expect(socket).toFit({
        id: text,
        dialect: oneOf('aura'),
        path: text,
        address: oneOf('127.0.0.1'),
        subject: oneOf('anonymous'),
        userAgent: maybe(text),
        openedAt: iso,
        receivedCount: count,
        sentCount: (value) => count(value) && (value as number) > 0,
        latencyMs: (value) => typeof value === 'number' && value >= 0,
      });
    const refused = connections.endpoints.map((endpoint) => endpoint.refusedCount);
    expect(refused.reduce((sum, one) => sum + one, 0)).toBe(2);
    expect(databaseMetrics.performance.avgQueryTimeMs).toFit(maybe(milliseconds));
    expect(gpus.map(({ sample }) => sample.memoryUsedBytes)).toEqual([4096 * 2 ** 20, 512 * 2 ** 20]);
    expect(gpus[0]).toFit({
      index: count,
      memoryTotalBytes: size,
      sample: { memoryUsedBytes: size },
    });
  });
});
