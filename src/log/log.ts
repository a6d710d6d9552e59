/**
 * What the process says about itself: one JSON object a line, to stdout; what happens on WebSockets also goes to a
 * file. Every string and key passes through `mask`, so no caller has to remember it. Logging never throws and never
 * waits: lines that a full disk or a stuck reader does not take are counted and dropped.
 */
import { close, openSync, write, writeSync } from 'node:fs';
import { join } from 'node:path';
import { pino, type DestinationStream, type Logger } from 'pino';
import { boundKeyOf } from '../lib/bound-key.ts';
import { makeDirectory } from '../lib/make-directory.ts';
import { isSecretName, mask, MASKED } from '../lib/mask.ts';
import { minuteLimit } from '../lib/minute-limit.ts';

export type LogLevel = 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR';

export interface Log {
  debug(fields: object, msg: string): void;
  info(fields: object, msg: string): void;
  warn(fields: object, msg: string): void;
  error(fields: object, msg: string): void;
  /** A log whose every line also carries these fields. */
  child(fields: object): Log;
}

export interface FlushableLog extends Log {
  /** Resolves once what was logged so far is written, or after `FLUSH_TIMEOUT_MS`. */
  flush(): Promise<void>;
}

export interface LogOptions {
  readonly level: LogLevel;
  /** Takes whole lines; stdout when absent. */
  readonly destination?: DestinationStream;
}

/** The life of the WebSocket connections: one line each for opened, closed and failed, and every message at DEBUG. */
export interface SocketLog extends AsyncDisposable {
  /** Whether `message` writes anything: ask before building its fields on a hot path. */
  readonly logsMessages: boolean;
  opened(fields: object): void;
  closed(fields: object & { readonly code: number }): void;
  /**
   * An `Error` among the fields is written with its type, message, stack and cause. Strangers cause these lines, so
   * 30 a minute are written for each address and 600 in all; how many were not is a line of its own.
   */
  failed(fields: Readonly<Record<string, unknown>> & { readonly address: string }): void;
  message(fields: object): void;
}

const QUEUE_BYTES_MAX = 16 * 1024 * 1024;
const FLUSH_TIMEOUT_MS = 2000;
const RETRY_MS = 50;
/** How long lines wait for others that are written with them. */
const GATHER_MS = 10;
const EXIT_ATTEMPTS_MAX = 40;
const STRING_CHARS_MAX = 8192;
const FAILURES_PER_ADDRESS_MAX = 30;
const FAILURES_PER_MINUTE_MAX = 600;
const ITEMS_MAX = 100;
const DEPTH_MAX = 6;

const PINO_LEVELS = { DEBUG: 'debug', INFO: 'info', WARNING: 'warn', ERROR: 'error' } as const;
const LEVEL_NAMES: Readonly<Record<string, LogLevel>> = {
  debug: 'DEBUG',
  info: 'INFO',
  warn: 'WARNING',
  error: 'ERROR',
};
/** Keys of every line; a field of the same name would make a line with the key twice. */
const RESERVED = new Set(['time', 'level', 'msg']);

export const silentLog: Log = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silentLog,
};

export function openLog({ level, destination }: LogOptions): FlushableLog {
  const sink = destination === undefined ? stdout() : null;
  const log = wrap(openPino(level, destination ?? stdout()));
  return { ...log, flush: () => sink?.flush() ?? Promise.resolve() };
}

/**
 * Opens `<dir>/websocket.log` for appending; throws when it cannot. What goes there goes to stdout too.
 * @param dir null: stdout only.
 */
