import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { createTestDatabase, type TestDatabase } from '../_util/database.ts';
import { opsgraph } from '../_util/process.ts';
import { publish, startReported } from '../readers/_reported.ts';

/** Tables whose content does not come from events, as docs/operating.md lists it. */
const notContained: ReadonlySet<string> = new Set([
  'alert_rules',
  'gauge_samples',
  'host_samples',
  'job_state',
  'journal_identity',
  'metric_samples',
  'metric_series',
  'opsgraph_migration',
  'retention_state',
  'roles',
]);

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

let program = '';
let source: TestDatabase;
let file = '';
/** The content of the source, and its lists. */
let tables: Record<string, readonly string[]>;
let lists: unknown;
let exported: Outcome;

function environment(database: string): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '', DATABASE_URL: database, OLLAMA_URL: '' };
}

async function command(args: readonly string[], database: string): Promise<Outcome> {
  const options = { cwd: inject('folder'), env: environment(database), maxBuffer: 64 * 1024 * 1024 };
  try {
    return { code: 0, ...(await promisify(execFile)(process.execPath, [program, ...args], options)) };
  } catch (error) {
    return error as Outcome;
  }
}

/** The rows of every table as JSON, in a stable order. */
async function dump(database: string): Promise<Record<string, readonly string[]>> {
  const client = new pg.Client(database);
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `select table_name as name from information_schema.tables
       where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
    );
    const content: Record<string, readonly string[]> = {};
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string }>(
        // an agent is registered when its row is inserted
        `select (to_jsonb(t) - 'registered_at')::text as row from ${name} as t order by 1`,
      );
      content[name] = rows.map(({ row }) => row);
    }
    return content;
  } finally {
    await client.end();
  }
}

function without(content: Record<string, readonly string[]>): Record<string, readonly string[]> {
  return Object.fromEntries(Object.entries(content).filter(([name]) => !notContained.has(name)));
}

/** An empty database into which nothing was migrated. */
function emptyDatabase(): Promise<TestDatabase> {
  return createTestDatabase(undefined, { empty: true });
}

beforeAll(async () => {
  program = await opsgraph();
  source = await createTestDatabase();
  const app = await startReported({ database: source.connection });
  await command(['demo', '--once', '--url', app.url], source.connection);
  await acknowledgeAlert(app);
  for (let batch = 0; batch < 2; batch += 1) await publish(app, manyEvents(batch));
  lists = await listsOf(app);
  await app.stop();
  tables = await dump(source.connection);
  file = join(inject('folder'), 'export.jsonl');
  exported = await command(['export', '--output', file], source.connection);
}, 120_000);

afterAll(() => source?.drop());

async function acknowledgeAlert(app: TestApp): Promise<void> {
  const { data } = await app.graphql<{ alerts: { edges: { node: { alertId: string } }[] } }>(
    '{ alerts(first: 1) { edges { node { alertId } } } }',
  );
  const input = { alertId: data.alerts.edges[0]?.node.alertId };
  const mutation =
    'mutation ($input: AcknowledgeAlertInput!) { acknowledgeAlert(input: $input) { __typename } }';
  const { errors } = await app.graphql(mutation, { input });
  expect(errors).toBeUndefined();
}

/** More than one import stores in a transaction. */
function manyEvents(batch: number): readonly object[] {
  return Array.from({ length: 800 }, (_, index) => ({
    auditEvent: { eventType: 'test', actorId: 'ci', action: `did ${batch * 800 + index}`, status: 'success' },
  }));
}

const ownEvent = [{ auditEvent: { eventType: 'test', actorId: 'ci', action: 'own', status: 'success' } }];

describe('an exported journal', () => {
  it('is a file that only its owner can read, and standard output has nothing', async () => {
    expect(exported).toEqual({
      code: 0,
      stdout: '',
      stderr: expect.stringMatching(/^Exported [\d,]+ events to /) as string,
    });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('is imported into an empty database with all tables that come from events, and again without effect', async () => {
    await using target = await emptyDatabase();
    const first = await command(['import', file], target.connection);
    expect(first).toMatchObject({
      code: 0,
      stdout: '',
      stderr: expect.stringMatching(/^Imported [\d,]+ events in/) as string,
    });
    expect(without(await dump(target.connection))).toEqual(without(tables));

    const second = await command(['import', file], target.connection);
    expect(second.stderr).toMatch(/^Imported 0 events \([\d,]+ were stored before\) in/);
    expect(without(await dump(target.connection))).toEqual(without(tables));

    const app = await startTestApp(
      { MODEL_SERVERS: 'lab=http://127.0.0.1:9' },
      { database: target.connection },
    );
    expect(await listsOf(app)).toEqual(lists);
    await publish(app, ownEvent);
    expect(await storedIn(target.connection)).toBeGreaterThan(tables['events']?.length ?? 0);
  });

  it('is imported from standard input, and an import that was killed is continued', async () => {
    await using target = await emptyDatabase();
    const lines = (await readFile(file, 'utf8')).split('\n');
    const child = spawn(process.execPath, [program, 'import'], {
      cwd: inject('folder'),
      env: environment(target.connection),
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    const exited = once(child, 'exit');
    child.stdin.on('error', () => {}); // it was killed
    // Less than a batch waits in the process; more than one was stored.
    child.stdin.write(`${lines.slice(0, -2).join('\n')}\n`);
    await expect.poll(() => storedIn(target.connection), { timeout: 30_000 }).toBeGreaterThan(0);
    child.kill('SIGKILL');
    await exited;
    const stored = await storedIn(target.connection);
    const { code, stderr } = await command(['import', file], target.connection);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringContaining(`(${stored.toLocaleString('en')} were stored before)`) as string,
    });
    expect(without(await dump(target.connection))).toEqual(without(tables));
  });

  it('is rejected when it is truncated, and nothing is stored', async () => {
    await using target = await emptyDatabase();
    const damaged = join(inject('folder'), 'damaged.jsonl.gz');
    await writeFile(damaged, gzipSync(await readFile(file)).subarray(0, -20));
    const { code, stderr } = await command(['import', damaged], target.connection);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'The file is truncated: its compressed data ends early.\n',
    });
    expect(await storedIn(target.connection)).toBe(0);
  });

  it('is rejected by a log with other events, whose positions it would need', async () => {
    await using target = await createTestDatabase();
    const app = await startTestApp({}, { database: target.connection });
    await publish(app, ownEvent);
    const { code, stderr } = await command(['import', file], target.connection);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining('import into an empty database') as string,
    });
  });

  it('is compressed when its name ends in .gz, and has what is selected', async () => {
    const lines = (await readFile(file, 'utf8')).trim().split('\n');
    const { epoch } = JSON.parse(lines[0] ?? '') as { epoch: string };
    const { seq, topic } = JSON.parse(lines[3] ?? '') as { seq: number; topic: string };
    const compressed = join(inject('folder'), 'export.jsonl.gz');
    const selection = ['--since', `${epoch}_${seq.toString(36)}`, '--topics', topic];
    expect((await command(['export', '--output', compressed, ...selection], source.connection)).code).toBe(0);
    const selected = gunzipSync(await readFile(compressed))
      .toString()
      .trim()
      .split('\n');
    const ofTopic = (line: string): boolean => (JSON.parse(line) as { topic: string }).topic === topic;
    expect(selected.slice(1, -1)).toEqual(lines.slice(4, -1).filter(ofTopic));
  });
});

async function storedIn(database: string): Promise<number> {
  const client = new pg.Client(database);
  await client.connect();
  try {
    const { rows } = await client.query<{ count: number }>('select count(*)::int as count from events');
    return rows[0]?.count ?? 0;
  } catch {
    return 0; // not migrated
  } finally {
    await client.end();
  }
}

/** Lists of the graph, and a replay of all events without the identity of the log. */
async function listsOf(app: TestApp): Promise<unknown> {
  const { data, errors } = await app.graphql<object>(`{
    activity(first: 50) { edges { node { title user actionType } } }
    alerts(first: 50) { edges { node { alertId number title acknowledgedBy } } }
    decisions(first: 50) { edges { node { decisionId success parameters } } }
    trainingRuns(first: 50) { edges { node { runId status } } }
    uploads(first: 50) { edges { node { uploadId filename } } }
    workflows(first: 50) { edges { node { workflowId status } } }
    auditLogs(first: 50) { edges { node { action actorId } } }
    customEvents(first: 50) { edges { node { type message } } }
    deployedModels(first: 50) { edges { node { modelId } } }
    agents { agentId decisionCount successPercent }
  }`);
  expect(errors).toBeUndefined();
  return { ...data, replay: await replayOf(app) };
}

/** All events from the oldest one, without the identity of the log. */
async function replayOf(app: TestApp): Promise<unknown> {
  const { errors, data } = await app.graphql<{ eventLog: { edges: { node: { cursor: string } }[] } }>(
    '{ eventLog(first: 150) { edges { node { __typename cursor occurredAt } } } }',
  );
  expect(errors).toBeUndefined();
  return data.eventLog.edges.map(({ node }) => ({ ...node, cursor: node.cursor.split('_')[1] }));
}
