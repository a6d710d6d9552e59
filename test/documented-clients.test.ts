import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startTestApp, type TestApp } from './_util/app.ts';
import { tcpProxy, type TcpProxy } from './_util/tcp-proxy.ts';

// What README.md and docs/clients.md show is what runs here: taken from them, with the proxy's address, and with times a
// tenth as long.

const root = new URL('..', import.meta.url).pathname;

async function documented(file: string, name: string): Promise<string> {
  const text = await readFile(join(root, file), 'utf8');
  const [, code] = text.split(`\`\`\`js\n// ${name}\n`);
  if (code === undefined) throw new Error(`${file} shows no ${name}`);
  return code.split('\n```')[0] ?? '';
}

interface Program {
  readonly app: TestApp;
  /** What runs: the names of programs, and the document that shows each. */
  readonly shown: Readonly<Record<string, string>>;
  /** Further files, by name. */
  readonly files?: Readonly<Record<string, string>>;
  /** What client.mjs does to say who it is; nothing when absent. */
  readonly connectionParams?: string;
  /** The package that `@apollo/client` is resolved to. */
  readonly apollo?: string;
}

interface Running {
  readonly proxy: TcpProxy;
  /** The actions of the events that it printed. */
  readonly actions: string[];
  /** Everything else that it printed. */
  readonly lines: string[];
  readonly complaints: string[];
}

async function run({ app, shown, files = {}, connectionParams, apollo = '' }: Program): Promise<Running> {
  await mkdir(join(root, 'dist'), { recursive: true });
  const dir = await mkdtemp(join(root, 'dist', 'documented-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  const write = (name: string, text: string): Promise<void> => writeFile(join(dir, name), text);
  const proxy = await tcpProxy(Number(new URL(app.url).port));
  const client = (await documented('README.md', 'client.mjs'))
    .replace("'ws://127.0.0.1:9200/graphql'", `'ws://127.0.0.1:${proxy.port}/graphql'`)
    .replace(/\/\/ (connectionParams: ).*/, connectionParams ?? '')
    .replace(/\b(\d+)_000\b/g, '$1_00');
  await write('client.mjs', client);
  for (const [name, document] of Object.entries(shown)) await write(name, await documented(document, name));
  for (const [name, text] of Object.entries(files)) await write(name, text);
  const all = Object.keys(shown).map((name) => `import './${name}';`);
  await write('all.mjs', all.join('\n'));
  const program = join(dir, 'program.mjs');
  await build({
    entryPoints: [join(dir, 'all.mjs')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['ws'],
    alias: apollo === '' ? {} : { '@apollo/client': apollo },
    logLevel: 'error',
  });
  const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
  const actions: string[] = [];
  const lines: string[] = [];
  const complaints: string[] = [];
  createInterface(child.stdout).on('line', (line) => {
    const action = /action: '(event \d+)'/.exec(line)?.[1];
    if (action === undefined) lines.push(line);
    else actions.push(action);
  });
  createInterface(child.stderr).on('line', (line) => complaints.push(line));
  return { proxy, actions, lines, complaints };
}

/** Publishes events of the type `tested` with the actions `event <from>` and so on. */
async function publish(app: TestApp, from: number, count: number, token?: string): Promise<void> {
  const events = Array.from({ length: count }, (_, at) => ({
    auditEvent: { eventType: 'tested', actorId: 'ann', action: `event ${from + at}`, status: 'success' },
  }));
  const response = await fetch(`${app.url}/publish`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ events }),
  });
  expect(response.status).toBe(200);
}

describe('the client in the documentation', () => {
  it('receives every event once, over lost, dead and refused connections', async () => {
    const app = await startTestApp();
    let published = 0;
    const publishMore = async (count: number): Promise<void> => {
      await publish(app, published + 1, count);
      published += count;
    };
    const clients = await Promise.all([
      run({ app, shown: { 'watch.mjs': 'README.md' } }),
      run({ app, shown: { 'with-apollo.mjs': 'docs/clients.md' }, apollo: '@apollo/client-3' }),
      run({ app, shown: { 'with-apollo.mjs': 'docs/clients.md' }, apollo: '@apollo/client-4' }),
      run({ app, shown: { 'with-urql.mjs': 'docs/clients.md' } }),
      run({ app, shown: { 'in-lists.mjs': 'docs/clients.md' } }),
    ]);
    const names = ['graphql-ws', 'Apollo Client 3', 'Apollo Client 4', 'urql', 'graphql-ws in lists'];
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

  it('continues after the expiry of its token, on the same connection', async () => {
    const app = await startTestApp({
      AUTH_REQUIRED: 'true',
      AUTH_TOKENS: 'a-key-of-the-admin:ann:admin',
      JWT_SECRET: secret,
      JWT_CLOCK_TOLERANCE_S: '0',
    });
    const [call = ''] =
      /connectionParams: async .*/.exec(await readFile(join(root, 'docs/clients.md'), 'utf8')) ?? [];
    const { proxy, actions, lines, complaints } = await run({
      app,
      shown: { 'watch.mjs': 'README.md', 'renew.mjs': 'docs/clients.md' },
      files: { 'tokens.mjs': tokens },
      connectionParams: call,
    });
    let published = 0;
    // The first is for the connection, and each of the others is asked for when most of the last one's time is over.
    await expect
      .poll(
        async () => {
          await publish(app, ++published, 1, 'a-key-of-the-admin');
          return (
            complaints.length > 0 ||
            (actions.length > 5 && lines.filter((line) => line === 'a token').length >= 5)
          );
        },
        { timeout: 40_000, interval: 250 },
      )
      .toBe(true);
    expect(complaints).toEqual([]);
    const first = Number(actions[0]?.split(' ')[1]);
    expect(actions).toEqual(actions.map((_, at) => `event ${first + at}`));
    expect(proxy.taken).toBe(1);
  });
});

const secret = 'a shared secret of some thirty-two bytes';

/** Each is valid until the second after the next. */
const tokens = `
import { createHmac } from 'node:crypto';
const encoded = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
export async function nextToken() {
  console.log('a token');
  const text = encoded({ alg: 'HS256' }) + '.' + encoded({ sub: 'uma', exp: Math.floor(Date.now() / 1_000) + 3 });
  return text + '.' + createHmac('sha256', ${JSON.stringify(secret)}).update(text).digest('base64url');
}
`;
