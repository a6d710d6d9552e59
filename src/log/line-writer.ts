import { close, write, writeSync } from 'node:fs';
import type { DestinationStream } from 'pino';
import { waitAtMost } from '../lib/wait-at-most.ts';

const queueBytesMax = 16 * 1024 * 1024;
const flushTimeoutMs = 2000;
const retryMs = 50;
/** How long lines wait for others that are written with them. */
const gatherMs = 10;
const exitAttemptsMax = 40;

/**
 * Writes lines to a file descriptor in the background, one write at a time, and the rest synchronously when the process
 * exits. Lines are lost when the disk is full or the reader is gone, but neither ends or blocks the process. (Pino's own
 * destination waits forever at exit when the disk is full.)
 */
export class LineWriter implements DestinationStream {
  readonly #fd: number;
  #lines: string[] = [];
  #bytes = 0;
  #dropped = 0;
  #state: 'idle' | 'writing' | 'ended' = 'idle';
  #onIdle: (() => void)[] = [];
  readonly #atExit = (): void => this.#writeRest();

  constructor(fd: number) {
    this.#fd = fd;
    process.on('exit', this.#atExit);
  }

  write(line: string): void {
    if (this.#state === 'ended') return;
    const bytes = Buffer.byteLength(line);
    if (this.#bytes + bytes > queueBytesMax) {
      this.#dropped += 1;
      return;
    }
    this.#lines.push(line);
    this.#bytes += bytes;
    if (this.#state === 'idle') this.#gather();
  }

  /** Resolves once the lines taken so far are written, or after `flushTimeoutMs`. */
  async flush(): Promise<void> {
    if (this.#state !== 'writing') return;
    const idle = new Promise<void>((resolve) => void this.#onIdle.push(resolve));
    await waitAtMost(flushTimeoutMs, idle);
  }

  /** Writes what is queued and closes the file. */
  async end(): Promise<void> {
    if (this.#state === 'ended') return;
    await this.flush();
    this.#stop();
    await new Promise<void>((resolve) => close(this.#fd, () => resolve()));
  }

  /** Many clients that connect at the same time cost one write and not one per line. */
  #gather(): void {
    this.#state = 'writing';
    setTimeout(() => this.#writeAll(), gatherMs).unref();
  }

  #writeAll(): void {
    if (this.#state === 'ended') return;
    const lines = this.#lines.length;
    this.#writeChunk(Buffer.from(this.#take()), lines);
  }

  /** After a write: gathers the lines that were added meanwhile. */
  #continue(): void {
    if (this.#state === 'ended') return;
    if (this.#lines.length > 0) return this.#gather();
    this.#state = 'idle';
    for (const done of this.#onIdle.splice(0)) done();
  }

  #writeChunk(chunk: Buffer, lines: number): void {
    write(this.#fd, chunk, (error, written) => {
      if (this.#state === 'ended') return;
      if (error === null && written < chunk.length) this.#writeChunk(chunk.subarray(written), lines);
      else if (error === null) {
        if (this.#dropped > 0) this.#reportDropped();
        this.#continue();
      } else if (error.code === 'EAGAIN') setTimeout(() => this.#writeChunk(chunk, lines), retryMs);
      else if (error.code === 'EPIPE') this.#stop();
      else {
        this.#dropped += lines;
        setTimeout(() => this.#continue(), retryMs); // a full disk is retried with a pause
      }
    });
  }

  #take(): string {
    const text = this.#lines.join('');
    this.#lines = [];
    this.#bytes = 0;
    return text;
  }

  #reportDropped(): void {
    const fields = { level: 'WARNING', time: new Date().toISOString(), lines: this.#dropped };
    this.#dropped = 0;
    this.write(`${JSON.stringify({ ...fields, msg: 'log lines were dropped' })}\n`);
  }

  #stop(): void {
    this.#state = 'ended';
    this.#take();
    process.off('exit', this.#atExit);
    for (const done of this.#onIdle.splice(0)) done();
  }

  #writeRest(): void {
    let rest = Buffer.from(this.#take());
    for (let attempt = 0; rest.length > 0 && attempt < exitAttemptsMax; attempt += 1) {
      try {
        rest = rest.subarray(writeSync(this.#fd, rest));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, retryMs);
      }
    }
  }
}

let shared: LineWriter | undefined;

/** Shared by the whole process, so that the lines of two logs do not interleave. */
export function stdout(): LineWriter {
  shared ??= new LineWriter(1);
  return shared;
}
