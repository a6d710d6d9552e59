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

interface Shown {
  readonly proxy: TcpProxy;
  /** The actions of the events that it printed. */
  readonly actions: string[];
  readonly complaints: string[];
}

/** @param apollo the package that stands for `@apollo/client`. */
async function runShown(
  app: TestApp,
  file: string,
  name: string,
  apollo = '@apollo/client-4',
): Promise<Shown> {
  await mkdir(join(root, 'dist'), { recursive: true });
  const dir = await mkdtemp(join(root, 'dist', 'documented-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  const proxy = await tcpProxy(Number(new URL(app.url).port));
  const client = (await documented('README.md', 'client.mjs'))
    .replace("'ws://127.0.0.1:9200/graphql'", `'ws://127.0.0.1:${proxy.port}/graphql'`)
    .replace(/\b(\d+)_000\b/g, '$1_00');
  await writeFile(join(dir, 'client.mjs'), client);
  await writeFile(join(dir, name), await documented(file, name));
  const program = join(dir, `bundled-${name}`);
  await build({
    entryPoints: [join(dir, name)],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['ws'],
    alias: { '@apollo/client': apollo },
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

describe('a client as the documents show it', () => {
  it('has every event, each once, over cut, dead and refused connections', async () => {
    const app = await startTestApp();
    let published = 0;
    const publish = async (count: number): Promise<void> => {
      const events = Array.from({ length: count }, () => ({
        auditEvent: {
          eventType: 'tested',
          actorId: 'ann',
          action: `event ${++published}`,
          status: 'success',
        },
      }));
      const response = await fetch(`${app.url}/publish`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ events }),
      });
      expect(response.status).toBe(200);
    };
    const clients = await Promise.all([
      runShown(app, 'README.md', 'watch.mjs'),
      runShown(app, 'docs/clients.md', 'with-apollo.mjs', '@apollo/client-3'),
      runShown(app, 'docs/clients.md', 'with-apollo.mjs', '@apollo/client-4'),
      runShown(app, 'docs/clients.md', 'with-urql.mjs'),
    ]);
    const names = ['graphql-ws', 'Apollo Client 3', 'Apollo Client 4', 'urql'];
    const firsts = new Map<Shown, number>();
    const onAll = (act: (proxy: TcpProxy) => void): void => clients.forEach(({ proxy }) => act(proxy));
    const all = { timeout: 40_000, interval: 50 };

    // Each begins with whatever comes once it has subscribed.
    await expect
      .poll(async () => {
        if (clients.some(({ actions }) => actions.length === 0)) await publish(1);
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

    await publish(5);
    await haveAll();

    onAll((proxy) => proxy.cut());
    await publish(4);
    await tryAgain(2); // and are refused
    onAll((proxy) => proxy.heal());
    await publish(3);
    await haveAll();

    onAll((proxy) => proxy.blackHole());
    await publish(4);
    await tryAgain(2); // the second because the handshake of the first got no answer
    onAll((proxy) => proxy.heal());
    await publish(3);
    await haveAll();

    for (let round = 0; round < 3; round++) {
      onAll((proxy) => proxy.cut());
      onAll((proxy) => proxy.heal());
      await publish(2);
    }
    await haveAll();
    expect(clients.map(({ complaints }) => complaints)).toEqual(names.map(() => []));
  }, 120_000);
});
