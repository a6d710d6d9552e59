import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { tcpProxy, type TcpProxy } from '../_util/tcp-proxy.ts';
import { fast } from '../client/_fast.ts';

// What README.md and docs/clients.md show is what runs here: taken from them, with the proxy's address, and with times a
// tenth as long.

const root = new URL('../..', import.meta.url).pathname;

async function documented(file: string, name: string): Promise<string> {
  const text = await readFile(join(root, file), 'utf8');
  const [, code] = text.split(`\`\`\`js\n// ${name}\n`);
  if (code === undefined) throw new Error(`${file} shows no ${name}`);
  return code.split('\n```')[0] ?? '';
}

interface Program {
  readonly app: TestApp;
  /** The names of the programs, and the document that shows each. */
  readonly shown: Readonly<Record<string, string>>;
  /** The package that `@apollo/client` is resolved to. */
  readonly apollo?: string;
}

interface Running {
  readonly proxy: TcpProxy;
  /** The actions of the events that it printed. */
  readonly actions: string[];
  readonly complaints: string[];
}

/** What a documented program becomes here: its address, and times a tenth as long. */
function adapted(code: string, port: number): string {
  return code
    .replaceAll('127.0.0.1:9200', `127.0.0.1:${port}`)
    .replace(/\bcreateClient\(\{(?= url)/, `createClient({ timing: ${JSON.stringify(fast)},`)
    .replaceAll(/\b(\d+)_000\b/g, '$1_00');
}

async function run({ app, shown, apollo = '' }: Program): Promise<Running> {
  await mkdir(join(root, 'dist'), { recursive: true });
  const dir = await mkdtemp(join(root, 'dist', 'documented-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  const proxy = await tcpProxy(Number(new URL(app.url).port));
  for (const [name, document] of Object.entries(shown))
    await writeFile(join(dir, name), adapted(await documented(document, name), proxy.port));
  const all = Object.keys(shown).map((name) => `import './${name}';`);
  await writeFile(join(dir, 'all.mjs'), all.join('\n'));
  const program = join(dir, 'program.mjs');
  await build({
    entryPoints: [join(dir, 'all.mjs')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['ws'],
    alias: {
      ...(apollo !== '' && { '@apollo/client': apollo }),
      'opsgraph/client/apollo': join(root, 'client/apollo.ts'),
      'opsgraph/client': join(root, 'client/client.ts'),
    },
    logLevel: 'error',
  });
  const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
  const actions: string[] = [];
  const complaints: string[] = [];
  createInterface(child.stdout).on('line', (line) => {
    const action = /action: '(event \d+)'/.exec(line)?.[1];
    if (action !== undefined) actions.push(action);
  });
  createInterface(child.stderr).on('line', (line) => complaints.push(line));
  return { proxy, actions, complaints };
}

/** Publishes events of the type `tested` with the actions `event <from>` and so on. */
async function publish(app: TestApp, from: number, count: number): Promise<void> {
  const events = Array.from({ length: count }, (_, at) => ({
    auditEvent: { eventType: 'tested', actorId: 'ann', action: `event ${from + at}`, status: 'success' },
  }));
  const response = await fetch(`${app.url}/publish`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ events }),
  });
  expect(response.status).toBe(200);
}

describe('each client in the documentation', () => {
  it('receives every event once, over lost, dead and refused connections', async () => {
    const app = await startTestApp();
    let published = 0;
    const publishMore = async (count: number): Promise<void> => {
      await publish(app, published + 1, count);
      published += count;
    };
    const clients = await Promise.all([
      run({ app, shown: { 'watch.mjs': 'README.md' } }),
      run({ app, shown: { 'client.mjs': 'docs/clients.md', 'watch-plain.mjs': 'docs/clients.md' } }),
      run({ app, shown: { 'with-apollo.mjs': 'docs/clients.md' }, apollo: '@apollo/client-3' }),
      run({ app, shown: { 'with-apollo.mjs': 'docs/clients.md' }, apollo: '@apollo/client-4' }),
      run({ app, shown: { 'with-urql.mjs': 'docs/clients.md' } }),
      run({ app, shown: { 'in-lists.mjs': 'docs/clients.md' } }),
    ]);
    const names = ['the client', 'graphql-ws', 'Apollo Client 3', 'Apollo Client 4', 'urql', 'lists'];
    const firsts = new Map<Running, number>();
    const onAll = (act: (proxy: TcpProxy) => void): void => clients.forEach(({ proxy }) => act(proxy));
    const all = { timeout: 40_000, interval: 50 };

    // Each begins with whatever comes once it has subscribed.
    await expect
      .poll(async () => {
        if (clients.some(({ actions }) => actions.length === 0)) await publishMore(1);
        return clients.map(({ actions, complaints }) =>
          actions.length > 0 ? 'listens' : complaints.join('\n'),
        );
      }, all)
      .toEqual(names.map(() => 'listens'));
    for (const client of clients) firsts.set(client, Number(client.actions[0]?.split(' ')[1]));

    const haveAll = async (): Promise<void> => {
      const expected = clients.map((client, index) => {
        const first = firsts.get(client) ?? 1;
        return [
          names[index],
          Array.from({ length: published - first + 1 }, (_, at) => `event ${first + at}`),
        ];
      });
      await expect
        .poll(() => clients.map(({ actions }, index) => [names[index], actions]), all)
        .toEqual(expected);
    };
    const tryAgain = async (times: number): Promise<void> => {
      const before = clients.map(({ proxy }) => proxy.taken);
      await expect
        .poll(() => clients.every(({ proxy }, index) => proxy.taken >= (before[index] ?? 0) + times), all)
        .toBe(true);
    };

    await publishMore(5);
    await haveAll();

    onAll((proxy) => proxy.cut());
    await publishMore(4);
    await tryAgain(2); // and are refused
    onAll((proxy) => proxy.heal());
    await publishMore(3);
    await haveAll();

    onAll((proxy) => proxy.blackHole());
    await publishMore(4);
    await tryAgain(2); // the second because the handshake of the first got no answer
    onAll((proxy) => proxy.heal());
    await publishMore(3);
    await haveAll();

    for (let round = 0; round < 3; round++) {
      onAll((proxy) => proxy.cut());
      onAll((proxy) => proxy.heal());
      await publishMore(2);
    }
    await haveAll();
    expect(clients.map(({ complaints }) => complaints)).toEqual(names.map(() => []));
  }, 120_000);
});
