import { readFile } from 'node:fs/promises';
import { createContext, runInContext } from 'node:vm';
import { expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { startTestApp } from '../../_util/app.ts';
import { linesOf, python } from '../../_util/python.ts';
import { env, notification, report, tokens, workflow } from './_archmesh.ts';

/** The clients from the documentation of the old system, unchanged. */

const documented = 'wss://api.archmesh.com';
const heartbeatMs = 30_000;

function sample(name: string): Promise<string> {
  return readFile(new URL(name, import.meta.url), 'utf8');
}

it('M10, M54: the documented JavaScript client works unchanged, and tries five times to reconnect', async () => {
  const app = await startTestApp(env);
  const printed: string[] = [];
  let wake = (): void => {};
  const until = async (what: string): Promise<void> => {
    while (!printed.includes(what)) await new Promise<void>((resolve) => (wake = resolve));
  };
  const print = (...words: unknown[]): void => {
    printed.push(words.map(String).join(' '));
    wake();
  };
  /** The WebSocket of a browser, with another address and token than the examples of the documentation. */
  class Browser extends WebSocket {
    constructor(url: string) {
      super(url.replace(documented, app.wsUrl).replace('your_auth_token', tokens.ann));
      onTestFinished(() => this.terminate());
    }
  }
  const beats: (() => void)[] = [];
  const waits: number[] = [];
  runInContext(
    await sample('client.js.txt'),
    createContext({
      WebSocket: Browser,
      console: { log: print, error: () => print('WebSocket error') },
      setInterval: (beat: () => void, everyMs: number) => everyMs === heartbeatMs && beats.push(beat),
      setTimeout: (again: () => void, afterMs: number) => {
        waits.push(afterMs);
        setImmediate(again);
      },
    }),
  );
  await until('Connected to ArchMesh WebSocket');
  beats[0]?.();
  await until('Received pong');
  await report(app, [
    workflow(),
    notification({ title: 'Workflow Complete', message: 'Your design is ready' }),
  ]);
  await until('Workflow workflow_456: in_progress (50%)');
  await until('Notification: Workflow Complete - Your design is ready');
  await app.stop();
  await until('Attempting to reconnect (5/5)');
  expect(printed.slice(0, 2)).toEqual(['Connected to ArchMesh WebSocket', 'Received pong']);
  expect(waits).toEqual([2_000, 4_000, 8_000, 16_000, 32_000]);
});

it.skipIf(python === null)('M54: the documented Python client works unchanged', async () => {
  const app = await startTestApp(env);
  const program = (await sample('client.py.txt'))
    .replace(documented, app.wsUrl)
    .replace('your_auth_token', tokens.ann);
  const printed: string[] = [];
  for await (const line of linesOf(program)) {
    if (printed.push(line) === 2) break;
    await report(app, [workflow()]);
  }
  expect(printed).toEqual(['Connected to ArchMesh WebSocket', 'Workflow workflow_456: in_progress (50%)']);
});
