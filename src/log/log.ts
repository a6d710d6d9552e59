/**
 * The log of the process: one JSON object per line on standard output; events of WebSockets are also written to a file.
 * Every string and key passes through `mask`, so callers do not have to. Logging never throws and never waits: lines
 * that a full disk or a stuck reader does not take are counted and dropped.
 */
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { pino, type DestinationStream, type Logger } from 'pino';
import { addressKey } from '../lib/address-key.ts';
import { makeDirectory } from '../lib/make-directory.ts';
import { minuteLimit } from '../lib/minute-limit.ts';
import { LineWriter, stdout } from './line-writer.ts';
import { depthMax, itemsMax, plainFields, plainText } from './serializers.ts';

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
  /** Resolves once the lines logged so far are written, or after 2 s. */
  flush(): Promise<void>;
}

export interface LogOptions {
  readonly level: LogLevel;
  /** Takes whole lines; stdout when absent. */
  readonly destination?: DestinationStream & { flush?(): Promise<void> };
}

/** The log of WebSocket connections: a line for opened, closed and failed, and for every message at DEBUG. */
export interface SocketLog extends AsyncDisposable {
  /** Whether `message` writes anything: ask before building its fields on a hot path. */
  readonly logsMessages: boolean;
  opened(fields: object): void;
  closed(fields: object & { readonly code: number }): void;
  /**
   * An `Error` among the fields is written with its type, message, stack and cause. Anyone can cause these lines, so 30
   * per minute are written for each address and 600 in total; a further line has the number of the others.
   */
  failed(fields: Readonly<Record<string, unknown>> & { readonly address: string }): void;
  message(fields: object): void;
}

const failuresPerAddressMax = 30;
const failuresPerMinuteMax = 600;

const pinoLevels = { DEBUG: 'debug', INFO: 'info', WARNING: 'warn', ERROR: 'error' } as const;
const levelNames: Readonly<Record<string, LogLevel>> = {
  debug: 'DEBUG',
  info: 'INFO',
  warn: 'WARNING',
  error: 'ERROR',
};

export const silentLog: Log = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silentLog,
};

export function openLog({ level, destination = stdout() }: LogOptions): FlushableLog {
  const log = wrap(openPino(level, destination));
  return { ...log, flush: () => destination.flush?.() ?? Promise.resolve() };
}

/**
 * Opens `<dir>/websocket.log` for appending. Its lines are also written to standard output.
 * @param dir null: standard output only.
 * @throws Error with a `code` when the file cannot be opened
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
    perKeyMax: failuresPerAddressMax,
    max: failuresPerMinuteMax,
    suppressed: (count) => log.info({ suppressed: count }, 'further socket failures in this minute'),
  });
  return {
    logsMessages: logger.isLevelEnabled('debug'),
    opened: (fields) => log.info(fields, 'socket opened'),
    closed: (fields) => log.info(fields, 'socket closed'),
    failed: (fields) => {
      if (admitsFailure(addressKey(fields.address))) log.info(fields, 'socket failed');
    },
    message: (fields) => log.debug(fields, 'socket message'),
    [Symbol.asyncDispose]: async () => file?.end(),
  };
}

function openFile(dir: string): LineWriter {
  makeDirectory(dir);
  return new LineWriter(openSync(join(dir, 'websocket.log'), 'a', 0o640));
}

function openPino(level: LogLevel, destination: DestinationStream): Logger {
  return pino(
    {
      level: pinoLevels[level],
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: levelNames[label] ?? 'ERROR' }) },
      // `plainFields` has serialized errors already.
      serializers: { err: (error: unknown) => error },
      depthLimit: depthMax * 3,
      edgeLimit: itemsMax * 10,
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
