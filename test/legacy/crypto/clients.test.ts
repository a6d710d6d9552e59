import { readFile } from 'node:fs/promises';
import { createContext, runInContext } from 'node:vm';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { linesOf, python } from '../../_util/python.ts';
import { reportUsage, startMonitor, type Monitor } from './_crypto.ts';

/** The clients from the documentation of the old system, unchanged. */

const documented = 'ws://localhost:7860';
let monitor: Monitor;

beforeAll(async () => {
  monitor = await startMonitor({ WS_PING_INTERVAL_MS: '500', WS_PONG_TIMEOUT_MS: '400' });
});

afterAll(() => monitor.stop());

function sample(name: string): Promise<string> {
  return readFile(new URL(name, import.meta.url), 'utf8');
}

it('C2, C3, C5, C6, C7: the documented JavaScript client works unchanged', async () => {
  const { app } = monitor;
  const printed: string[] = [];
  const sent: string[] = [];
  let wake = (): void => {};
  const until = async (what: () => boolean): Promise<void> => {
    while (!what()) await new Promise<void>((resolve) => (wake = resolve));
  };
  const print = (...words: unknown[]): void => {
    printed.push(words.map((word) => (typeof word === 'string' ? word : JSON.stringify(word))).join(' '));
    wake();
  };
  const opened: WebSocket[] = [];
  /** The WebSocket of a browser, with another address than the documentation has. */
  class Browser extends WebSocket {
    constructor(url: string) {
      super(url.replace(documented, app.wsUrl));
      opened.push(this);
      onTestFinished(() => this.terminate());
    }

    override send(text: string): void {
      super.send(text);
      sent.push(text);
      wake();
    }
  }
  const context = createContext({
    WebSocket: Browser,
    console: { log: print, warn: print, error: print },
    JSON,
  });
  runInContext(await sample('live.js.txt'), context);
  const has = (pattern: RegExp): boolean => printed.some((line) => pattern.test(line));
  await until(() => printed.length >= 3);
  expect(printed[0]).toBe('Connected to WebSocket');
  expect(printed[1]).toMatch(/^Client ID: client_[0-9a-f-]{36}$/);
  expect(printed[2]).toMatch(/^System Status: \{"total_providers":3,/);
  await until(() => sent.length > 0);
  expect(sent[0]).toBe('{"type":"pong"}');
  await reportUsage(app, 'Alpha', 810);
  await until(() => has(/^Rate limit alert: Alpha at 81%$/));
  monitor.answer('Beta', (response) => response.writeHead(500).end());
  await monitor.run('health_checks');
  await until(() => has(/^Provider Beta: online → offline$/));
  for (const socket of opened) socket.close();
  await until(() => has(/^Disconnected from WebSocket$/));
});

it.skipIf(python === null)('C3, C7: the documented Python client works unchanged', async () => {
  const program = (await sample('live.py.txt')).replace(documented, monitor.app.wsUrl);
  for await (const line of linesOf(program)) {
    expect(line).toMatch(/^Status: \{'total_providers': 3,/);
    break;
  }
  expect.assertions(1);
});
