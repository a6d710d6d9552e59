import { AppError } from '../errors.ts';
import { approximateBytes } from '../lib/approximate-bytes.ts';
import type { Share } from '../lib/memory-budget.ts';

/** Limits of the group commit, checked when a request is enqueued. */
export interface CommitBounds {
  /** Maximum number of waiting drafts. Further requests are rejected with OVERLOADED. */
  readonly waitingMax: number;
  /** Maximum number of drafts in one transaction. */
  readonly batchMax: number;
  /** Maximum approximate size of the drafts in one transaction. Default: 8 MiB. */
  readonly batchBytesMax?: number;
}

const batchBytesMaxDefault = 8 * 1024 * 1024;
export const commitBoundsDefault: CommitBounds = { waitingMax: 50_000, batchMax: 2_000 };
/** Approximate size of a waiting transaction function. */
const functionBytes = 2_048;

/** The request of one caller. */
export interface WriteRequest<Work, Result> {
  /** Number of drafts. */
  readonly size: number;
  /** Approximate size in memory. */
  readonly bytes: number;
  /** What to store, or a function that returns it inside the transaction. */
  readonly work: Work;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Group commit: collects the requests that arrive during a commit and commits them together, so that a thousand
 * concurrent callers cost a few transactions. Batches are committed one after the other.
 */
export class WriteQueue<Work, Result> {
  readonly #commit: (batch: readonly WriteRequest<Work, Result>[]) => Promise<void>;
  readonly #bounds: CommitBounds;
  readonly #memory: Share;
  #requests: WriteRequest<Work, Result>[] = [];
  #waiting = 0;
  #commits: Promise<void> = Promise.resolve();
  #drainQueued = false;
  #closed = false;

  /** @param commit resolves or rejects every request of the batch, and never rejects itself. */
  constructor(
    commit: (batch: readonly WriteRequest<Work, Result>[]) => Promise<void>,
    { bounds, memory }: { readonly bounds: CommitBounds; readonly memory: Share },
  ) {
    this.#commit = commit;
    this.#bounds = bounds;
    this.#memory = memory;
  }

  /** Number of drafts and transaction functions that wait or are being stored. */
  get waiting(): number {
    return this.#waiting;
  }

  /** @throws AppError OVERLOADED, SHUTTING_DOWN, or what `commit` rejects the request with. */
  async enqueue(size: number, work: Work): Promise<Result> {
    if (this.#closed) throw new AppError('SHUTTING_DOWN', 'The server is stopping.', { retryable: true });
    if (this.#waiting + size > this.#bounds.waitingMax) throw overloaded(this.#bounds.waitingMax);
    const bytes = typeof work === 'function' ? functionBytes : approximateBytes(work);
    if (!this.#memory.acquire(bytes)) throw overloaded(`${this.#memory.bytesMax} bytes of`);
    this.#waiting += size;
    return new Promise((resolve, reject) => {
      this.#requests.push({ size, bytes, work, resolve, reject });
      if (this.#drainQueued) return;
      this.#drainQueued = true;
      this.#commits = this.#commits.then(() => this.#drain());
    });
  }

  /** Rejects further requests, and resolves when those that wait have been committed. */
  close(): Promise<void> {
    this.#closed = true;
    return this.#commits;
  }

  async #drain(): Promise<void> {
    this.#drainQueued = false;
    while (this.#requests.length > 0) {
      const batch = this.#nextBatch();
      await this.#commit(batch);
      this.#waiting -= batch.reduce((sum, request) => sum + request.size, 0);
      for (const { bytes } of batch) this.#memory.release(bytes);
    }
  }

  #nextBatch(): readonly WriteRequest<Work, Result>[] {
    const { batchMax, batchBytesMax = batchBytesMaxDefault } = this.#bounds;
    let size = 0;
    let bytes = 0;
    let count = 0;
    for (const request of this.#requests) {
      size += request.size;
      bytes += request.bytes;
      if (count > 0 && (size > batchMax || bytes > batchBytesMax)) break;
      count++;
    }
    return this.#requests.splice(0, count);
  }
}

function overloaded(limit: string | number): AppError {
  return new AppError('OVERLOADED', `More than ${limit} events are waiting to be stored.`, {
    retryable: true,
  });
}
