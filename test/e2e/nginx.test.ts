import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { startTestApp } from '../_util/app.ts';
import { graphqlClient } from '../_util/clients.ts';
import { createTestDatabase } from '../_util/database.ts';
import { freePort } from '../_util/process.ts';
import { publishMutation } from '../_util/publish.ts';

const waiting = { timeout: 10_000, interval: 50 };

/** The real program; undefined where it is not installed, and then the test with it is skipped and says so. */
const program = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin']
  .map((dir) => join(dir, 'nginx'))
  .find((path) => existsSync(path));
if (program === undefined)
  console.warn('\nSKIPPED: nginx is not installed; deploy/compose/nginx.conf is not tested.\n');

/** nginx with the file of deploy/compose, before servers of this machine. @returns its URL */
async function startNginx(servers: readonly string[]): Promise<string> {
  if (program === undefined) throw new Error('nginx is not installed');
  const port = await freePort();
  const dir = await mkdtemp(join(tmpdir(), 'opsgraph-nginx-'));
  let site = await readFile(new URL('../../deploy/compose/nginx.conf', import.meta.url), 'utf8');
  for (const [index, url] of servers.entries())
    site = site.replace(`opsgraph-${index + 1}:9200`, new URL(url).host);
  site = site.replace('listen 9200;', `listen 127.0.0.1:${port};`);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${join(dir, name)};`,
  );
  const file = join(dir, 'nginx.conf');
  const main = `daemon off; pid ${join(dir, 'pid')}; error_log stderr error; events {}`;
  await writeFile(file, `${main}\nhttp { access_log off; ${temporary.join(' ')}\n${site}\n}\n`);
  const child = spawn(program, ['-p', dir, '-e', 'stderr', '-c', file], { stdio: 'ignore' });
  const exited = once(child, 'exit');
  onTestFinished(async () => {
    child.kill();
    await exited;
    await rm(dir, { recursive: true, force: true });
  });
  const url = `http://127.0.0.1:${port}`;
  await vi.waitUntil(
    () =>
      fetch(`${url}/livez`).then(
        ({ ok }) => ok,
        () => false,
      ),
    { timeout: 10_000 },
  );
  return url;
}

describe.skipIf(program === undefined)('two instances behind nginx with deploy/compose/nginx.conf', () => {
  it('serve requests, WebSockets and event streams, also after one of them has stopped', async () => {
    const { connection } = await ownDatabase();
    const env = { TRUST_PROXY: 'true' };
    const first = await startTestApp(env, { database: connection });
    const second = await startTestApp(env, { database: connection });
    const url = await startNginx([first.url, second.url]);

    async function ask(query: string, variables: object = {}): Promise<unknown> {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      });
      return response.json();
    }
    const publish = (text: string) =>
      ask(publishMutation(), { events: [{ event: { type: 'counted', message: text } }] });

    const query = 'subscription { customEvents(filter: { types: ["counted"] }) { message } }';
    const stream = await fetch(`${url}/graphql?query=${encodeURIComponent(query)}`, {
      headers: { accept: 'text/event-stream' },
    });
    const client = graphqlClient(url.replace('http', 'ws'));
    const socket = client.iterate<{ customEvents: { message: string } }>({ query });
    const received = socket.next();
    await vi.waitUntil(async () => {
      const { data } = await first.graphql<{ instances: { subscriptionCount: number }[] }>(
        '{ instances { subscriptionCount } }',
      );
      return data.instances.reduce((sum, { subscriptionCount }) => sum + subscriptionCount, 0) === 2;
    }, waiting);
    let text = '';
    const reading = (async () => {
      for await (const chunk of stream.body?.pipeThrough(new TextDecoderStream()) ?? [])
        if ((text += chunk).includes('"message"')) return;
    })();
    await publish('one');
    expect((await received).value).toMatchObject({ data: { customEvents: { message: 'one' } } });
    await reading;
    expect(text).toContain('"one"');

    await first.stop();
    for (let n = 0; n < 10; n++)
      expect(await ask('{ __typename }')).toEqual({ data: { __typename: 'Query' } });
  });
});

async function ownDatabase() {
  const database = await createTestDatabase();
  onTestFinished(() => database.drop());
  return database;
}
