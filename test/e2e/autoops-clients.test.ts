import { readFile } from 'node:fs/promises';
import { createContext, runInContext } from 'node:vm';
import { expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { startTestApp } from '../_util/app.ts';
import { linesOf, python } from '../_util/python.ts';
import { freePort, open, publish } from '../legacy/_old-client.ts';
import { connectionEstablished, intervene, liveUpdates, quiet } from '../legacy/autoops/_autoops.ts';

/** The clients from the documentation of the old system, unchanged. */

const documented = 'ws://localhost:8000';

function sample(name: string): Promise<string> {
  return readFile(new URL(`../legacy/autoops/${name}`, import.meta.url), 'utf8');
}

it('R20: the documented JavaScript client works unchanged', async () => {
  const app = await startTestApp(quiet);
  await publish(app, [{ kpi: { totalRevenue: 125000.5 } }]);
  const printed: unknown[][] = [];
  let wake = (): void => {};
  const until = async (what: () => boolean): Promise<void> => {
    while (!what()) await new Promise<void>((resolve) => (wake = resolve));
  };
  const shown: { updates: Record<string, never>[]; notifications: object[] } = {
    updates: [],
    notifications: [],
  };
  const note = (add: () => void): void => {
    add();
    wake();
  };
  /** The WebSocket of a browser, with another address than the documentation has. */
  class Browser extends WebSocket {
    constructor(url: string) {
      super(url.replace(documented, app.wsUrl));
      onTestFinished(() => this.terminate());
    }
  }
  runInContext(
    await sample('live-updates.js.txt'),
    createContext({
      WebSocket: Browser,
      console: {
        log: (...words: unknown[]) => note(() => printed.push(words)),
        error: (...words: unknown[]) => note(() => printed.push(words)),
      },
      updateDashboardMetrics: (data: Record<string, never>) => note(() => shown.updates.push(data)),
      showInterventionNotification: (data: object) => note(() => shown.notifications.push(data)),
    }),
  );
  await until(() => printed.length === 2);
  await intervene(app, { action: 'pause', reason: 'seen by an old client' });
  await until(() => shown.notifications.length > 0 && shown.updates.length > 0);
  expect(shown.notifications).toMatchObject([
    { agent_id: 'pricing_agent', action: 'pause', reason: 'seen by an old client' },
  ]);
  expect(shown.updates[0]).toMatchObject({ system_metrics: { total_revenue: 125000.5 } });
  await app.stop();
  await until(() => printed.length === 3);
  expect(printed).toEqual([
    ['Connected to live updates'],
    ['Connection established:', 'Connected to live updates stream'],
    ['WebSocket connection closed'],
  ]);
});

it.skipIf(python === null)('R20: the documented Python client works unchanged', async () => {
  const app = await startTestApp(quiet);
  const program = (await sample('live-updates.py.txt')).replace(documented, app.wsUrl);
  const printed = async (): Promise<string[]> => {
    const lines: string[] = [];
    for await (const line of linesOf(program)) {
      lines.push(line);
      if (line.startsWith('Revenue')) break;
    }
    return lines;
  };
  const received = ['Received: connection_established', 'Received: metrics_update'];
  expect(await printed()).toEqual([...received, 'Revenue: $0.00']); // nothing was reported yet
  await publish(app, [{ kpi: { totalRevenue: 125000.5 } }]);
  expect(await printed()).toEqual([...received, 'Revenue: $125,000.50']);
});

it('R25: a client that reconnects after a restart gets connection_established again', async () => {
  const port = String(await freePort());
  const before = await startTestApp({ ...quiet, PORT: port });
  const first = await open(before, liveUpdates);
  expect(await first.next()).toFit(connectionEstablished);
  await before.stop();
  expect((await first.closed).code).toBe(1001);
  const after = await startTestApp({ ...quiet, PORT: port });
  expect(await (await open(after, liveUpdates)).next()).toFit(connectionEstablished);
});
