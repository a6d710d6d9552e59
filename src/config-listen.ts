/** Where the server listens, and the address that clients are told. */
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import type { Config } from './config.ts';
import { hostName, listeners, socketProtocol, wholeNumber, type LegacyListener } from './config-values.ts';
import type { Variables } from './config-variables.ts';

/** What reading a file that a variable names takes. */
export interface Files {
  /** Relative paths start here. */
  readonly cwd: string;
  readonly readFile: (path: string) => string;
}

const DEFAULT_PORT = 9200;

export function readListen(
  vars: Variables,
  { cwd, readFile, websocketPort }: Files & { readonly websocketPort: number | null },
): Config['listen'] {
  const host = vars.read('HOST', hostName, '127.0.0.1');
  const port = vars.read('PORT', wholeNumber(0, 65_535), DEFAULT_PORT);
  const legacyListeners: LegacyListener[] = vars.read('LEGACY_LISTENERS', listeners, []);
  const taken = new Map([[port, 'PORT']]);
  for (const listener of legacyListeners) {
    const by = listener.port === 0 ? undefined : taken.get(listener.port);
    if (by !== undefined) {
      vars.mistakes.push(
        `LEGACY_LISTENERS opens port ${listener.port} for ${listener.name}, but ${by} opens it already: leave one out`,
      );
    }
    taken.set(listener.port, `LEGACY_LISTENERS for ${listener.name}`);
  }
  const extra: LegacyListener[] =
    websocketPort === null || taken.has(websocketPort) ? [] : [{ name: 'websocket', port: websocketPort }];
  return {
    host,
    port,
    legacyListeners: [...legacyListeners, ...extra],
    tls: readTls(vars, { cwd, readFile }),
  };
}

function readTls(vars: Variables, { cwd, readFile }: Files): Config['listen']['tls'] {
  const readable = (name: string): string | undefined => {
    const value = vars.text(name);
    if (value === undefined) return undefined;
    const path = resolve(cwd, value);
    try {
      readFile(path);
    } catch (error) {
      vars.reject(name, `cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'})`);
    }
    return path;
  };
  const certFile = readable('TLS_CERT_FILE');
  const keyFile = readable('TLS_KEY_FILE');
  if (certFile !== undefined && keyFile !== undefined) return { certFile, keyFile };
  if (certFile !== undefined)
    vars.mistakes.push('TLS_KEY_FILE is missing: set it and TLS_CERT_FILE, or neither');
  if (keyFile !== undefined)
    vars.mistakes.push('TLS_CERT_FILE is missing: set it and TLS_KEY_FILE, or neither');
  return null;
}

export function readAdvertised(
  vars: Variables,
  listen: Config['listen'],
  websocketPort: number | null,
): Config['advertised'] {
  const everyAddress = listen.host === '0.0.0.0' || listen.host === '::';
  const host = vars.read('WEBSOCKET_HOST', hostName, everyAddress ? 'localhost' : listen.host);
  return {
    host: isIP(host) === 6 ? `[${host}]` : host,
    port: websocketPort ?? listen.port,
    protocol: vars.read('WEBSOCKET_PROTOCOL', socketProtocol, listen.tls === null ? 'ws' : 'wss'),
  };
}
