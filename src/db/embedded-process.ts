import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { childEnvironment } from '../lib/child-environment.ts';

/** The account of a child process when this process is root, which PostgreSQL rejects. */
export interface Identity {
  readonly uid: number;
  readonly gid: number;
}

/** `nobody` on every Linux that the binaries support. Programs of others use it too. */
export const nobody: Identity = { uid: 65_534, gid: 65_534 };

export type Child = ChildProcessByStdio<null, Readable, Readable>;

/** Whether `setpriv` can end a child with its parent on this machine. */
export async function canEndWithParent(): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  const probe = spawn('setpriv', ['--pdeathsig', 'INT', 'true'], { env: environment(), stdio: 'ignore' });
  return once(probe, 'exit').then(
    ([code]) => code === 0,
    () => false,
  );
}

export interface StartOptions {
  readonly identity: Identity | undefined;
  /** Entered before privileges are dropped. */
  readonly cwd: string;
  /** Whether the child is started so that it ends with this process. */
  readonly endsWithParent: boolean;
}

/** Starts a PostgreSQL program. */
export function start(
  file: string,
  args: readonly string[],
  { identity, cwd, endsWithParent }: StartOptions,
): Child {
  // A session of its own: Ctrl-C in a terminal must reach this process only, or the database would stop first.
  const common = { cwd, env: environment(), detached: true } as const;
  if (!endsWithParent) {
    return spawn(file, args, { ...common, ...identity, stdio: ['ignore', 'pipe', 'pipe'] });
  }
  const drop = identity ? [`--reuid=${identity.uid}`, `--regid=${identity.gid}`, '--clear-groups'] : [];
  // SIGINT is PostgreSQL's fast shutdown: a clean stop even when this process was killed with -9.
  return spawn('setpriv', [...drop, '--pdeathsig', 'INT', '--', file, ...args], {
    ...common,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Whether the account can use `path`: traverse every folder above it, and read or execute it. */
export async function reachable(path: string, { uid, gid }: Identity): Promise<boolean> {
  for (let at = path; ; at = dirname(at)) {
    const { mode, uid: owner, gid: group } = await stat(at);
    const execute = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001;
    if ((mode & execute) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

/** Sends a signal; 0 sends none. False when there is no such process. */
export function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** With messages in English, which are parsed. */
function environment(): NodeJS.ProcessEnv {
  return childEnvironment({ LC_ALL: 'C' });
}
