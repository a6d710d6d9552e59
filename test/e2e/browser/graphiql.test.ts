import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { examples } from '../../../src/http/graphiql-examples.ts';
import { startTestApp, type TestApp } from '../../_util/app.ts';
import { chromiumPath, launchBrowser } from '../../_util/browser.ts';
import { prefixProxy } from '../../_util/prefix-proxy.ts';

let browser: Browser;

beforeAll(async () => {
  if (chromiumPath !== undefined) browser = await launchBrowser();
});

afterAll(() => browser?.close());

describe.skipIf(chromiumPath === undefined)('GraphiQL in a browser without internet', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp({}, { keep: true });
  });

  afterAll(() => app.stop());

  async function open(query: string, url = app.url): Promise<{ page: Page; foreign: string[] }> {
    const page = await browser.newPage();
    const foreign: string[] = [];
    page.on('request', (request) => {
      const { hostname, protocol } = new URL(request.url());
      if (/^(http|ws)s?:$/.test(protocol) && hostname !== '127.0.0.1') foreign.push(request.url());
    });
    await page.goto(`${url}/graphql?query=${encodeURIComponent(query)}`);
    await page.locator('.graphiql-execute-button').click({ timeout: 50_000 });
    return { page, foreign };
  }

  it('executes a query', async () => {
    const { page, foreign } = await open('{ viewer { subject } roles { id: roleId } }');
    const result = page.locator('.result-window');
    await result.getByText('anonymous').first().waitFor({ timeout: 50_000 });
    expect(await result.textContent()).toContain('developer');
    expect(foreign).toEqual([]);
    await page.close();
  });

  it('opens with examples in tabs, of which the first runs at the press of the button', async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(`${app.url}/graphql`);
    await page.locator('.graphiql-execute-button').click({ timeout: 50_000 });
    await page.locator('.result-window').getByText('memory').first().waitFor({ timeout: 50_000 });
    const tabs = await page.locator('.graphiql-tab-button').allTextContents();
    expect(tabs.map((text) => text.trim())).toEqual(
      examples.map(({ query }) => /^(?:query|mutation|subscription) (\w+)/m.exec(query)?.[1]),
    );
    if (process.env['SCREENSHOT_TABS'] !== undefined)
      await page.screenshot({ path: process.env['SCREENSHOT_TABS'] });
    await page.close();
  });

  it('shows the results of a subscription, also below a path of a proxy', async () => {
    await using below = await prefixProxy(app.url);
    const { page, foreign } = await open(
      'subscription { systemMetrics(everyMs: 200) { sampledAt cpu { usedPercent } } }',
      below.url,
    );
    const result = page.locator('.result-window');
    await result.getByText('sampledAt').first().waitFor({ timeout: 50_000 });
    const before = await result.textContent();
    await page.waitForFunction(
      (text) => document.querySelector('.result-window')?.textContent !== text,
      before,
    );
    if (process.env['SCREENSHOT'] !== undefined) await page.screenshot({ path: process.env['SCREENSHOT'] });
    expect(foreign).toEqual([]);
    await page.close();
  });
});

describe.skipIf(chromiumPath === undefined)('GraphiQL of a server that requires a credential', () => {
  let app: TestApp;

  beforeAll(async () => {
    const env = { AUTH_REQUIRED: 'true', AUTH_TOKENS: 'a-key-of-the-admin:ada:admin' };
    app = await startTestApp(env, { keep: true });
  });

  afterAll(() => app.stop());

  async function subscribe(page: Page, headers: string): Promise<void> {
    if (headers !== '') {
      await page
        .locator('.graphiql-editor-tool .graphiql-editor:not(.hidden) .monaco-editor')
        .first()
        .click();
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.press('Delete');
      await page.keyboard.insertText(headers);
    }
    await page.locator('.graphiql-execute-button').click({ timeout: 50_000 });
  }

  it('sends the headers of its editor with a subscription, and shows why one is rejected', async () => {
    const page = await browser.newPage();
    const query = 'subscription { systemMetrics(everyMs: 200) { sampledAt } }';
    await page.goto(`${app.url}/graphql?query=${encodeURIComponent(query)}`);
    await page.getByRole('button', { name: 'Headers' }).click({ timeout: 50_000 });
    for (const [headers, shown] of [
      ['', 'A credential is needed.'],
      ['{"authorization":"Bearer wrong"}', 'The credential is not valid.'],
      ['{"x-auth-token":"a-key-of-the-admin"}', 'A credential is not read from the header x-auth-token'],
      ['{"authorization":"Bearer a-key-of-the-admin"}', 'sampledAt'],
    ] as const) {
      await subscribe(page, headers);
      const result = page.locator('.result-window');
      await result.getByText(shown).first().waitFor({ timeout: 50_000 });
      expect(await result.textContent()).toContain(shown.split(' ')[0]);
    }
    await page.close();
  });
});
