import { spawn } from 'node:child_process';
import { childEnvironment } from '../../lib/child-environment.ts';
import { guarded } from '../../lib/guarded.ts';
import { Lines } from '../../lib/lines.ts';
import { waitAtMost } from '../../lib/wait-at-most.ts';
import type { Gpu } from './events.ts';
import { nvidiaSmiArguments, parseGpu, ReadingAssembler } from './nvidia-smi-output.ts';

export interface NvidiaSmiOptions {
  /** Found in the PATH when the process is started. */
  readonly command: string;
  readonly intervalMs: number;
  /** The process is stopped after this time without a complete reading. */
  readonly silenceMs: number;
  /** Called with each complete reading of all GPUs. */
  readonly onReading: (gpus: readonly Gpu[]) => void;
  /** Called once when the process ends or cannot be started, with the reason; not after `stop`. */
  readonly onEnd: (reason: string) => void;
}

export interface NvidiaSmiProcess {
  /** The first line since the last reading that does not describe a GPU, such as an error message. */
  complaint(): string | null;
  /** Whether the process may still exist. */
  isAlive(): boolean;
  /** Kills the process, and resolves when it has exited or `killMs` have passed. Never rejects. */
  stop(): Promise<void>;
}

const lineCharsMax = 64 * 1024;
/** Of the output per interval; far more than all GPUs that a machine can have. */
const outputCharsMax = 1024 * 1024;
const complaintCharsMax = 200;
/** A reading is complete if no further GPU follows for this time. */
const flushAfterMs = 250;
/** From the exit to the end of the output, which a child of the process can keep open. */
const outputEndMs = 250;
/** A process that waits in the driver cannot be killed. */
const killMs = 2_000;

/** Starts nvidia-smi, which prints all GPUs once per interval until it is stopped. */
export function startNvidiaSmi(options: NvidiaSmiOptions): NvidiaSmiProcess {
  const { command, intervalMs, silenceMs, onReading, onEnd } = options;
  const lines = { stdout: new Lines(lineCharsMax), stderr: new Lines(lineCharsMax) };
  const assembler = new ReadingAssembler();
  let complaint: string | null = null;
  let output = { chars: 0, since: performance.now() };
  let over = false;
  let alive = true;
  let flush: NodeJS.Timeout | undefined;
  let outputEnd: NodeJS.Timeout | undefined;

  const child = spawn(command, nvidiaSmiArguments(intervalMs), {
    env: childEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const silence = setTimeout(() => {
    end(`nvidia-smi reported no GPU for ${Math.round(silenceMs / 1_000)} s${because()}`);
  }, silenceMs);
  const kill = (): void => {
    child.kill('SIGKILL'); // it has no state to save
  };
  process.once('exit', kill);
  let resolveGone = (): void => {};
  const gone = new Promise<void>((resolve) => {
    resolveGone = resolve;
  });
  const onGone = (): void => {
    alive = false;
    process.removeListener('exit', kill);
    resolveGone();
  };
  const onError = ({ code }: NodeJS.ErrnoException): void => {
    if (child.pid !== undefined) return; // a signal could not be sent
    onGone();
    end(code === 'ENOENT' ? 'nvidia-smi was not found' : `nvidia-smi could not be started: ${code}`);
  };
  const onExit = (code: number | null, signal: NodeJS.Signals | null): void => {
    onGone();
    const ended = (): void =>
      end(
        signal === null
          ? `nvidia-smi exited with code ${code}${because()}`
          : `nvidia-smi was terminated by ${signal}`,
      );
    child.once('close', guarded(ended));
    outputEnd = setTimeout(ended, outputEndMs);
  };
  child.on('error', guarded(onError));
  child.once('exit', guarded(onExit));
  for (const name of ['stdout', 'stderr'] as const) {
    const onData = (chunk: string): void => {
      if (isTooMuch(chunk)) return end('nvidia-smi printed too much output');
      for (const line of lines[name].push(chunk)) take(line, name === 'stdout' ? parseGpu(line) : null);
    };
    child[name].setEncoding('utf8').on('data', guarded(onData));
  }

  function take(line: string, gpu: Gpu | null): void {
    if (over) return;
    if (gpu === null) {
      complaint ??= shortened(line);
      return;
    }
    report(assembler.add(gpu));
    clearTimeout(flush);
    flush = setTimeout(() => report(assembler.flush()), flushAfterMs);
  }

  function report(gpus: readonly Gpu[] | null): void {
    if (gpus === null) return;
    complaint = null;
    silence.refresh();
    onReading(gpus);
  }

  function isTooMuch(chunk: string): boolean {
    const now = performance.now();
    if (now - output.since > intervalMs) output = { chars: 0, since: now };
    output.chars += chunk.length;
    return output.chars > outputCharsMax;
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
    for (const timer of [silence, flush, outputEnd]) clearTimeout(timer);
    child.stdout.destroy();
    child.stderr.destroy();
    kill();
  }

  return {
    complaint: () => complaint,
    isAlive: () => alive,
    async stop() {
      if (!over) close();
      await waitAtMost(killMs, gone);
      if (alive) child.unref();
    },
  };
}

/** On one line, without control characters, for display; null if nothing remains. */
function shortened(line: string): string | null {
  const text = line.replace(/[\p{C}\s]+/gu, ' ').trim();
  return text === '' ? null : text.slice(0, complaintCharsMax);
}
