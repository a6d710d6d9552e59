import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { writeDashboard } from '../../../dashboard/build.ts';
import { startTestApp, type TestApp } from '../../_util/app.ts';
import { chromiumPath, launchBrowser } from '../../_util/browser.ts';
import { createTestDatabase, proxied } from '../../_util/database.ts';
import { buildProgram, emptyFolder, freePort, opsgraph, start } from '../../_util/process.ts';
import { prefixProxy } from '../../_util/prefix-proxy.ts';
import { tcpProxy } from '../../_util/tcp-proxy.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser: Browser;
let app: TestApp;
let context: BrowserContext;
/** What no page may do: log an error, throw, request another origin, or break its own policy. */
let complaints: string[] = [];

async function open(path: string, url = app.url): Promise<Page> {
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (/^(http|ws)s?:$/.test(protocol) && hostname !== '127.0.0.1') complaints.push(request.url());
  });
  await page.goto(url + path);
  return page;
}

/** The colors of states as the browser computes them. */
function fillsOf(page: Page, selector: string): Promise<string[]> {
  return page.evaluate(
    `[...document.querySelectorAll('${selector}')].map((element) => getComputedStyle(element).fill)`,
  );
}

function publish(...events: object[]): Promise<void> {
  return publishTo(app.url, ...events);
}

async function publishTo(url: string, ...events: object[]): Promise<void> {
  const response = await fetch(`${url}/publish`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ events }),
  });
  expect(response.status, await response.text()).toBe(200);
}

/** The server and its page, as `npm run build` does. */
async function buildPrograms(): Promise<void> {
  await buildProgram();
  await writeDashboard(join(dirname(await opsgraph()), 'dashboard'));
}