export function openSocketLog({
  dir,
  level,
  destination,
}: LogOptions & { readonly dir: string | null }): SocketLog {
  const file = dir === null ? null : openFile(dir);
  const also = destination ?? stdout();
  const both: DestinationStream = {
    write(line) {
      file?.write(line);
      also.write(line);
    },
  };
  const logger = openPino(level, both);
  const log = wrap(logger).child({ log: 'websocket' });
  const admitsFailure = minuteLimit({
    perKeyMax: FAILURES_PER_ADDRESS_MAX,
    max: FAILURES_PER_MINUTE_MAX,
    suppressed: (count) => log.info({ suppressed: count }, 'further socket failures in this minute'),
  });
  return {
    logsMessages: logger.isLevelEnabled('debug'),
    opened: (fields) => log.info(fields, 'socket opened'),
    closed: (fields) => log.info(fields, 'socket closed'),
    failed: (fields) => {
      if (admitsFailure(boundKeyOf(fields.address))) log.info(fields, 'socket failed');
    },
    message: (fields) => log.debug(fields, 'socket message'),
    [Symbol.asyncDispose]: async () => file?.end(),
  };
}

function openFile(dir: string): Sink {
  makeDirectory(dir);
  return new Sink(openSync(join(dir, 'websocket.log'), 'a', 0o640));
}

function openPino(level: LogLevel, destination: DestinationStream): Logger {
  return pino(
    {
      level: PINO_LEVELS[level],
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: LEVEL_NAMES[label] ?? 'ERROR' }) },
      // Errors are plain by then; pino's own would take them for new ones.
      serializers: { err: (error: unknown) => error },
      depthLimit: DEPTH_MAX * 3,
      edgeLimit: ITEMS_MAX * 10,
    },
    destination,
  );
}

function wrap(logger: Logger): Log {
  const write = (level: 'debug' | 'info' | 'warn' | 'error', fields: object, msg: string): void => {
    if (logger.isLevelEnabled(level)) logger[level](plainFields(fields), plainText(msg));
  };
  return {
    debug: (fields, msg) => write('debug', fields, msg),
    info: (fields, msg) => write('info', fields, msg),
    warn: (fields, msg) => write('warn', fields, msg),
    error: (fields, msg) => write('error', fields, msg),
    child: (fields) => wrap(logger.child(plainFields(fields))),
  };
}

let sharedStdout: Sink | undefined;

/** One for the whole process, so that two logs cannot cut each other's lines in half. */
function stdout(): Sink {
  sharedStdout ??= new Sink(1);
  return sharedStdout;
}

/**
 * Writes lines to a file descriptor in the background, one write at a time; at the process's exit, what is left at
 * once. A full disk costs the lines that it has no room for, a reader that left all further ones: neither ends or
 * holds up the process. (Pino's own destination waits for ever at exit when the disk is full.)
 */
class Sink implements DestinationStream {
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
    if (this.#bytes + bytes > QUEUE_BYTES_MAX) {
      this.#dropped += 1;
      return;
    }
    this.#lines.push(line);
    this.#bytes += bytes;
    if (this.#state === 'idle') this.#gather();
  }

