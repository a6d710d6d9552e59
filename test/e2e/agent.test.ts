import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { asAdmin, guarded, jwtOf } from '../access/_access.ts';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { certify, hasOpenssl } from '../_util/certificate.ts';
import { graphqlClient } from '../_util/clients.ts';
import { createTestDatabase } from '../_util/database.ts';
import { serveRoutes } from '../_util/fake-server.ts';
import { emptyFolder, freePort, opsgraph } from '../_util/process.ts';

/** The agent as a process of its own, which knows the address of the server and a credential. */

const quiet = { FEATURE_SYSTEM_MONITORING: 'false', FEATURE_DATABASE_MONITORING: 'false' };

let program = '';
beforeAll(async () => {
  program = await opsgraph();
});

interface Agent {
  readonly lines: Record<string, unknown>[];
  readonly stderr: () => string;
  /** Waits for a line of its log. */
  logged(msg: string): Promise<Record<string, unknown>>;
  stop(): Promise<number | null>;
  kill(): Promise<void>;
  readonly exited: Promise<number | null>;
}

async function startAgent(
  args: readonly string[],
  env: Record<string, string> = {},
  cwd: string | null = null,
): Promise<Agent> {
  const child = spawn(process.execPath, [program, 'agent', ...args], {
    cwd: cwd ?? (await emptyFolder()),
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'close').then(([code]) => code as number | null);
  const lines: Record<string, unknown>[] = [];
  let rest = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    lines.push(
      ...parts.filter((part) => part.startsWith('{')).map((part) => JSON.parse(part) as object as never),
    );
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await exited;
  });
  return {
    lines,
    stderr: () => stderr,
    exited,
    logged: (msg) =>
      vi.waitUntil(() => lines.find((line) => line['msg'] === msg), { timeout: 20_000, interval: 20 }),
    stop() {
      child.kill('SIGTERM');
      return exited;
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** The samples of a host as they come. */
function samplesOf(
  { wsUrl }: TestApp,
  hostId: string,
  token: string,
): () => Promise<Record<string, unknown>> {
  const samples = graphqlClient(wsUrl, { connectionParams: { token } }).iterate<{
    systemMetrics: Record<string, unknown>;
  }>({
    query: `subscription { systemMetrics(hostId: "${hostId}", everyMs: 100) {
      sampledAt gpuAvailable cpu { usedPercent coreCount } memory { usedPercent } disk { path usedPercent } uptimeMs } }`,
  });
  return async () => (await samples.next()).value?.data?.systemMetrics ?? {};
}

describe('opsgraph agent', () => {
  it('sends samples of its machine to a server that requires a credential, also after an outage, until it is stopped', async () => {
    await using database = await createTestDatabase();
    const port = await freePort();
    const env = { ...quiet, ...guarded, PORT: String(port), DATABASE_URL: database.connection };
    const token = await jwtOf('agent-of-web-1', { role: 'developer' });
    const before = await startTestApp(env);
    const agent = await startAgent(
      ['--to', `http://127.0.0.1:${port}`, '--host-id', 'web-1', '--interval', '1', '--disk-path', '.'],
      { OPSGRAPH_TOKEN: token },
    );
    const sample = await samplesOf(before, 'web-1', token)();
    expect(sample).toMatchObject({
      cpu: { usedPercent: expect.any(Number) as number, coreCount: expect.any(Number) as number },
      memory: { usedPercent: expect.any(Number) as number },
      disk: { usedPercent: expect.any(Number) as number },
    });
    const { data } = await before.graphql<{ host: object }>(
      '{ host(hostId: "web-1") { hostId platform status reportedBy } }',
      {},
      asAdmin,
    );
    expect(data.host).toEqual({
      hostId: 'web-1',
      platform: process.platform,
      status: 'ONLINE',
      reportedBy: 'agent-of-web-1',
    });

    await before.stop();
    await agent.logged('the server takes no samples; they are kept and sent later');
    const after = await startTestApp(env);
    const next = samplesOf(after, 'web-1', token);
    let newest = await next();
    while (newest['sampledAt'] === sample['sampledAt']) newest = await next();
    await agent.logged('the server takes samples again');
    expect(await agent.stop()).toBe(0);
    expect(agent.lines.at(-1)).toMatchObject({ msg: 'stopped', waiting: 0, dropped: 0 });
    expect(JSON.stringify(agent.lines)).not.toContain(token);
  });

  it.skipIf(!hasOpenssl)('checks the certificate of the server with the authority of its file', async () => {
    const { cert, key } = await certify('localhost');
    const dir = await emptyFolder();
    const [certFile, keyFile] = [join(dir, 'cert.pem'), join(dir, 'key.pem')];
    await writeFile(certFile, cert);
    await writeFile(keyFile, key);
    const app = await startTestApp({ ...quiet, TLS_CERT_FILE: certFile, TLS_KEY_FILE: keyFile });
    const to = [
      '--to',
      `https://localhost:${new URL(app.url).port}`,
      '--host-id',
      'web-1',
      '--interval',
      '1',
    ];
    const unknown = await startAgent(to);
    const { reason } = await unknown.logged('the server takes no samples; they are kept and sent later');
    expect(reason).toBe('the request failed (DEPTH_ZERO_SELF_SIGNED_CERT)');
    const known = await startAgent([...to, '--ca-file', certFile]);
    expect(await known.logged('the server takes the samples')).toMatchObject({ waiting: 0 });
  });

  it('sends the samples of an outage once each, also if it is killed and started again during the outage', async () => {
    const times = (body: string): string[] =>
      (JSON.parse(body) as { events: { host: { sampledAt: string } }[] }).events.map(
        ({ host }) => host.sampledAt,
      );
    const tried = new Set<string>();
    const stored: string[] = [];
    let isOut = true;
    const server = await serveRoutes({
      '/publish': async (request, response) => {
        const ats = times(await textOf(request));
        if (isOut) for (const at of ats) tried.add(at);
        else stored.push(...ats);
        response.writeHead(isOut ? 503 : 200).end('{}');
      },
    });
    const folder = await emptyFolder();
    const args = ['--to', server.url, '--host-id', 'a', '--interval', '1'];
    const first = await startAgent(args, {}, folder);
    await vi.waitUntil(() => tried.size >= 3, { timeout: 30_000 });
    await first.kill();
    const outage = [...tried];
    const second = await startAgent(args, {}, folder);
    expect(await second.logged('samples of an earlier run wait to be sent')).toMatchObject({
      dropped: 0,
      lost: 0,
    });
    await vi.waitUntil(() => tried.size > outage.length, { timeout: 30_000 });
    isOut = false;
    await second.logged('the server takes samples again');
    expect(await second.stop()).toBe(0);
    expect(stored).toEqual([...new Set(stored)].toSorted());
    expect(stored).toEqual(expect.arrayContaining([...tried]));
    const third = await startAgent(args, {}, folder);
    await third.logged('the server takes the samples');
    expect(third.lines.map(({ msg }) => msg)).not.toContain('samples of an earlier run wait to be sent');
  });

  it('keeps samples in memory where it cannot write to its directory, and says so once', async () => {
    const app = await startTestApp(quiet);
    const agent = await startAgent([
      '--to',
      app.url,
      '--interval',
      '1',
      '--host-id',
      'a',
      '--buffer-dir',
      '/proc/x',
    ]);
    await agent.logged('the server takes the samples');
    const warnings = agent.lines.filter(({ msg }) =>
      String(msg).startsWith('samples cannot be written to disk'),
    );
    expect(warnings).toMatchObject([{ reason: expect.stringContaining('/proc/x') as string }]);
  });

  it('signs its requests where the server requires that', async () => {
    const REQUEST_SIGNING_SECRET = 'a secret for signing';
    const app = await startTestApp({ ...quiet, REQUEST_SIGNING_SECRET });
    const args = ['--to', app.url, '--host-id', 'a', '--interval', '1'];
    const agent = await startAgent(args, { REQUEST_SIGNING_SECRET });
    await agent.logged('the server takes the samples');
    const unsigned = await startAgent(args);
    const { reason } = await unsigned.logged('the server takes no samples; they are kept and sent later');
    expect(reason).toContain('signature');
  });

  it('logs why the server does not take its samples, and keeps them', async () => {
    const closed = await startTestApp({ ...quiet, ...guarded });
    const dir = await emptyFolder();
    const file = join(dir, 'token');
    await writeFile(file, 'not-a-known-token\n');
    const args = ['--to', closed.url, '--token-file', file, '--host-id', 'a', '--interval', '1'];
    const agent = await startAgent(args);
    expect(
      (await agent.logged('the server takes no samples; they are kept and sent later'))['reason'],
    ).toContain('credential');
    await writeFile(file, await jwtOf('ann', { role: 'developer' }));
    expect((await agent.logged('the server takes samples again'))['dropped']).toBe(0);
  });

  it.each([
    [[], '--to must be a URL that starts with http:// or https://.'],
    [['--to', 'ftp://a'], '--to must be a URL that starts with http:// or https://.'],
    [['--to', 'http://a', '--interval', '0'], '--interval must be an integer from 1 to 3600.'],
    [['--to', 'http://a', '--buffer', 'much'], '--buffer must be an integer from 1 to 1024.'],
    [['--to', 'http://a', '--buffer-hours', '0'], '--buffer-hours must be an integer from 1 to 8760.'],
    [['--to', 'http://a', '--token', 'two words'], '--token must be one word of visible ASCII characters.'],
    [['--to', 'http://a', '--tokn', 'x'], 'Unknown option --tokn; did you mean --token?'],
  ])('exits with its usage when its options are invalid: %j', async (args, message) => {
    const agent = await startAgent(args);
    expect(await agent.exited).toBe(1);
    expect(agent.stderr()).toContain(message);
    expect(agent.stderr()).toContain('Usage: opsgraph agent [options]');
  });
});
