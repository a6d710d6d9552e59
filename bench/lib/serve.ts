import { writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { cpuUs, sharedNow } from './clock.ts';
import { handleRequests, type Handlers } from './rpc.ts';

/** The functions of every server of the benchmark. */
export interface Server<Start> extends Handlers {
  readonly start: (options: Start) => Promise<{ readonly port: number }>;
  readonly port: (argument: null) => number;
  /** Produces events, `burst` at a time, and waits `everyMs` after each burst. */
  readonly emit: (options: Emission) => Promise<Emitted>;
  /** CPU time so far, in microseconds. */
  readonly cpu: (argument: null) => number;
  /** Memory after a garbage collection, in bytes. */
  readonly memory: (argument: null) => Memory;
  /** Starts a CPU profile. */
  readonly profile: (argument: null) => Promise<void>;
  /** Ends the CPU profile and writes it to a file. */
  readonly profiled: (file: string) => Promise<void>;
}

export interface Emission {
  readonly count: number;
  readonly everyMs: number;
  readonly burst?: number;
}

export interface Emitted {
  readonly from: number;
  readonly to: number;
  /** When each event was produced, on the shared clock. */
  readonly at: readonly number[];
  /** When the call that produced each event returned. */
  readonly acknowledgedAt: readonly number[];
}

export interface Memory {
  readonly rss: number;
  readonly heapUsed: number;
  readonly external: number;
}

/** Runs a server of the benchmark. @param options.produce produces the events `from` to `to`. */
export function serve(options: {
  readonly start: (options: never) => Promise<{ readonly port: number }>;
  readonly produce: (from: number, to: number) => unknown;
  readonly handlers?: Handlers;
}): void {
  let last = 0;
  let session: Session | null = null;
  let port = 0;
  const handlers: Server<never> = {
    async start(given) {
      const started = await options.start(given);
      ({ port } = started);
      return started;
    },
    port: () => port,
    async emit({ count, everyMs, burst = 1 }) {
      const from = last + 1;
      const at: number[] = [];
      const acknowledgedAt: number[] = [];
      for (let left = count; left > 0;) {
        const now = Math.min(burst, left);
        at.push(...Array.from({ length: now }, sharedNow));
        await options.produce(last + 1, last + now);
        acknowledgedAt.push(...Array.from({ length: now }, sharedNow));
        last += now;
        left -= now;
        await sleep(everyMs);
      }
      return { from, to: last, at, acknowledgedAt };
    },
    cpu: cpuUs,
    memory() {
      for (let times = 0; times < 3; times++) globalThis.gc?.();
      const { rss, heapUsed, external } = process.memoryUsage();
      return { rss, heapUsed, external };
    },
    async profile() {
      session = new Session();
      session.connect();
      await session.post('Profiler.enable');
      await session.post('Profiler.setSamplingInterval', { interval: 200 });
      await session.post('Profiler.start');
    },
    async profiled(file) {
      const profile = await session?.post('Profiler.stop');
      session?.disconnect();
      await writeFile(file, JSON.stringify(profile?.profile));
    },
    ...options.handlers,
  };
  handleRequests(handlers);
}
