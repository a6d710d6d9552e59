import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { launchBrowser } from '../test/_util/browser.ts';

/**
 * Takes the screenshots of the documentation: starts a server with the demo, lets it run for some minutes, and shows the
 * page in Chromium in a light and in a dark theme.
 */

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '6' } } });
const root = join(import.meta.dirname, '..');
const images = join(root, 'docs/images');
const size = { width: 1440, height: 900 };

const dataDir = await mkdtemp(join(tmpdir(), 'opsgraph-screenshots-'));
const port = await freePort();
const url = `http://127.0.0.1:${port}`;
const programs: ChildProcess[] = [];
try {
  programs.push(
    start(['start'], { PORT: String(port), DATA_DIR: dataDir, OLLAMA_URL: '', LOG_LEVEL: 'ERROR' }),
  );
  await untilReady();
  programs.push(start(['demo', '--url', url]));
  console.log(`The demo runs for ${values.minutes} minutes.`);
  await sleep(Number(values.minutes) * 60_000);
  const browser = await launchBrowser();
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await browser.newPage({ viewport: size, colorScheme });
    await page.goto(`${url}/?range=live`);
    await page.locator('.uplot').first().waitFor();
    await sleep(3_000); // some live values
    await page.screenshot({ path: join(images, `dashboard-${colorScheme}.png`) });
    await page.close();
  }
  await browser.close();
} finally {
  for (const program of programs.reverse()) await stop(program);
  await rm(dataDir, { recursive: true, force: true });
}

function start(args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', join(root, 'src/cli/opsgraph.ts'), ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: 'ignore',
  });
}

async function stop(program: ChildProcess): Promise<void> {
  if (program.exitCode !== null) return;
  program.kill('SIGTERM');
  await once(program, 'exit');
}

async function untilReady(): Promise<void> {
  for (;;) {
    const response = await fetch(`${url}/readyz`).catch(() => null);
    if (response?.ok === true) return;
    await sleep(500);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: free } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return free;
}
