import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { buildSchema, getNamedType, isObjectType, type GraphQLField } from 'graphql';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { graphqlClient } from '../_util/clients.ts';

/** Much longer than a test: a second value arrives only because a reader requested a shorter interval. */
const configuredMs = 3_600_000;

const config = `
monitoring:
  system: { sample_interval_ms: ${configuredMs} }
  gpu: { sample_interval_ms: ${configuredMs} }
  database: { sample_interval_ms: ${configuredMs} }
updates: { model_status: ${configuredMs} }
`;

const nvidiaSmi = `#!${process.execPath}
const every = Number(process.argv.find((arg) => arg.startsWith('--loop-ms=')).slice(10));
let percent = 0;
const print = () => process.stdout.write('0, GPU-0, NVIDIA H200, ' + (percent = (percent + 1) % 100) + ', 1, 2, 54, 3, 4, 5\\n');
print();
setInterval(print, every);
`;

const schemaText = readFileSync(join(import.meta.dirname, '../../schema/schema.graphql'), 'utf8');
const fields = Object.values(buildSchema(schemaText).getSubscriptionType()?.getFields() ?? {});
// The values of `metricUpdates` are reported by clients, and not sampled by a source.
const paced = fields.filter(
  ({ name: field, args }) => field !== 'metricUpdates' && args.some(({ name }) => name === 'everyMs'),
);

let dir: string;
let app: TestApp;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'opsgraph-test-'));
  await writeFile(join(dir, 'dashboard.yaml'), config);
  await writeFile(join(dir, 'nvidia-smi'), nvidiaSmi, { mode: 0o755 });
  vi.stubEnv('PATH', [dir, process.env['PATH']].join(delimiter));
  app = await startTestApp(
    { DASHBOARD_CONFIG: join(dir, 'dashboard.yaml'), ENABLE_GPU_MONITORING: 'true' },
    { keep: true },
  );
});

afterAll(async () => {
  await app.stop();
  vi.unstubAllEnvs();
  await rm(dir, { recursive: true });
});

describe('the minimum in the description of everyMs', () => {
  test.each(paced.map((field) => [field.name, field] as const))(
    'is the shortest interval that %s accepts, and at which its source runs',
    async (_name, field) => {
      const before = await paces();
      const { argument, source } = minimumOf(field);
      expect(argument).toBeGreaterThan(0);
      const client = graphqlClient(app.wsUrl);
      const values = client.iterate({ query: queryOf(field, argument) });
      const first = values.next();
      await vi.waitFor(async () => {
        const faster = Object.entries(await paces()).filter(([name, paceMs]) => paceMs !== before[name]);
        expect(faster.map(([, paceMs]) => paceMs)).toContain(source);
      });
      await values.return?.();
      await first;
      await vi.waitFor(async () => expect(await paces()).toEqual(before));
      const message = expect.stringContaining(`everyMs must be between ${argument}`) as string;
      await expect(client.iterate({ query: queryOf(field, argument - 1) }).next()).rejects.toMatchObject([
        { message },
      ]);
    },
  );
});

test.each([
  ['systemMetrics', 'sampledAt'],
  ['gpuMetrics', 'gpus { busyPercent }'],
  ['databaseMetrics', 'sampledAt'],
])(
  'a subscription to %s delivers values at the interval that it requests, whatever the configured one is',
  async (name, selection) => {
    const values = graphqlClient(app.wsUrl).iterate({
      query: `subscription { ${name}(everyMs: 100) { ${selection} } }`,
    });
    const seen = new Set<string>();
    for (let count = 0; count < 5; count++) seen.add(JSON.stringify((await values.next()).value));
    expect(seen.size).toBe(5);
    await values.return?.();
  },
);

type Field = GraphQLField<unknown, unknown>;

/** The minimum of the argument in its description, and the interval of the source with that. */
function minimumOf({ args }: Field): { argument: number; source: number } {
  const description = args.find(({ name }) => name === 'everyMs')?.description ?? '';
  const argument = Number(/, (\d+) to \d+\./.exec(description)?.[1]);
  const source = /at most every (\d+) ms/.exec(description)?.[1];
  return { argument, source: source === undefined ? argument : Number(source) };
}

function queryOf(field: Field, everyMs: number): string {
  const type = getNamedType(field.type);
  if (!isObjectType(type)) throw new Error(`the type of ${field.name} is not an object type`);
  return `subscription { ${field.name}(everyMs: ${everyMs}) { __typename } }`;
}

/** The current interval of each source. */
async function paces(): Promise<Record<string, number | null>> {
  const { data } = await app.graphql<{ sources: { name: string; paceMs: number | null }[] }>(
    '{ sources { name paceMs } }',
  );
  return Object.fromEntries(data.sources.map(({ name, paceMs }) => [name, paceMs]));
}
