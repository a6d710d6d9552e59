import cluster, { type Worker } from 'node:cluster';
import { createInterface } from 'node:readline';
import type { DestinationStream } from 'pino';
import { guarded } from '../lib/guarded.ts';
import { waitAtMost } from '../lib/wait-at-most.ts';
import type { Log } from '../log/log.ts';
import type { Addresses, ToPrimary, ToWorker } from './messages.ts';

/** A worker that has sent nothing for this time hangs, and is killed. Longer than any pause that its clients survive. */
const silentMaxMs = 60_000;
const checkEveryMs = 5_000;
/** News that a worker has not read. Further ones are dropped, and it reads the table instead. */
const unreadBytesMax = 4 * 1024 * 1024;

export interface WorkerProcessOptions {
  /** The environment of the process. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: Log;
  /** Takes the lines that the process logs. */
  readonly destination: DestinationStream;
  readonly receive: (from: WorkerProcess, message: ToPrimary) => void;
  /** A time limit for stopping; afterwards the process is killed. */
  readonly stopMs: number;
}

/** A worker ended before it could serve. What it wrote to its standard error says why. */
export class WorkerEnded extends Error {
  constructor(slot: number) {
    super(`worker ${slot} ended before it was ready`);
  }
}

/** A process that serves clients, as the primary sees it. */
export class WorkerProcess {
  readonly slot: number;
  /** Resolves once clients can be served. Rejects if the process ends before. */
  readonly ready: Promise<Addresses>;
  /** Resolves when the process has ended. */
  readonly exited: Promise<void>;
  readonly #worker: Worker;
  readonly #options: WorkerProcessOptions;
  readonly #watch: NodeJS.Timeout;
  #heardAt = performance.now();
  #unreadBytes = 0;
  #dropped = false;
  #stopping = false;
  /** Whether it receives messages. */
  #started = false;
  #ready = false;

  constructor(slot: number, options: WorkerProcessOptions) {
    const { env, log, destination, receive } = options;
    this.slot = slot;
    this.#options = options;
    this.#worker = cluster.fork(env);
    this.#forwardOutput(destination);
    let ready: (addresses: Addresses) => void = () => {};
    const failed = (error: unknown): void => log.error({ err: error, worker: slot }, 'a worker failed');
    this.#worker.on('error', guarded(failed));
    this.#worker.on(
      'message',
      guarded((message: ToPrimary) => {
        this.#heardAt = performance.now();
        if (message.kind === 'started') this.#started = true;
        if (message.kind === 'ready') {
          this.#ready = true;
          ready(message.addresses);
        }
        receive(this, message);
      }, failed),
    );
    this.exited = new Promise((resolve) => {
      this.#worker.once('exit', () => resolve());
    });
    this.ready = new Promise((resolve, reject) => {
      ready = resolve;
      void this.exited.then(() => reject(new WorkerEnded(slot)));
    });
    this.ready.catch(() => {}); // the pool may be stopping
    this.#watch = setInterval(() => this.#killIfSilent(), checkEveryMs).unref();
    void this.exited.then(() => clearInterval(this.#watch));
  }

  get pid(): number | undefined {
    return this.#worker.process.pid;
  }

  /** Whether it serves clients. */
  get isReady(): boolean {
    return this.#ready;
  }

  get isStopping(): boolean {
    return this.#stopping;
  }

  send(message: ToWorker): void {
    if (this.#started && this.#worker.isConnected()) this.#worker.send(message, undefined, () => {});
  }

  /** News that the worker does not read in time are dropped. It then reads the table, as for any lost news. */
  sendNews(channel: string, text: string): void {
    if (!this.#started || !this.#worker.isConnected()) return;
    if (this.#unreadBytes > unreadBytesMax) {
      this.#dropped = true;
      return;
    }
    const bytes = text.length;
    this.#unreadBytes += bytes;
    this.#worker.send({ kind: 'news', channel, text } satisfies ToWorker, undefined, () => {
      this.#unreadBytes -= bytes;
      if (this.#unreadBytes > 0 || !this.#dropped) return;
      this.#dropped = false;
      for (const proven of [false, true]) this.send({ kind: 'arrive', proven });
    });
  }

  /** @param replaced whether another worker takes over: then it accepts no more connections */
  async stop({ replaced }: { readonly replaced: boolean }): Promise<void> {
    this.#stopping = true;
    this.send({ kind: 'stop', replaced });
    if (this.#started) await waitAtMost(this.#options.stopMs, this.exited);
    this.#worker.process.kill('SIGKILL');
    await this.exited;
  }

  #killIfSilent(): void {
    if (performance.now() - this.#heardAt < silentMaxMs) return;
    this.#options.log.error({ worker: this.slot, pid: this.pid }, 'a worker hangs and is killed');
    this.#worker.process.kill('SIGKILL');
  }

  /** Line by line, as lines of several processes would mix in one pipe. */
  #forwardOutput(destination: DestinationStream): void {
    const { stdout, stderr } = this.#worker.process;
    if (stdout !== null)
      createInterface({ input: stdout }).on(
        'line',
        guarded((line: string) => destination.write(`${line}\n`)),
      );
    stderr?.on(
      'data',
      guarded((data: Buffer) => void process.stderr.write(data)),
    );
  }
}
