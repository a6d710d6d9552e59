import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Stage } from './child.ts';
import { temporaryFolder } from './folder.ts';

/** The product as users start it: a process of its own with default settings and the embedded PostgreSQL. */
export interface Program extends AsyncDisposable {
  readonly pid: number;
  /** Without a path. */
  readonly url: string;
}

/** Starts the program in a new folder, and resolves when it is ready. @param settings besides the defaults */
export async function startProgram(
  stage: Stage,
  settings: Readonly<Record<string, string>> = {},
): Promise<Program> {
  if (process.platform !== 'linux') throw new Error('this row reads /proc, which only Linux has');
  const folder = await temporaryFolder();
  const server = spawn(process.execPath, [await stage.program('src/cli/opsgraph.ts', 'ours'), 'start'], {
    cwd: folder.path,
    env: { PATH: process.env['PATH'], PORT: '0', DATA_DIR: folder.path, NODE_ENV: 'production', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  async function end(): Promise<void> {
    if (server.exitCode === null) {
      const exit = once(server, 'exit');
      server.kill('SIGTERM');
      await exit;
    }
    await folder[Symbol.asyncDispose]();
  }
  try {
    const url = await new Promise<string>((resolve, reject) => {
      let output = '';
      for (const stream of [server.stdout, server.stderr])
        stream.on('data', (text) => {
          output += String(text);
          const [, address] = /"http":"([^"]+)"[^\n]*"msg":"ready"/.exec(output) ?? [];
          if (address !== undefined) resolve(address);
        });
      server.once('exit', () => reject(new Error(`the server did not start: ${output}`)));
    });
    return { pid: server.pid ?? 0, url, [Symbol.asyncDispose]: end };
  } catch (error) {
    await end();
    throw error;
  }
}
