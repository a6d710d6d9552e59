import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { graphqlClient } from '../_util/clients.ts';
import { opsgraph } from '../_util/process.ts';

/** The demo as `npm run demo` starts it: a process of its own that knows the server's address and nothing else. */

const root = join(import.meta.dirname, '../..');
const quiet = { FEATURE_SYSTEM_MONITORING: 'false', FEATURE_DATABASE_MONITORING: 'false' };

interface Demo {
  readonly child: ChildProcess;
  output(): string;
  exit(): Promise<number | null>;
}

let program = '';
beforeAll(async () => {
  program = await opsgraph();
});

function demo(...options: readonly string[]): Demo {
  const child = spawn(process.execPath, [program, 'demo', ...options], { cwd: root });
  const exited = once(child, 'exit') as Promise<[number | null]>;
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await exited;
  });
  return { child, output: () => text, exit: async () => (await exited)[0] };
}

interface Received {
  readonly agentEvents: {
    readonly report?: { readonly status: string };
    readonly decisionId?: string;
  };
}

/** What an agent does, from now on. */
function watch(app: TestApp, agentId: string, types: string) {
  const events = graphqlClient(app.wsUrl).iterate<Received>({
    query: `subscription ($agentId: ID!) {
      agentEvents(agentId: $agentId, types: [${types}], after: "earliest") {
        ... on AgentReported { report { status } }
        ... on AgentDecided { decisionId }
      }
    }`,
    variables: { agentId },
  });
  async function next(): Promise<Received['agentEvents']> {
    const { value } = (await events.next()) as { value?: { data?: Received } };
    if (value?.data === undefined) throw new Error('the subscription ended');
    return value.data.agentEvents;
  }
  return {
    next,
    async until(status: string): Promise<void> {
      while ((await next()).report?.status !== status);
    },
  };
}

async function intervene(app: TestApp, agentId: string, action: string, parameters: object = {}) {
  const { data } = await app.graphql<{ intervene: { __typename: string } }>(
    'mutation ($input: InterveneInput!) { intervene(input: $input) { __typename } }',
    { input: { agentId, action, parameters } },
  );
  return data.intervene.__typename;
}

describe('the demo', () => {
  it('reports one round of every kind of event, states that the data is invented, and exits', async () => {
    const app = await startTestApp(quiet);
    const run = demo('--once', '--url', app.url);
    expect([await run.exit(), run.output()]).toEqual([0, expect.stringContaining('invented')]);
    const { data, errors } = await app.graphql<{ activity: { edges: object[] } }>(`{
      agents { id: agentId status decisionCount successPercent reportedAt }
      kpis { totalRevenue priceOptimizationScore }
      decisions(first: 10) { edges { node { id: decisionId parameters success } } }
      trainingRuns(first: 10) { edges { node { status modelId } } }
      currentModel { modelId operationalStatus }
      uploads(first: 10) { edges { node { filename } } }
      activity(first: 50) { edges { node { user actionType } } }
      alerts(first: 10) { edges { node { source alertType } } }
    }`);
    expect(errors).toBeUndefined();
    const agents = ['pricing_agent', 'inventory_agent', 'promotion_agent'];
    expect(data).toMatchObject({
      agents: agents.map((id) => ({ id, status: 'OFFLINE', decisionCount: 1 })),
      kpis: { totalRevenue: expect.any(Number) as number },
      decisions: {
        edges: agents.map(() => ({
          node: { parameters: { source: 'demo' }, success: expect.any(Boolean) as boolean },
        })),
      },
      trainingRuns: { edges: [{ node: { modelId: 'demo-demand-forecast', status: 'COMPLETED' } }] },
      currentModel: { modelId: 'demo-demand-forecast', operationalStatus: 'ACTIVE' },
      uploads: { edges: [{ node: { filename: expect.stringContaining('demo') as string } }] },
      alerts: { edges: [{ node: { source: 'demo', alertType: 'demo_low_stock' } }] },
    });
    expect(data.activity.edges).toContainEqual({ node: { user: 'demo', actionType: 'data_import' } });
  });

  it('has agents that obey interventions, and leaves nothing open when it is stopped', async () => {
    const app = await startTestApp(quiet);
    const run = demo('--url', app.url);
    const agentId = 'pricing_agent';
    const reports = watch(app, agentId, 'REPORTED');
    await reports.until('ACTIVE');
    expect(await intervene(app, agentId, 'PAUSE')).toBe('InterveneSuccess');
    await reports.until('PAUSED');
    await intervene(app, agentId, 'OVERRIDE', { sku: 'SKU-0' });
    await reports.until('PAUSED'); // it heard, and is paused still
    await intervene(app, agentId, 'RESUME');
    await reports.until('IDLE');
    expect(await watch(app, agentId, 'DECIDED').next()).toMatchObject({
      decisionId: expect.any(String) as string,
    });
    run.child.kill('SIGTERM');
    expect([await run.exit(), run.output()]).toEqual([0, expect.stringContaining('pause')]);
    const { data } = await app.graphql(`{
      agents { status }
      trainingRuns(first: 10) { edges { node { status } } }
      decisions(first: 1, filter: { agentId: "${agentId}" }) { edges { node { parameters rationale } } }
    }`);
    expect(data).toMatchObject({
      agents: [{ status: 'OFFLINE' }, { status: 'OFFLINE' }, { status: 'OFFLINE' }],
      trainingRuns: { edges: [{ node: { status: 'FAILED' } }] },
      decisions: { edges: [{ node: { parameters: { sku: 'SKU-0' } } }] },
    });
  });

  it('waits for a server that is not reachable, and reports to it once it is', async () => {
    const reserved = createServer().listen(0, '127.0.0.1');
    await once(reserved, 'listening');
    const { port } = reserved.address() as AddressInfo;
    reserved.close();
    const run = demo('--once', '--url', `http://127.0.0.1:${port}`);
    await once(run.child.stdout ?? process.stdin, 'data');
    while (!run.output().includes('waiting for the server'))
      await once(run.child.stdout ?? process.stdin, 'data');
    const app = await startTestApp({ ...quiet, PORT: String(port) });
    expect([await run.exit(), run.output()]).toEqual([0, expect.stringContaining('the server is back')]);
    const { data } = await app.graphql<{ kpis: { totalRevenue: number | null } }>(
      '{ kpis { totalRevenue } }',
    );
    expect(data.kpis.totalRevenue).toBeGreaterThan(0);
  });

  it('exits with code 1 and the reason if it may not report', async () => {
    const app = await startTestApp({ ...quiet, AUTH_TOKENS: 'reader-token-0123456789:ann' });
    const run = demo('--once', '--url', app.url, '--token', 'reader-token-0123456789');
    expect([await run.exit(), run.output()]).toEqual([1, expect.stringContaining('capability write')]);
  });
});
