import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../_util/app.ts';
import { chromiumPath, launchBrowser } from '../../_util/browser.ts';
import { tcpProxy } from '../../_util/tcp-proxy.ts';
import { publishMutation } from '../../_util/publish.ts';

let browser: Browser;
let app: TestApp;

beforeAll(async () => {
  if (chromiumPath === undefined) return;
  browser = await launchBrowser();
  app = await startTestApp({}, { keep: true });
});

afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

interface Received {
  readonly results: unknown[];
  readonly states: number[];
}

describe.skipIf(chromiumPath === undefined)('the EventSource of a browser', () => {
  let page: Page;
  beforeEach(async () => {
    page = await browser.newPage();
  });

  /** Opens an EventSource that the page never closes, and collects what it receives. */
  async function subscribe(url: string, query: string): Promise<void> {
    await page.goto(`${url}/livez`);
    await page.evaluate((document) => {
      const received: Received = { results: [], states: [] };
      const source = new EventSource(`/graphql?query=${encodeURIComponent(document)}`);
      source.addEventListener('next', ({ data }: MessageEvent<string>) =>
        received.results.push(JSON.parse(data)),
      );
      source.addEventListener('open', () => received.states.push(source.readyState));
      source.addEventListener('error', () => received.states.push(source.readyState));
      Object.assign(globalThis, { received });
    }, query);
  }

  async function received(isEnough: string): Promise<Received> {
    await page.waitForFunction(isEnough);
    return page.evaluate(() => (globalThis as unknown as { received: Received }).received);
  }

  async function report(...names: string[]): Promise<void> {
    const events = names.map((message) => ({ event: { type: 'shop.sold', message } }));
    const mutation = publishMutation();
    expect(await app.graphql(mutation, { events })).not.toHaveProperty('errors');
  }

  it('resumes by itself after an interruption, without missing or repeating an event', async () => {
    const proxy = await tcpProxy(Number(new URL(app.url).port));
    await subscribe(`http://127.0.0.1:${proxy.port}`, 'subscription { customEvents { message } }');
    await received('received.states.length === 1');
    proxy.cut();
    await report('one', 'two');
    proxy.heal();
    await received('received.results.length === 2');
    await report('three');
    await received('received.results.length === 3');
    proxy.cut();
    await report('four');
    proxy.heal();
    const { results } = await received('received.results.length === 4');
    expect(results).toEqual(
      ['one', 'two', 'three', 'four'].map((message) => ({ data: { customEvents: { message } } })),
    );
    await page.close();
  });

  it('receives the reason of an end, and stops', async () => {
    await subscribe(app.url, 'subscription { customEvents(after: "abc_1") { message } }');
    const closed = 2;
    const { results, states } = await received(`received.states.includes(${closed})`);
    expect(results).toMatchObject([{ errors: [{ extensions: { code: 'CURSOR_INVALID' } }] }]);
    expect(states).toEqual([1, 0, closed]); // open, reconnecting, closed by status 204
    await page.close();
  });
});
