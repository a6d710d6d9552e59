import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { emptyFolder } from './process.ts';

/** Real exporters. Undefined where one is not installed, and then the tests with it are skipped and say so. */
const programs = {
  prometheus: found('prometheus'),
  'prometheus-node-exporter': found('prometheus-node-exporter') ?? found('node_exporter'),
};
export type Exporter = keyof typeof programs;

for (const [name, path] of Object.entries(programs))
  if (path === undefined) console.warn(`\nSKIPPED: ${name} is not installed; it is not scraped.\n`);

export function hasExporter(name: Exporter): boolean {
  return programs[name] !== undefined;
}

/** Starts it on a port of 127.0.0.1, and waits until it serves its metrics. It ends with the test. */
export async function startExporter(name: Exporter, port: number): Promise<{ kill(): Promise<void> }> {
  const cwd = await emptyFolder();
  const address = `--web.listen-address=127.0.0.1:${port}`;
  const args = name === 'prometheus' ? ['--config.file=/dev/null', `--storage.tsdb.path=${cwd}`] : [];
  const child: ChildProcess = spawn(programs[name] ?? '', [address, ...args], { cwd, stdio: 'ignore' });
  const exited = once(child, 'exit');
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exited;
  };
  onTestFinished(kill);
  const serves = (): Promise<boolean> =>
    fetch(`http://127.0.0.1:${port}/metrics`).then(
      async (response) => (await response.text()) !== '',
      () => false,
    );
  while (!(await serves())) {
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}`);
    await sleep(20);
  }
  return { kill };
}

function found(name: string): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((dir) => join(dir, name))
    .find((path) => existsSync(path));
}
