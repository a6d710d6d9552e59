import { setTimeout as sleep } from 'node:timers/promises';
import type { Addresses, EmbeddedConnection, ToPrimary } from './messages.ts';
import { CountsOfWorkers } from './shared-counts.ts';
import { WorkerProcess, type WorkerProcessOptions } from './worker-process.ts';

const restartMinMs = 250;
const restartMaxMs = 30_000;
/** A worker that has run for this time is not in a series of failures. */
const stableMs = 60_000;
/** How long the parts of a question are awaited; a worker that hangs is left out. */
const partsMs = 1_500;

export interface WorkerPoolOptions extends Omit<WorkerProcessOptions, 'receive'> {
  readonly count: number;
  readonly embedded: EmbeddedConnection | null;
  /** Whether news are proven to arrive at the primary. */
  readonly proven: () => boolean;
}

interface Question {
  readonly asker: WorkerProcess;
  readonly askerId: number;
  readonly waitsFor: Set<WorkerProcess>;
  readonly parts: unknown[];
  readonly timer: NodeJS.Timeout;
}

/**
 * The worker processes. One that ends by itself is started again, after a time that doubles with each failure, and
 * `replaceAll` replaces them one by one. Between them it passes on news, counts and questions.
 */
export class WorkerPool {
  readonly #options: WorkerPoolOptions;
  readonly #workers = new Set<WorkerProcess>();
  readonly #counts = new CountsOfWorkers<WorkerProcess>((worker, changes) =>
    worker.send({ kind: 'counts', changes }),
  );
  readonly #questions = new Map<number, Question>();
  readonly #stopping = new AbortController();
  /** Per slot: how often a worker was put into it. A worker that another one replaces is not started again. */
  readonly #generations = new Map<number, number>();
  #replacing: Promise<boolean> = Promise.resolve(true);
  #lastQuestion = 0;

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
  }

  /** The first worker starts alone, so that what prevents a start is reported once. */
  async start(): Promise<Addresses> {
    const addresses = await (await this.#keep(0)).ready;
    await Promise.all(Array.from({ length: this.#options.count - 1 }, (_, index) => this.#keep(index + 1)));
    return addresses;
  }

  news(channel: string, text: string): void {
    for (const worker of this.#workers) worker.sendNews(channel, text);
  }

  arrive(proven: boolean): void {
    for (const worker of this.#workers) worker.send({ kind: 'arrive', proven });
  }

  /**
   * Replaces the workers one by one: each by a process of the present program and configuration, once that can serve.
   * @returns false if a new one could not start; the old ones that were not replaced go on.
   */
  replaceAll(): Promise<boolean> {
    this.#replacing = this.#replacing.then(() => this.#replaceEach());
    return this.#replacing;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all([...this.#workers].map((worker) => worker.stop({ replaced: false })));
    for (const { timer } of this.#questions.values()) clearTimeout(timer);
    this.#counts[Symbol.dispose]();
  }

  async #replaceEach(): Promise<boolean> {
    for (let slot = 0; slot < this.#options.count; slot++) {
      if (this.#stopping.signal.aborted) return false;
      let replacement: WorkerProcess;
      try {
        replacement = await this.#keep(slot);
      } catch {
        return false;
      }
      const old = [...this.#workers].filter((worker) => worker.slot === slot && worker !== replacement);
      await Promise.all(old.map((worker) => worker.stop({ replaced: true })));
    }
    return true;
  }

  /** Starts a worker, and another one whenever it ends by itself. Rejects if the first one cannot start. */
  async #keep(slot: number): Promise<WorkerProcess> {
    const first = this.#fork(slot);
    await first.ready;
    void this.#keepFrom(first);
    return first;
  }

  async #keepFrom(first: WorkerProcess): Promise<void> {
    const { log } = this.#options;
    const { signal } = this.#stopping;
    const generation = (this.#generations.get(first.slot) ?? 0) + 1;
    this.#generations.set(first.slot, generation);
    let failures = 0;
    for (let worker = first; ; worker = this.#fork(first.slot)) {
      const startedAt = performance.now();
      await worker.exited;
      if (worker.isStopping || signal.aborted) return;
      failures = performance.now() - startedAt > stableMs ? 0 : failures + 1;
      const waitMs = Math.min(restartMaxMs, restartMinMs * 2 ** Math.max(0, failures - 1));
      log.error({ worker: worker.slot, pid: worker.pid, waitMs }, 'a worker ended; it is started again');
      await sleep(waitMs, undefined, { signal }).catch(() => {});
      if (signal.aborted || this.#generations.get(first.slot) !== generation) return;
    }
  }

  #fork(slot: number): WorkerProcess {
    const worker = new WorkerProcess(slot, {
      ...this.#options,
      receive: (from, message) => this.#receive(from, message),
    });
    this.#workers.add(worker);
    void worker.exited.then(() => {
      this.#workers.delete(worker);
      this.#counts.remove(worker);
      for (const [id, question] of this.#questions) {
        question.waitsFor.delete(worker);
        this.#answerIfComplete(id);
      }
    });
    return worker;
  }

  #receive(from: WorkerProcess, message: ToPrimary): void {
    if (message.kind === 'started') {
      const { embedded, proven } = this.#options;
      from.send({ kind: 'start', slot: from.slot, embedded });
      from.send({ kind: 'arrive', proven: proven() });
      this.#counts.add(from);
    } else if (message.kind === 'counts') this.#counts.receive(from, message.changes);
    else if (message.kind === 'gather') this.#ask(from, message);
    else if (message.kind === 'part') {
      const question = this.#questions.get(message.id);
      if (question?.waitsFor.delete(from) !== true) return;
      question.parts.push(message.part);
      this.#answerIfComplete(message.id);
    }
  }

  #ask(asker: WorkerProcess, { id: askerId, what }: { readonly id: number; readonly what: string }): void {
    const id = ++this.#lastQuestion;
    const waitsFor = new Set([...this.#workers].filter((worker) => worker !== asker && worker.isReady));
    const timer = setTimeout(() => this.#answer(id), partsMs).unref();
    this.#questions.set(id, { asker, askerId, waitsFor, parts: [], timer });
    for (const worker of waitsFor) worker.send({ kind: 'ask', id, what });
    this.#answerIfComplete(id);
  }

  #answerIfComplete(id: number): void {
    if (this.#questions.get(id)?.waitsFor.size === 0) this.#answer(id);
  }

  #answer(id: number): void {
    const question = this.#questions.get(id);
    if (question === undefined) return;
    const { asker, askerId, parts, timer } = question;
    clearTimeout(timer);
    this.#questions.delete(id);
    asker.send({ kind: 'gathered', id: askerId, parts });
  }
}
