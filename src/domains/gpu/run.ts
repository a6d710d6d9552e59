import { spawn, type ChildProcess } from 'node:child_process';
import { childEnvironment } from '../../lib/child-environment.ts';
import { Lines } from '../../lib/lines.ts';
import type { Gpu } from './events.ts';
import { nvidiaSmiArguments, parseGpu, Rounds } from './nvidia-smi.ts';
import { guarded } from '../../lib/guarded.ts';

export interface RunOptions {
  /** Looked for through PATH, now. */
  readonly command: string;
  readonly intervalMs: number;
  /** How long it may go without a whole round before it is given up. */
  readonly silenceMs: number;
  readonly onRound: (gpus: readonly Gpu[]) => void;
  /** Called once, whatever ended it; not after `stop`. */
  readonly onEnd: (reason: string) => void;
}

export interface Run {
  /** The first line since the last round that was no GPU's: what it complains of. */
  complaint(): string | null;
  /** Whether the process may still exist. */
  alive(): boolean;
  /** Ends it and resolves when it is gone, or soon when it cannot be ended. Never rejects. */
  stop(): Promise<void>;
}

const LINE_CHARS_MAX = 64 * 1024;
/** Far more than it prints in an interval for all GPUs a machine can hold. */
const OUTPUT_CHARS_MAX = 1024 * 1024;
const COMPLAINT_CHARS_MAX = 200;
const QUIET_MS = 250;
/** From its exit to the end of its output, which something that it started may hold open. */
const OUTPUT_END_MS = 250;
/** A process that waits within the driver cannot be killed. */
const KILL_MS = 2000;

/** One life of nvidia-smi, which prints all GPUs once an interval until it is stopped. */
export function startRun({ command, intervalMs, silenceMs, onRound, onEnd }: RunOptions): Run {
  const lines = { stdout: new Lines(LINE_CHARS_MAX), stderr: new Lines(LINE_CHARS_MAX) };
  const rounds = new Rounds();
  let complaint: string | null = null;
  let printed = { chars: 0, since: performance.now() };
  let over = false;
  let alive = true;
  let quiet: NodeJS.Timeout | undefined;
  let outputEnd: NodeJS.Timeout | undefined;
  const silence = setTimeout(() => {
    end(`nvidia-smi has told of no GPU for ${Math.round(silenceMs / 1000)} s${because()}`);
  }, silenceMs);

  const child: ChildProcess = spawn(command, nvidiaSmiArguments(intervalMs), {
    env: childEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const kill = (): void => {
    child.kill('SIGKILL'); // it keeps nothing that it would have to put in order
  };
  process.once('exit', kill);
  const gone = new Promise<void>((resolve) => {
    const leave = (): void => {
      alive = false;
      process.removeListener('exit', kill);
      resolve();
    };
    const failed = (): void => {
      if (child.pid === undefined) leave();
    };
    child.once('exit', guarded(leave));
    child.once('error', guarded(failed));
  });
  const onError = (error: NodeJS.ErrnoException): void => {
    if (child.pid !== undefined) return; // a signal could not be sent
    end(
      error.code === 'ENOENT' ? 'nvidia-smi was not found' : `nvidia-smi could not be started: ${error.code}`,
    );
  };
  const onExit = (code: number | null, signal: NodeJS.Signals | null): void => {
    const ended = (): void => {
      end(
        signal === null
          ? `nvidia-smi exited with code ${code}${because()}`
          : `nvidia-smi was ended by ${signal}`,
      );
    };
    child.once('close', guarded(ended));
    outputEnd = setTimeout(ended, OUTPUT_END_MS);
  };
  child.on('error', guarded(onError));
  child.once('exit', guarded(onExit));
  for (const name of ['stdout', 'stderr'] as const) {
    const heard = (chunk: string): void => {
      if (isTooMuch(chunk)) return end('nvidia-smi prints without end');
      for (const line of lines[name].push(chunk)) take(line, name === 'stdout' ? parseGpu(line) : null);
    };
    child[name]?.setEncoding('utf8').on('data', guarded(heard));
  }

  function take(line: string, gpu: Gpu | null): void {
    if (over) return;
    if (gpu === null) {
      complaint ??= shortened(line);
      return;
    }
    const round = rounds.add(gpu);
    if (round !== null) tell(round);
    clearTimeout(quiet);
    quiet = setTimeout(() => {
      const rest = rounds.quiet();
      if (rest !== null) tell(rest);
    }, QUIET_MS);
  }

  function tell(gpus: readonly Gpu[]): void {
    complaint = null;
    silence.refresh();
    onRound(gpus);
  }

  function isTooMuch(chunk: string): boolean {
    const now = performance.now();
    if (now - printed.since > intervalMs) printed = { chars: 0, since: now };
    printed.chars += chunk.length;
    return printed.chars > OUTPUT_CHARS_MAX;
  }

  function because(): string {
    return complaint === null ? '' : `: ${complaint}`;
  }

  function end(reason: string): void {
    if (over) return;
    close();
    onEnd(reason);
  }

  function close(): void {
    over = true;
    for (const timer of [silence, quiet, outputEnd]) clearTimeout(timer);
    child.stdout?.destroy();
    child.stderr?.destroy();
    kill();
  }

  return {
    complaint: () => complaint,
    alive: () => alive,
    async stop() {
      if (!over) close();
      let timer: NodeJS.Timeout | undefined;
      const limit = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, KILL_MS);
      });
      await Promise.race([gone, limit]);
      clearTimeout(timer);
      if (alive) child.unref();
    },
  };
}

/** Fit to be shown in a page: null when nothing is left. */
function shortened(line: string): string | null {
  const text = line.replace(/[\p{C}\s]+/gu, ' ').trim();
  return text === '' ? null : text.slice(0, COMPLAINT_CHARS_MAX);
}
