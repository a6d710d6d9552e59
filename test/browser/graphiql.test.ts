import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { chromiumPath, launchBrowser } from '../_util/browser.ts';

describe.skipIf(chromiumPath === undefined)('GraphiQL in a browser without internet', () => {
  let app: TestApp;
  let browser: Browser;

  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp({}, { keep: true }), launchBrowser()]);
  });

  afterAll(async () => {
    await browser.close();
    await app.stop();
  });

  async function open(query: string): Promise<{ page: Page; foreign: string[] }> {
    const page = await browser.newPage();
    const foreign: string[] = [];
    page.on('request', (request) => {
      const { hostname, protocol } = new URL(request.url());
      if (/^(http|ws)s?:$/.test(protocol) && hostname !== '127.0.0.1') foreign.push(request.url());
    });
    await page.goto(`${app.url}/graphql?query=${encodeURIComponent(query)}`);
    await page.locator('.graphiql-execute-button').click({ timeout: 20_000 });
    return { page, foreign };
  }

  it('answers a query', async () => {
    const { page, foreign } = await open('{ viewer { subject } roles { id } }');
    const result = page.locator('.result-window');
    await result.getByText('anonymous').first().waitFor({ timeout: 15_000 });
    expect(await result.textContent()).toContain('developer');
    expect(foreign).toEqual([]);
    await page.close();
  });

  it('shows a subscription as it goes on', async () => {
    const { page, foreign } = await open(
      'subscription { systemMetrics(everyMs: 200) { sampledAt cpu { percent } } }',
    );
    const result = page.locator('.result-window');
    await result.getByText('sampledAt').first().waitFor({ timeout: 15_000 });
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
