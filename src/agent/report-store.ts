import {
  closeSync,
  fdatasyncSync,
  ftruncateSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { FileLocked, lockFile, type FileLock } from '../lib/file-lock.ts';
import { makeDirectory } from '../lib/make-directory.ts';
import type { Log } from '../log/log.ts';

/**
 * Keeps the waiting reports of an agent in files, so that a restarted agent sends them. Files are only appended to, and
 * deleted when none of their reports waits any more; a report that was sent may therefore be read again, and be sent
 * again, which changes nothing on the server. Each line has a checksum: a line that was cut by a crash is skipped.
 *
 * A written report survives the end of the process in any way. What the operating system has not written to the disk
 * when the machine loses power is lost: at most `syncEveryMs`, because the file is synchronized that often while
 * reports wait.
 *
 * No method throws after `open`. While nothing can be written, the reports are in memory only, which is logged once.
 */

/** A file of reports. */
export interface Segment {
  readonly path: string;
  /** Reports of the file that wait. */
  waiting: number;
  bytes: number;
}

/** A report that an earlier process has left. */
export interface StoredReport {
  readonly text: string;
  /** Unix milliseconds. */
  readonly at: number;
  readonly segment: Segment;
}

export interface ReportStoreOptions {
  /** Created if it does not exist. */
  readonly directory: string;
  readonly log: Log;
  /** Limit on the reports that wait. Files that cannot be among them are deleted by `open`, the oldest first. */
  readonly bytesMax: number;
  /** A file is closed when it is larger. Default: 256 KiB, so few sent reports are sent again. */
  readonly segmentBytes?: number;
}

const segmentBytesDefault = 256 * 1024;
const syncEveryMs = 10_000;
const retryEveryMs = 60_000;
const namePattern = /^(\d{12})\.log$/;
const linePattern = /^([\da-f]{8}) (\d{1,16}) (.*)$/s;

export class ReportStore implements AsyncDisposable {
  readonly #options: ReportStoreOptions;
  readonly #lock: FileLock;
  #number: number;
  /** The file that is appended to. */
  #active: (Segment & { readonly fd: number }) | null = null;
  #waiting = 0;
  #syncedAt = performance.now();
  /** When the last attempt to write failed. Null: it succeeded. */
  #failedAt: number | null = null;

  private constructor(options: ReportStoreOptions, lock: FileLock, number: number) {
    this.#options = options;
    this.#lock = lock;
    this.#number = number;
  }

  /**
   * Opens the directory.
   * @returns also the reports in it, oldest first, and the number of lines and files that were damaged or had no room.
   * @throws Error if nothing can be written to the directory, FileLocked if another agent uses it.
   */
  static async open(
    options: ReportStoreOptions,
  ): Promise<{ store: ReportStore; reports: readonly StoredReport[]; lost: number }> {
    const { directory } = options;
    makeDirectory(directory, 0o700);
    const lock = await lockFile(join(directory, 'lock'));
    try {
      const numbers = readdirSync(directory)
        .flatMap((name) => namePattern.exec(name)?.[1] ?? [])
        .map(Number)
        .toSorted((a, b) => a - b);
      const store = new ReportStore(options, lock, (numbers.at(-1) ?? 0) + 1);
      const found = store.#read(numbers);
      store.#open();
      return { store, ...found };
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  /** Writes a report. @returns its file; null: it is in memory only. */
  append(text: string, at: number): Segment | null {
    const now = performance.now();
    if (this.#failedAt !== null && now - this.#failedAt < retryEveryMs) return null;
    try {
      const { segmentBytes = segmentBytesDefault } = this.#options;
      if (this.#active !== null && this.#active.bytes >= segmentBytes) this.#close(this.#active);
      const segment = this.#active ?? this.#open();
      const line = Buffer.from(`${checksum(at, text)} ${at} ${text}\n`);
      const written = writeSync(segment.fd, line);
      if (written < line.length) throw new Error('the disk is full');
      segment.bytes += line.length;
      segment.waiting++;
      this.#waiting++;
      if (this.#waiting > 1 && now - this.#syncedAt >= syncEveryMs) {
        fdatasyncSync(segment.fd);
        this.#syncedAt = now;
      }
      if (this.#failedAt !== null)
        this.#options.log.info({ directory: this.#options.directory }, 'samples are written to disk again');
      this.#failedAt = null;
      return segment;
    } catch (error) {
      this.#failed(error);
      return null;
    }
  }

  /** A report of the file does not wait any more. */
  removed(segment: Segment): void {
    this.#waiting--;
    if (--segment.waiting > 0) return;
    try {
      if (segment === this.#active) {
        ftruncateSync(this.#active.fd, 0);
        segment.bytes = 0;
      } else unlinkSync(segment.path);
    } catch {
      // the reports are sent again after a restart
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#active !== null) {
      const { waiting, path } = this.#active;
      this.#close(this.#active);
      if (waiting === 0) remove(path);
    }
    await this.#lock.release();
  }

  #open(): Segment & { readonly fd: number } {
    const path = this.#pathOf(this.#number++);
    this.#active = { path, fd: openSync(path, 'ax', 0o600), waiting: 0, bytes: 0 };
    return this.#active;
  }

  #close({ fd }: { readonly fd: number }): void {
    this.#active = null;
    try {
      fdatasyncSync(fd);
      closeSync(fd);
    } catch {
      // the reports are in memory, too
    }
  }

  /** Nothing is appended to the file any more: it may end with a part of a line. */
  #failed(error: unknown): void {
    const { log, directory } = this.#options;
    if (this.#failedAt === null)
      log.warn({ directory, err: error }, 'samples cannot be written to disk; they are kept in memory only');
    this.#failedAt = performance.now();
    if (this.#active === null) return;
    const { fd, waiting, path } = this.#active;
    this.#active = null;
    try {
      closeSync(fd);
    } catch {
      // its reports are in memory, too
    }
    if (waiting === 0) remove(path);
  }

  #pathOf(number: number): string {
    return join(this.#options.directory, `${String(number).padStart(12, '0')}.log`);
  }

  /** Reads the files, newest first, as long as there is room for them. */
  #read(numbers: readonly number[]): { reports: readonly StoredReport[]; lost: number } {
    const segments: StoredReport[][] = [];
    const { bytesMax, segmentBytes = segmentBytesDefault } = this.#options;
    let left = bytesMax;
    let lost = 0;
    for (const number of numbers.toReversed()) {
      const path = this.#pathOf(number);
      const { size } = statSync(path);
      if (left <= 0 || size > 2 * (bytesMax + segmentBytes)) {
        lost++;
        remove(path);
        continue;
      }
      const segment: Segment = { path, waiting: 0, bytes: size };
      const { reports, damaged } = parse(readFileSync(path, 'utf8'));
      lost += damaged;
      segment.waiting = reports.length;
      for (const { text } of reports) left -= Buffer.byteLength(text);
      if (reports.length === 0) remove(path);
      else segments.push(reports.map((report) => ({ ...report, segment })));
    }
    const reports = segments.toReversed().flat();
    this.#waiting = reports.length;
    return { reports, lost };
  }
}

/** Why a store could not be opened, for the log. */
export function storeProblem(error: unknown): string {
  if (error instanceof FileLocked)
    return `another agent uses it${error.pid === '' ? '' : ` (process ${error.pid})`}`;
  return error instanceof Error ? error.message : String(error);
}

function checksum(at: number, text: string): string {
  return crc32(`${at} ${text}`).toString(16).padStart(8, '0');
}

/** The reports of a file, and the number of lines that are none. The last line may have been cut by a crash. */
function parse(content: string): {
  readonly reports: readonly { readonly text: string; readonly at: number }[];
  readonly damaged: number;
} {
  const lines = content.split('\n').filter((line) => line !== '');
  const reports = lines.flatMap((line) => {
    const [, sum, at = '', text = ''] = linePattern.exec(line) ?? [];
    return sum === checksum(Number(at), text) ? [{ at: Number(at), text }] : [];
  });
  return { reports, damaged: lines.length - reports.length };
}

function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // it is read, or deleted, after a restart
  }
}
