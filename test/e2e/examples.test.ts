import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { emptyFolder } from '../_util/process.ts';
import { tcpProxy } from '../_util/tcp-proxy.ts';

// The programs in examples/ that follow events over server-sent events.

const examples = new URL('../../examples/', import.meta.url).pathname;
const patience = { timeout: 30_000, interval: 20 };

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({}, { keep: true });
});
afterAll(() => app.stop());

let published = 0;

async function publish(count: number): Promise<string[]> {
  const actions = Array.from({ length: count }, () => `event ${++published}`);
  const events = actions.map((action) => ({
    auditEvent: { eventType: 'tested', actorId: 'ann', action, status: 'success' },
  }));
  const response = await fetch(`${app.url}/publish`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ events }),
  });
  expect(response.status).toBe(200);
  return actions;
}

function follow(command: string, script: string, { url, position }: { url: string; position: string }) {
  const child = spawn(command, [join(examples, script), position], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'] ?? '', OPSGRAPH_URL: url, RETRY_S_MAX: '1' },
  });
  const exited = once(child, 'exit');
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exited;
  };
  onTestFinished(stop);
  const received: string[] = [];
  createInterface(child.stdout).on('line', (line) => {
    const [, action] = /"action": ?"(event \d+)"/.exec(line) ?? [];
    if (action !== undefined) received.push(action);
  });
  return { received, stop };
}

it.each([
  ['python3', 'follow.py'],
  ['bash', 'follow.sh'],
])('%s %s receives every event once, over lost connections and its own restart', async (command, script) => {
  const proxy = await tcpProxy(Number(new URL(app.url).port));
  const position = join(await emptyFolder(), 'position.txt');
  const place = { url: `http://127.0.0.1:${proxy.port}/graphql`, position };
  const first = follow(command, script, place);
  await expect
    .poll(async () => {
      await publish(1); // it begins with the first event after its subscription
      return first.received.length;
    }, patience)
    .toBeGreaterThan(0);
  const start = Number(first.received[0]?.split(' ')[1]);
  const all = (): string[] => Array.from({ length: published - start + 1 }, (_, at) => `event ${start + at}`);
  proxy.cut();
  await publish(3);
  const before = proxy.taken;
  await expect.poll(() => proxy.taken, patience).toBeGreaterThan(before);
  proxy.heal();
  await publish(3);
  await expect.poll(() => first.received, patience).toEqual(all());
  await first.stop();

  const known = all().length;
  await publish(2);
  const second = follow(command, script, place);
  // An event that was printed but whose position was not yet stored comes again.
  await expect.poll(() => second.received.slice(-2), patience).toEqual(all().slice(known));
  expect(second.received.length).toBeLessThanOrEqual(3);
});
