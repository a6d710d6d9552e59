import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describedDialects } from '../../../src/legacy/dialects.ts';
import { startTestApp, type TestApp } from '../../_util/app.ts';
import { chromiumPath, launchBrowser } from '../../_util/browser.ts';
import { prefixProxy, type PrefixProxy } from '../../_util/prefix-proxy.ts';

const dialects = describedDialects();
const endpoints = [
  ...dialects.flatMap(({ routes }) => routes.map(({ path }) => path)),
  '/publish',
  '/graphql',
];

describe.skipIf(chromiumPath === undefined)('the documentation pages in a browser without internet', () => {
  let app: TestApp;
  let below: PrefixProxy;
  let browser: Browser;

  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp({}, { keep: true }), launchBrowser()]);
    below = await prefixProxy(app.url);
  });

  afterAll(async () => {
    await browser.close();
    await below[Symbol.asyncDispose]();
    await app.stop();
  });

  /** Shows a page until it holds all of these, and says what went wrong meanwhile. */
  async function open(address: string, texts: readonly string[]): Promise<{ page: Page; wrong: string[] }> {
    const page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
    const wrong: string[] = [];
    const note = (text: string): void => void wrong.push(text);
    page.on('console', (message) => message.type() === 'error' && note(message.text()));
    page.on('pageerror', (error) => note(String(error)));
    page.on('request', (request) => {
      const { hostname, protocol } = new URL(request.url());
      if (/^(http|ws)s?:$/.test(protocol) && hostname !== '127.0.0.1') note(request.url());
    });
    await page.goto(address);
    await shows(page, texts);
    return { page, wrong };
  }

  async function shows(page: Page, texts: readonly string[]): Promise<void> {
    await page.waitForFunction(
      (wanted) => {
        const shown = (document.body.textContent ?? '').replaceAll('\u200B', '');
        return wanted.every((text) => shown.includes(text));
      },
      texts,
      { timeout: 50_000 },
    );
  }

  it('show every endpoint in Swagger UI, and send a request, below a path of a proxy', async () => {
    const { page, wrong } = await open(`${below.url}/docs`, endpoints);
    await page.locator('#operations-crypto-getHealth .opblock-summary-control').click();
    await page.locator('#operations-crypto-getHealth .try-out__btn').click();
    await page.locator('#operations-crypto-getHealth .execute').click();
    await page
      .locator('#operations-crypto-getHealth .live-responses-table')
      .getByText('healthy')
      .first()
      .waitFor();
    expect(wrong).toEqual([]);
    await page.close();
  });

  it('show every endpoint in ReDoc, below a path of a proxy, after a click those beyond the eighth of a system', async () => {
    const { page, wrong } = await open(
      `${below.url}/redoc`,
      dialects.map(({ title }) => title),
    );
    const more = page.getByTestId('show-more-operations');
    while ((await more.count()) > 0) await more.first().click();
    await shows(page, endpoints);
    await page.getByRole('link', { name: '/api/providers/{name}/stats' }).click();
    await shows(page, ['Statistics of the requests to a provider.']);
    expect(wrong).toEqual([]);
    await page.close();
  });

  it('show every feed in ReDoc', async () => {
    const paths = dialects.flatMap(({ feeds }) => feeds.map(({ path }) => path));
    const { page, wrong } = await open(`${app.url}/redoc/feeds/`, paths);
    expect(wrong).toEqual([]);
    await page.close();
  });
});