  /** Resolves once the lines taken so far are written, or after `FLUSH_TIMEOUT_MS`. */
  flush(): Promise<void> {
    if (this.#state !== 'writing') return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, FLUSH_TIMEOUT_MS);
      this.#onIdle.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** Writes what is queued and closes the file. */
  async end(): Promise<void> {
    if (this.#state === 'ended') return;
    await this.flush();
    this.#stop();
    await new Promise<void>((resolve) => close(this.#fd, () => resolve()));
  }

  /** A crowd that connects costs a write for many lines, and not one for each. */
  #gather(): void {
    this.#state = 'writing';
    setTimeout(() => this.#writeAll(), GATHER_MS).unref();
  }

  #writeAll(): void {
    if (this.#state === 'ended') return;
    const lines = this.#lines.length;
    this.#writeChunk(Buffer.from(this.#take()), lines);
  }

  /** After a write: what has come meanwhile is gathered for the next. */
  #goOn(): void {
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
        if (this.#dropped > 0) this.#tellDropped();
        this.#goOn();
      } else if (error.code === 'EAGAIN') setTimeout(() => this.#writeChunk(chunk, lines), RETRY_MS);
      else if (error.code === 'EPIPE') this.#stop();
      else {
        this.#dropped += lines;
        setTimeout(() => this.#goOn(), RETRY_MS); // a full disk is not to be tried without pause
      }
    });
  }

  #take(): string {
    const text = this.#lines.join('');
    this.#lines = [];
    this.#bytes = 0;
    return text;
  }

  #tellDropped(): void {
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
    for (let attempt = 0; rest.length > 0 && attempt < EXIT_ATTEMPTS_MAX; attempt += 1) {
      try {
        rest = rest.subarray(writeSync(this.#fd, rest));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS);
      }
    }
  }
}

function plainFields(fields: object): object {
  try {
    if (fields instanceof Error) return { err: plainError(fields, 0, new Set()) };
    const result = plainObject(Object.entries(fields), 0, new Set([fields]));
    for (const key of RESERVED) {
      if (!(key in result)) continue;
      result[`field.${key}`] = result[key];
      delete result[key];
    }
    return result;
  } catch (error) {
    return { unloggable: plainText(String(error)) };
  }
}

function plainText(text: string): string {
  // Cut generously before masking, exactly after it: no secret loses the half that shows what it is.
  const masked = mask(text.length > 2 * STRING_CHARS_MAX ? text.slice(0, 2 * STRING_CHARS_MAX) : text);
  if (masked.length <= STRING_CHARS_MAX) return masked;
  return `${masked.slice(0, STRING_CHARS_MAX)}… (${text.length} characters)`;
}

function plain(value: unknown, depth: number, above: Set<object>): unknown {
  if (typeof value === 'string') return plainText(value);
  if (typeof value === 'bigint' || typeof value === 'symbol') return String(value);
  if (typeof value === 'function') return undefined;
  if (typeof value !== 'object' || value === null) return value;
  if (above.has(value)) return '[circular]';
  if (depth >= DEPTH_MAX) return '[deep]';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (value instanceof URL) return plainText(value.href);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  above.add(value);
  try {
    if (value instanceof Error) return plainError(value, depth, above);
    if (value instanceof Map) return plainObject([...value], depth, above);
    if (Array.isArray(value) || value instanceof Set) return plainItems([...value], depth, above);
    return plainObject(Object.entries(value), depth, above);
  } finally {
    above.delete(value);
  }
}

function plainError(error: Error, depth: number, above: Set<object>): object {
  const { name: _name, message: _message, stack: _stack, cause: _cause, ...rest } = error as Error & object;
  return {
    type: plainText(error.name === 'Error' ? error.constructor.name : error.name),
    message: plainText(error.message),
    stack: error.stack === undefined ? undefined : plainText(error.stack),
    ...plainObject(Object.entries(rest), depth, above),
    ...(error.cause === undefined ? {} : { cause: plain(error.cause, depth + 1, above) }),
    ...(error instanceof AggregateError ? { errors: plain(error.errors, depth + 1, above) } : {}),
  };
}

function plainObject(
  entries: readonly (readonly [unknown, unknown])[],
  depth: number,
  above: Set<object>,
): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [key, value] of entries.slice(0, ITEMS_MAX)) {
    const name = String(key);
    result[plainText(name)] = isSecretName(name) ? hidden(name, value) : plain(value, depth + 1, above);
  }
  if (entries.length > ITEMS_MAX) result['…'] = `${entries.length - ITEMS_MAX} more`;
  return result;
}

/** In a flat list such as Node's `rawHeaders`, the item after a secret's name is the secret. */
function plainItems(items: readonly unknown[], depth: number, above: Set<object>): unknown[] {
  const result = items.slice(0, ITEMS_MAX).map((item, index) => {
    const before = items[index - 1];
    return typeof before === 'string' && typeof item === 'string' && isSecretName(before)
      ? MASKED
      : plain(item, depth + 1, above);
  });
  if (items.length > ITEMS_MAX) result.push(`… ${items.length - ITEMS_MAX} more`);
  return result;
}

/** What stands under a secret's name; that there is none, or how many, is no secret. */
function hidden(name: string, value: unknown): unknown {
  if (value === null || value === undefined || value === '' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && /s$/i.test(name)) return value;
  return MASKED;
}
