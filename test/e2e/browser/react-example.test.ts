import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, it, onTestFinished } from 'vitest';
import { startTestApp } from '../../_util/app.ts';
import { chromiumPath, launchBrowser } from '../../_util/browser.ts';
import { areInstalled } from '../../readers/_installed.ts';

const root = new URL('../../..', import.meta.url).pathname;

it.skipIf(chromiumPath === undefined || !areInstalled('react', 'react-dom'))(
  'the React dashboard in examples/ shows metrics and a live list, also after the connection was lost',
  async () => {
    const app = await startTestApp();
    const { outputFiles } = await build({
      entryPoints: [join(root, 'examples/react-dashboard/main.jsx')],
      bundle: true,
      write: false,
      format: 'esm',
      target: 'es2023',
      jsx: 'automatic',
      define: { 'process.env.NODE_ENV': '"production"' },
      alias: { 'opsgraph/client': join(root, 'client/client.ts') },
      logLevel: 'error',
    });
    const browser = await launchBrowser();
    onTestFinished(() => browser.close());
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('pageerror', ({ message }) => complaints.push(message));
    const script = outputFiles[0]?.text ?? '';
    const url = `${app.url}/example`;
    await page.route(`${url}**`, (route) =>
      route.fulfill(
        route.request().url().endsWith('.js')
          ? { contentType: 'text/javascript', body: script }
          : {
              contentType: 'text/html',
              body: '<!doctype html><div id="root"></div><script type="module" src="/example.js"></script>',
            },
      ),
    );
    await publish(app.url, 'before');
    await page.goto(url);
    await page.getByRole('status').filter({ hasText: 'live' }).waitFor();
    await page.getByText(/CPU \d+ %, memory \d+ %/).waitFor();
    await page.getByText('ann: before').waitFor();
    await page.evaluate('Object.defineProperty(document, "hidden", { value: true, configurable: true })');
    await page.evaluate('document.dispatchEvent(new Event("visibilitychange"))');
    await page.getByRole('status').filter({ hasText: 'offline' }).waitFor();
    await publish(app.url, 'meanwhile');
    await page.evaluate('Object.defineProperty(document, "hidden", { value: false, configurable: true })');
    await page.evaluate('document.dispatchEvent(new Event("visibilitychange"))');
    await page.getByText('ann: meanwhile').waitFor();
    await page.getByRole('status').filter({ hasText: 'live' }).waitFor();
    expect(await page.getByRole('listitem').filter({ hasText: 'ann:' }).count()).toBe(2);
    expect(complaints).toEqual([]);
  },
);

async function publish(url: string, action: string): Promise<void> {
  const response = await fetch(`${url}/publish`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      events: [{ auditEvent: { eventType: 'tested', actorId: 'ann', action, status: 'success' } }],
    }),
  });
  expect(response.status).toBe(200);
}