describe.skipIf(chromiumPath === undefined)('the live page', () => {
  beforeAll(async () => {
    [browser, app] = await Promise.all([launchBrowser(), startTestApp({}, { keep: true }), buildPrograms()]);
    context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  });

  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  afterEach(async () => {
    const found = complaints;
    complaints = [];
    for (const page of context.pages()) await page.close();
    if (found.length > 0) throw new Error(`the page complained: ${found.join('; ')}`);
  });

  it('is served to browsers, and API clients get JSON at the same address', async () => {
    const page = await fetch(`${app.url}/`, { headers: { accept: 'text/html,application/xhtml+xml' } });
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-security-policy')).not.toContain('unsafe');
    expect(page.headers.get('vary')).toContain('Accept');
    for (const accept of ['*/*', 'application/json', 'application/json, text/plain, */*']) {
      const json = await fetch(`${app.url}/`, { headers: { accept } });
      expect(json.headers.get('content-type'), accept).toContain('application/json');
    }
  });

  it('loads files that may be cached without a limit, with less than 150 kB in all', async () => {
    const html = await (await fetch(`${app.url}/`, { headers: { accept: 'text/html' } })).text();
    const names = [...html.matchAll(/(?:href|src)="(assets\/[^"]+)"/g)].map(([, name = '']) => name);
    expect(names).toHaveLength(2);
    let bytes = 0;
    for (const name of names) {
      const response = await fetch(`${app.url}/${name}`, { headers: { 'accept-encoding': 'gzip' } });
      expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(response.headers.get('content-encoding')).toBe('gzip');
      bytes += Number(response.headers.get('content-length'));
    }
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(150_000);
  });

  it('shows the values of the host that the API returns', async () => {
    const page = await open('/?view=hosts');
    const { data } = await app.graphql<{
      host: { hostname: string; os: string; memoryTotalBytes: number; coreCount: number };
    }>('{ host { hostname os memoryTotalBytes coreCount } }');
    const { hostname, os, memoryTotalBytes, coreCount } = data.host;
    const about = page.getByRole('region', { name: `About ${hostname}` });
    await about.getByText(os).waitFor();
    await about.getByText(`${coreCount} ×`).waitFor();
    await about
      .getByText(`${(memoryTotalBytes / 1_024 ** 3).toFixed(1)} GiB`)
      .first()
      .waitFor();
    await page.getByRole('rowheader', { name: hostname }).waitFor();
    const tile = page.locator('.tile', { hasText: 'CPU' }).locator('strong');
    await expect.poll(() => tile.textContent()).toMatch(/^\d+(\.\d)? %$/);
  });

  it('has the time range and a zoomed part of it in its address, also for another person', async () => {
    const page = await open('/?view=hosts&range=6h');
    expect(await page.getByRole('radio', { name: '6 h' }).isChecked()).toBe(true);
    const plot = page.locator('.u-over').first();
    await plot.waitFor();
    const box = await plot.boundingBox();
    const { x, y, width } = box ?? { x: 0, y: 0, width: 0 };
    await page.mouse.move(x + width * 0.5, y + 20);
    await page.mouse.down();
    await page.mouse.move(x + width * 0.75, y + 20, { steps: 5 });
    await page.mouse.up();
    await expect.poll(() => page.url()).toMatch(/from=.*&to=/);
    const { searchParams } = new URL(page.url());
    const hours =
      (Date.parse(searchParams.get('to') ?? '') - Date.parse(searchParams.get('from') ?? '')) / 3_600_000;
    expect(hours).toBeGreaterThan(1.2);
    expect(hours).toBeLessThan(1.8);
    const other = await open(new URL(page.url()).search);
    await other.getByRole('button', { name: 'show the present again' }).click();
    await expect.poll(() => other.url()).not.toContain('from=');
    expect(await other.getByRole('radio', { name: '6 h' }).isChecked()).toBe(true);
  });

  it('has the overview on one screen of 1280 × 800, without a part that is cut off', async () => {
    const page = await open('/');
    await page.locator('.uplot').first().waitFor();
    const found = await page.evaluate<string[]>(
      `[...document.querySelectorAll('html, .tile, .tile p, dl, .headline, .legend-entry')]
        .filter(({ scrollWidth, clientWidth, scrollHeight, clientHeight }) =>
          clientWidth > 0 && (scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 1))
        .map(({ tagName, className, innerText }) => tagName + ' ' + className + ': ' + innerText.slice(0, 60))`,
    );
    expect(found).toEqual([]);
  });

  it('follows events that are reported while it is open', async () => {
    const page = await open('/');
    await page.getByText('No agent has reported yet').waitFor();
    await publish(
      { agentStatus: { agentId: 'page_agent', status: 'ACTIVE', currentActivity: 'Counting' } },
      {
        trainingProgress: {
          runId: 'page-run',
          modelId: 'page-model',
          progressPercent: 40,
          stage: 'VALIDATION',
        },
      },
      { activity: { title: 'Page opened', user: 'ada', actionType: 'page_opened', status: 'completed' } },
      { auditEvent: { eventType: 'page', actorId: 'ci', action: 'rolled_out', status: 'success' } },
      {
        alert: {
          key: 'page-alert',
          alertType: 'page',
          severity: 'CRITICAL',
          title: 'Tills are down',
          message: 'All of them',
          source: 'shop',
        },
      },
    );
    for (const text of ['Counting', 'Page model', 'Page opened', 'rolled out', 'Tills are down'])
      await page.locator('main').getByText(text).first().waitFor();
    await page.getByRole('status').getByText('Tills are down').waitFor();
    await page.getByRole('button', { name: 'Ack: Tills are down' }).click();
    await page.getByText('No active alert').waitFor();
    const { data } = await app.graphql<{ alerts: { edges: { node: object }[] } }>(
      '{ alerts(first: 1, filter: { alertTypes: ["page"] }) { edges { node { status } } } }',
    );
    expect(data.alerts.edges[0]?.node).toEqual({ status: 'ACKNOWLEDGED' });
  });

  it('snoozes an alert for as long as a person chooses with the keyboard', async () => {
    await publish({
      alert: {
        key: 'page-noise',
        alertType: 'noise',
        severity: 'WARNING',
        title: 'Noise',
        message: 'Humming',
      },
    });
    const page = await open('/?view=alerts');
    await page.getByLabel('Snooze for: Noise').press('ArrowDown'); // after 1 h
    await page.getByRole('button', { name: 'Snooze: Noise' }).press('Enter');
    await page.getByText('Silenced until').waitFor();
    const { data } = await app.graphql<{
      alerts: { edges: { node: { status: string; silence: { endsAt: string } } }[] };
    }>(
      '{ alerts(first: 1, filter: { alertTypes: ["noise"] }) { edges { node { status silence { endsAt } } } } }',
    );
    const { status, silence } = data.alerts.edges[0]?.node ?? {};
    expect(status).toBe('SILENCED');
    const hours = (Date.parse(silence?.endsAt ?? '') - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(3.9);
    expect(hours).toBeLessThan(4.1);
  });

  it('shows in each view what the API returns', async () => {
    await publish(
      { agentStatus: { agentId: 'view_agent', status: 'PAUSED', name: 'View agent' } },
      { workflow: { workflowId: 'view-flow', status: 'IN_PROGRESS', stage: 'REVIEW', progressPercent: 62 } },
      { kpi: { totalRevenue: 1_250, totalProfit: 410, stockoutIncidentCount: 7 } },
      {
        modelDeployed: { modelId: 'view-model', modelName: 'View model', modelVersion: 'v7', accuracy: 0.93 },
      },
      { auditEvent: { eventType: 'view', actorId: 'eve', action: 'looked', status: 'success' } },
    );
    const { data } = await app.graphql<{
      databaseMetrics: {
        connection: { connectionsMax: number };
        storage: { tables: { tableName: string }[] };
      };
      jobs: { name: string; trigger: string }[];
    }>(
      '{ databaseMetrics { connection { connectionsMax } storage { tables { tableName } } } jobs { name trigger } }',
    );
    const { connection, storage } = data.databaseMetrics;
    const expected: Readonly<Record<string, readonly string[]>> = {
      database: [
        `at most ${connection.connectionsMax}`,
        ...storage.tables.slice(0, 3).map((table) => table.tableName),
      ],
      models: ['No model server is configured', 'View model', 'v7', '93.0 %'],
      agents: ['View agent', 'paused', '1,250', '410'],
      providers: ['No provider is configured'],
      work: ['view-flow', '62 %', ...data.jobs.flatMap(({ name, trigger }) => [name, trigger])],
      activity: ['eve', 'looked'],
      server: ['answers this page', '/graphql', 'databaseMetrics', 'every'],
    };
    const page = await open('/');
    const missing: string[] = [];
    for (const [view, texts] of Object.entries(expected)) {
      await page.locator('nav').locator(`a[href*="view=${view}"]`).click();
      for (const text of texts)
        await page
          .locator('main')
          .getByText(text)
          .first()
          .waitFor({ timeout: 10_000 })
          .catch(() => missing.push(`${view}: ${text}`));
    }
    expect(missing).toEqual([]);
  });

  it('draws the metrics that a person chooses, live, and the address has the choice', async () => {
    const first = await open('/?view=metrics');
    await first.getByText('No metric has a value of the last 24 hours.').waitFor();
    await first.close();
    const report = (value: number) =>
      publish(
        { metric: { name: 'page.queue', value, unit: 'messages', labels: { queue: 'mail' } } },
        { metric: { name: 'page.queue', value: value + 1, unit: 'messages', labels: { queue: 'sms' } } },
        { metric: { name: 'page.frost', value: -value } },
      );
    await report(17);
    const page = await open('/?view=metrics');
    const box = (series: string) => page.getByRole('checkbox', { name: series });
    await box('page.frost').check();
    await page.getByLabel('Search series').fill('QUEUE="');
    await box('page.queue{queue="mail"}').check();
    await box('page.queue{queue="sms"}').check();
    const chart = (on: Page, name: string) => on.getByRole('figure').filter({ hasText: name });
    await chart(page, 'page.queue').getByText('mail 17').waitFor();
    await report(30);
    for (const text of ['page.queue, messages', 'mail 30', 'sms 31'])
      await chart(page, 'page.queue').getByText(text).waitFor();
    await chart(page, 'page.frost').getByText('value -30').waitFor();

    const other = await open(new URL(page.url()).search);
    await chart(other, 'page.queue').getByText('sms 31').waitFor();
    await other.getByRole('button', { name: 'Clear charts' }).click();
    await expect.poll(() => other.url()).not.toContain('series=');
    expect(await other.getByRole('figure').count()).toBe(0);
  });

  it('draws counters as rates per second, from their history and live', async () => {
    const startMs = Date.now() - 30_000;
    const report = (seconds: number, value: number) =>
      publish({
        metric: {
          name: 'page.sold',
          kind: 'COUNTER',
          value,
          sampledAt: new Date(startMs + seconds * 1_000).toISOString(),
        },
      });
    await report(0, 100);
    await report(10, 140);
    const page = await open('/?view=metrics');
    await page.getByRole('listitem').filter({ hasText: 'page.sold' }).getByText('140 in all').waitFor();
    await page.getByRole('checkbox', { name: 'page.sold' }).check();
    const chart = page.getByRole('figure').filter({ hasText: 'page.sold' });
    const legend = chart.locator('figcaption');
    await expect.poll(() => legend.textContent()).toContain('rate 4/s');
    await report(20, 240);
    await expect.poll(() => legend.textContent()).toContain('rate 10/s');
  });

  it('marks annotations on the charts that they are about, live', async () => {
    await publish(
      { metric: { name: 'page.marked', value: 1 } },
      { metric: { name: 'page.plain', value: 1 } },
    );
    const page = await open('/?view=metrics');
    const moment = async (name: string): Promise<string | null> => {
      const figure = page.getByRole('figure').filter({ hasText: name });
      await figure.getByRole('img').press('ArrowRight');
      return figure.locator('.legend-time').textContent();
    };
    for (const name of ['page.marked', 'page.plain']) await page.getByRole('checkbox', { name }).check();
    const [from, to] = [-3_600_000, 3_600_000].map((ms) => new Date(Date.now() + ms).toISOString());
    const about = { metricName: 'page.marked', tags: ['deploy'] };
    await publish(
      { annotation: { key: 'page-note', text: 'Version 7', startsAt: from, endsAt: to, ...about } },
      { annotation: { text: 'Freeze', startsAt: from, endsAt: to } },
    );
    await expect.poll(() => moment('page.marked')).toMatch(/■ Version 7 \(deploy\)/);
    await expect.poll(() => moment('page.plain')).toMatch(/■ Freeze/);
    expect(await moment('page.plain')).not.toContain('Version 7');
    await app.graphql('mutation { deleteAnnotation(input: { annotationId: "page-note" }) { __typename } }');
    await expect.poll(() => moment('page.marked')).not.toContain('Version 7');
  });

  it('has no subscription while it is hidden, and resumes when it is shown', async () => {
    const page = await open('/');
    await page.locator('.uplot').first().waitFor();
    const groups = async (): Promise<number> => {
      const { data } = await app.graphql<{ subscriptions: { groups: object[] } }>(
        '{ subscriptions { groups { field } } }',
      );
      return data.subscriptions.groups.length;
    };
    await expect.poll(groups).toBeGreaterThan(5);
    const setHidden = (isHidden: boolean) =>
      page.evaluate(`Object.defineProperty(document, 'hidden', { configurable: true, get: () => ${isHidden} });
        document.dispatchEvent(new Event('visibilitychange'))`);
    await setHidden(true);
    await expect.poll(groups).toBe(0);
    await publish({
      activity: { title: 'Happened meanwhile', user: 'ada', actionType: 'meanwhile', status: 'completed' },
    });
    await setHidden(false);
    await page.getByText('Happened meanwhile').waitFor();
    expect(await page.getByText('Happened meanwhile').count()).toBe(1);
    await expect.poll(groups).toBeGreaterThan(5);
  });

  it('says in red that it has lost the server, never looks green then, and goes on when the server is back', async () => {
    const between = await tcpProxy(Number(new URL(app.url).port));
    const page = await open('/', `http://127.0.0.1:${between.port}`);
    const status = page.getByRole('status');
    const colors = () => fillsOf(page, '.state-ok');
    await page.locator('nav .state-ok').first().waitFor();
    const [green] = await colors();
    between.cut();
    await status.getByText('No connection to the server').waitFor();
    expect(await page.getByRole('banner').textContent()).toMatch(/since \d\d:\d\d:\d\d/);
    expect(await colors()).not.toContain(green);
    await publish({
      activity: { title: 'Happened while away', user: 'ada', actionType: 'away', status: 'completed' },
    });
    between.heal();
    await page.getByText('Happened while away').waitFor();
    await status.getByText('No connection to the server').waitFor({ state: 'detached' });
    expect(await page.getByText('Happened while away').count()).toBe(1);
    expect(await colors()).toContain(green);
    complaints = complaints.filter((text) => !/net::ERR_|WebSocket connection/.test(text)); // by Chromium
  });

  it('says in red that the database is down or the server was killed, is never green then, and misses no event', async () => {
    const folder = await emptyFolder();
    await using database = await createTestDatabase();
    const { proxy, connection } = await proxied(database.connection);
    const trusted = join(folder, 'trusted.json');
    await writeFile(trusted, JSON.stringify({ mine: '{ health { ready } }' }));
    const env = {
      DATABASE_URL: connection,
      DATA_DIR: folder,
      PORT: String(await freePort()),
      GRAPHQL_TRUSTED_DOCUMENTS: trusted, // the build of the page contains its documents
    };
    const server = await start(folder, env);
    const page = await open('/', server.url);
    const [status, banner] = [page.getByRole('status'), page.getByRole('banner')];
    const report = async (title: string): Promise<void> => {
      const event = { activity: { title, user: 'ada', actionType: 'fault', status: 'completed' } };
      await publishTo(server.url, event);
    };
    const untilShown = (title: string) => page.getByText(title).waitFor();
    await report('Before the outage');
    await untilShown('Before the outage');
    await page.evaluate('window.isTheSamePage = true');
    const [green] = await fillsOf(page, '.state-ok');

    proxy.cut();
    await status.getByText('Database does not respond').waitFor();
    expect(await banner.getAttribute('class')).toContain('strip-critical');
    expect(await banner.locator('.state-ok').count()).toBe(0);
    const panel = page.getByRole('region', { name: 'Database' });
    await panel.locator('.age-old').waitFor();
    const newcomer = await open('/?view=agents', server.url);
    await newcomer.getByRole('region', { name: 'Decisions' }).getByText('appear when it responds').waitFor();
    await newcomer.close();
    expect(await fillsOf(page, '[data-values=last-known] .state')).not.toContain(green);
    proxy.heal();
    await status.getByText('Database does not respond').waitFor({ state: 'detached' });
    await report('After the outage');
    await untilShown('After the outage');

    server.child.kill('SIGKILL');
    await status.getByText('No connection to the server').waitFor();
    expect(await banner.getAttribute('class')).toContain('strip-critical');
    expect(await fillsOf(page, '.state')).not.toContain(green);
    await server.exit();
    await start(folder, env);
    await report('While the page was away');
    await untilShown('While the page was away');
    await status.getByText('No connection to the server').waitFor({ state: 'detached' });
    for (const title of ['Before the outage', 'After the outage', 'While the page was away'])
      expect(await page.getByText(title).count(), title).toBe(1);
    expect(await page.evaluate('window.isTheSamePage')).toBe(true);
    complaints = complaints.filter((text) => !/net::ERR_|WebSocket connection|503/.test(text)); // by Chromium
  });

  it('lists the instances on the database, which one answers, and one that was killed as gone', async () => {
    await using database = await createTestDatabase();
    const env = { DATABASE_URL: database.connection, ENABLE_GPU_MONITORING: 'false' };
    const first = await start(await emptyFolder(), { ...env, HOST_ID: 'first-host' });
    const second = await start(await emptyFolder(), { ...env, HOST_ID: 'second-host' });
    const page = await open('/?view=server', second.url);
    const row = (hostId: string) => page.getByRole('row').filter({ hasText: hostId });
    for (const text of ['answers this page', 'ready', 'notifications', 'host/second-host'])
      await row('second-host').getByText(text).first().waitFor();
    await row('first-host').getByText('database').waitFor(); // its leases
    await page.getByRole('heading', { name: 'Instances: 2' }).waitFor();
    expect(await row('first-host').textContent()).not.toContain('answers');
    const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
    expect(await row('first-host').textContent()).toContain(version);

    first.child.kill('SIGKILL');
    await row('first-host').getByText('gone').waitFor();
    await row('second-host').getByText('database').waitFor(); // it has taken over
    await page.getByRole('heading', { name: 'Instances: 1' }).waitFor();
    await page.getByRole('banner').getByText('Instance first-host gone').waitFor();
    await start(await emptyFolder(), { ...env, HOST_ID: 'first-host' });
    await page.getByRole('banner').getByText('Instance first-host gone').waitFor({ state: 'detached' });
  });

  it('works below a path of a proxy', async () => {
    await using below = await prefixProxy(app.url);
    const page = await open('/?view=database', below.url);
    await page.getByText('Cache hits').first().waitFor();
    await page.getByText('healthy').first().waitFor();
    expect(await page.getByRole('status').textContent()).not.toContain('No connection');
    await page.close();
  });

  it('is operated with the keyboard', async () => {
    const page = await open('/');
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    await page.keyboard.press('3');
    await page.getByRole('heading', { name: 'Hosts', exact: true }).waitFor();
    await expect.poll(() => page.url()).toContain('?view=hosts');
    await page.keyboard.press(']');
    await expect.poll(() => page.url()).toContain('range=1h');
    await page.keyboard.press('?');
    const keys = page.getByRole('dialog', { name: 'Keys' });
    await keys.waitFor();
    await page.keyboard.press('Escape');
    await keys.waitFor({ state: 'hidden' });
    await page.keyboard.press('w');
    await page.locator('.wall').waitFor();
  });

  it.each(['light', 'dark'] as const)('passes the audits of axe in %s', async (colorScheme) => {
    const page = await open('/');
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // The themes differ in nothing but their colors.
    const rules = colorScheme === 'dark' ? { runOnly: ['color-contrast'] } : {};
    const found: string[] = [];
    // One that waits for a report, and one with a chart.
    await publish({ metric: { name: 'page.audited', value: 1 } });
    for (const key of '1234567890m'.split('')) {
      await page.keyboard.press(key);
      if (key === 'm') await page.getByRole('checkbox', { name: 'page.audited' }).check();
      await page.locator('main .panel').first().waitFor();
      const violations = (await page.evaluate(
        `${axe}; axe.run(document, ${JSON.stringify({ resultTypes: ['violations'], ...rules })}).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html.slice(0, 120)).join(' | ')))`,
      )) as string[];
      found.push(...violations.map((text) => `${key}: ${text}`));
    }
    expect(found).toEqual([]);
  });
});

describe.skipIf(chromiumPath === undefined)('the live page of a server that requires a credential', () => {
  let dir: string;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'opsgraph-page-'));
    const providers = join(dir, 'providers.yaml');
    const entry = 'name: Unreachable, category: exchange, endpoint_url: "http://127.0.0.1:1/"';
    await writeFile(
      providers,
      `providers:\n  - { ${entry}, rate_limit_type: per_minute, rate_limit_value: 10 }\n`,
    );
    const trusted = join(dir, 'trusted.json');
    await writeFile(trusted, JSON.stringify({ mine: '{ health { ready } }' }));
    const env = {
      GRAPHQL_TRUSTED_DOCUMENTS: trusted,
      AUTH_REQUIRED: 'true',
      AUTH_TOKENS: 'a-key-of-the-admin:ada:admin,a-key-of-a-user:bob:user',
      FEATURE_DATABASE_MONITORING: 'false',
      FEATURE_SYSTEM_MONITORING: 'false',
      PROVIDERS_FILE: providers,
    };
    [browser, app] = await Promise.all([launchBrowser(), startTestApp(env, { keep: true })]);
    context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  });

  afterAll(async () => {
    await browser?.close();
    await app?.stop();
    await rm(dir, { recursive: true, force: true });
  });

  async function logIn(key: string): Promise<Page> {
    await context.clearCookies();
    const page = await open('/?view=database');
    const field = page.getByLabel('Credential');
    await field.fill('wrong');
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('alert').getByText('The credential is not valid.').waitFor();
    await field.fill(key);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'log out' }).waitFor();
    return page;
  }

  it('has nothing that scrolls sideways on a phone but the list of views', async () => {
    const page = await logIn('a-key-of-the-admin');
    const wide: string[] = [];
    for (const key of '1234567890m'.split('')) {
      await page.keyboard.press(key);
      await page.locator('main .panel .age').first().waitFor();
      if ('3780'.includes(key)) await page.getByRole('table').first().waitFor();
      const found = await page.evaluate<string[]>(
        `[document.documentElement, ...document.querySelectorAll('main, main .scroll, main table')]
          .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1)
          .map(({ tagName, innerText }) => tagName + ' ' + innerText.slice(0, 60))`,
      );
      wide.push(...found.map((text) => `${key}: ${text}`));
    }
    expect(wide).toEqual([]);
    const row = page.getByRole('row', { name: 'Unreachable' });
    await page.keyboard.press('7');
    await row.waitFor();
    // The list of views is scrolled to the one that is shown.
    const link = (await page.locator('nav').getByRole('link', { name: 'Providers' }).boundingBox()) ?? {
      x: -1,
      width: 0,
    };
    expect(link.x).toBeGreaterThanOrEqual(0);
    expect(link.x + link.width).toBeLessThanOrEqual(390);
    expect(await row.getByRole('cell').count()).toBe(7);
  });

  it('executes the documents of the page, which the operator did not list, and no others', async () => {
    const headers = { authorization: 'Bearer a-key-of-the-admin' };
    const page = await logIn('a-key-of-the-admin');
    const rejected: string[] = [];
    for (const key of '1234567890m'.split('')) {
      await page.keyboard.press(key);
      await page.locator('main .panel .age:not(:text("–"))').first().waitFor();
      rejected.push(...(await page.getByText('only trusted documents').allTextContents()));
    }
    expect(rejected).toEqual([]);
    expect((await app.graphql('{ health { ready } }', {}, headers)).errors).toBeUndefined();
    const { errors } = await app.graphql('{ health { status } }', {}, headers);
    expect(errors?.[0]?.message).toContain('executes only trusted documents');
  });

  it('asks for it, says why one is rejected, and shows what is switched off', async () => {
    const page = await logIn('a-key-of-the-admin');
    await page.getByText('FEATURE_DATABASE_MONITORING=false').first().waitFor();
    await page.keyboard.press('1');
    await page.getByText('FEATURE_SYSTEM_MONITORING=false').first().waitFor();
    expect(await page.evaluate('document.cookie')).toBe('');
    await page.locator('nav').getByRole('link', { name: 'Providers' }).click();
    await page.getByRole('row', { name: 'Unreachable' }).getByText('of 10 per minute').waitFor();
    await page.getByRole('button', { name: 'log out' }).click();
    await page.getByLabel('Credential').waitFor();
  });

  it('disables what the viewer may not do, and says why', async () => {
    const page = await logIn('a-key-of-a-user');
    await page.getByRole('link', { name: 'Workflows & jobs' }).click();
    const button = page.getByRole('button', { name: 'Run' }).first();
    expect(await button.isDisabled()).toBe(true);
    expect(await button.getAttribute('title')).toBe('Requires the capability execute');
  });
});
