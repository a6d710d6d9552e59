/** Where the server listens, and the address that clients are told. */
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import type { Config } from './config.ts';
import { hostName, listeners, socketProtocol, wholeNumber, type LegacyListener } from './values.ts';
import type { Variables } from './variables.ts';

/** What reading a file that a variable names takes. */
export interface Files {
  /** Relative paths start here. */
  readonly cwd: string;
  readonly readFile: (path: string) => string;
}

const DEFAULT_PORT = 9200;
/** Above the 60 s of usual balancers: who closes first must not be us, or a request meets a connection that ends. */
const KEEP_ALIVE_S = 75;
const KEEP_ALIVE_S_MAX = 3600;

export function readListen(vars: Variables, { cwd, readFile }: Files): Config['listen'] {
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
  return {
    host,
    port,
    legacyListeners,
    keepAliveMs: vars.read('HTTP_KEEP_ALIVE_S', wholeNumber(1, KEEP_ALIVE_S_MAX), KEEP_ALIVE_S) * 1000,
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

/** What clients are told. It opens nothing: where it is not a listener's own address, a proxy stands there. */
export function readAdvertised(vars: Variables, listen: Config['listen']): Config['advertised'] {
  const port = vars.read('WEBSOCKET_PORT', wholeNumber(1, 65_535), null);
  const everyAddress = listen.host === '0.0.0.0' || listen.host === '::';
  const host = vars.read('WEBSOCKET_HOST', hostName, everyAddress ? 'localhost' : listen.host);
  const saysProxy = ['WEBSOCKET_HOST', 'WEBSOCKET_PROTOCOL'].some((name) => vars.text(name) !== undefined);
  const isOurs = port === null || [listen, ...listen.legacyListeners].some((one) => one.port === port);
  if (!isOurs && !saysProxy)
    vars.warnings.push(
      `WEBSOCKET_PORT=${port} is told to clients, but this server does not listen there: have a proxy do so, ` +
        'or set PORT or LEGACY_LISTENERS',
    );
  return {
    host: isIP(host) === 6 ? `[${host}]` : host,
    port: port ?? listen.port,
    protocol: vars.read('WEBSOCKET_PROTOCOL', socketProtocol, listen.tls === null ? 'ws' : 'wss'),
  };
}
