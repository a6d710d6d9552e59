import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdir, mkdtemp, rename, rm, rmdir } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { inject, onTestFinished, vi } from 'vitest';

/** The program as `npm start` builds it, in a directory where a new user would be, with its own embedded database. */

const root = new URL('../..', import.meta.url).pathname;
/** Of this run alone; where the packages of the project are found. Global teardown removes it. */
const programs = join(root, 'dist', basename(inject('folder')));
/** `buildProgram` sets it. */
let program = '';

export interface Running {
  readonly child: ChildProcess;
  readonly url: string;
  readonly wsUrl: string;
  readonly readyMs: number;
  readonly lines: Record<string, unknown>[];
  exit(): Promise<number | null>;
}

/** Bundles a program as `npm run build` does: what it imports lazily is a file of its own. */
async function bundle(entry: string, outdir: string): Promise<void> {
  await build({
    entryPoints: { program: join(root, entry) },
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    outdir,
    logLevel: 'error',
  });
}

/** The path of the program `opsgraph`, whose first argument is a command. */
export function opsgraph(): Promise<string> {
  return programOf('src/cli/opsgraph.ts');
}

/**
 * The path of a program, which the first file of a run that asks for it has bundled: Node starts it in half the time
 * that its sources take.
 *
 * @param entry below the project's folder
 */
export async function programOf(entry: string): Promise<string> {
  const outdir = join(programs, entry.replaceAll('/', '-').replace(/\.ts$/, ''));
  const lock = `${outdir}.lock`;
  await mkdir(programs, { recursive: true });
  await vi.waitUntil(
    async () => {
      if (await exists(outdir)) return true;
      if (!(await made(lock))) return false; // another file bundles it
      try {
        if (!(await exists(outdir))) {
          await bundle(entry, `${outdir}.new`);
          await rename(`${outdir}.new`, outdir);
        }
      } finally {
        await rmdir(lock);
      }
      return true;
    },
    { timeout: 30_000 },
  );
  return join(outdir, 'program.js');
}

/** For `beforeAll`. */
export async function buildProgram(): Promise<void> {
  program = await opsgraph();
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Whether it was this call that made the folder. */
function made(dir: string): Promise<boolean> {
  return mkdir(dir).then(
    () => true,
    () => false,
  );
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** In memory where that is possible, so that a database in it does not wait for a disk. */
export async function emptyFolder(): Promise<string> {
  const dir = await mkdtemp(join(inject('folder'), 'process-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

export function launch(cwd: string, env: Record<string, string>): ChildProcess {
  const child = spawn(process.execPath, [program, 'start'], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', OLLAMA_URL: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
  return child;
}

export async function start(cwd: string, env: Record<string, string> = {}): Promise<Running> {
  const began = performance.now();
  const child = launch(cwd, { PORT: '0', ...env });
  const lines: Record<string, unknown>[] = [];
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const url = await new Promise<string>((resolve, reject) => {
    let rest = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      const parts = (rest + chunk).split('\n');
      rest = parts.pop() ?? '';
      for (const part of parts) {
        const line = JSON.parse(part) as Record<string, unknown>;
        lines.push(line);
        if (line['msg'] === 'ready') resolve((line['addresses'] as { http: string }).http);
      }
    });
    void exited.then(([code]) => reject(new Error(`it ended with ${code}: ${JSON.stringify(lines.at(-1))}`)));
  });
  const readyMs = performance.now() - began;
  return {
    child,
    url,
    wsUrl: url.replace('http', 'ws'),
    readyMs,
    lines,
    exit: async () => (await exited)[0],
  };
}
