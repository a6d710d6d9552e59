import { DatabaseError } from 'pg';
import type { Failure } from './failure.ts';

type Place = {
  readonly variable: string;
  readonly host: string;
  readonly user: string;
  readonly database: string;
};

/** SQLSTATEs of connecting and migrating. */
const bySqlState: Readonly<Record<string, (place: Place, message: string) => Failure>> = {
  '28P01': ({ variable, user }) => ({
    found: `PostgreSQL rejects the password of ${user}.`,
    todo: `Correct the password in ${variable}; percent-encode its special characters (@ is %40).`,
  }),
  '28000': ({ variable, user }, message) => ({
    found: `PostgreSQL rejects the account ${user}: ${message}.`,
    todo: `Create the role or allow it to connect from this host in pg_hba.conf, or correct ${variable}.`,
  }),
  '3D000': ({ variable, database }) => ({
    found: `The database ${database} does not exist.`,
    todo: `Create it (create database "${database}" encoding 'UTF8' template template0), or correct ${variable}.`,
  }),
  '42501': ({ user, database }, message) => ({
    found: `The account ${user} lacks a right: ${message}.`,
    todo: `Let it own the schema of its tables: alter database "${database}" owner to "${user}", or grant create on the schema.`,
  }),
  '53100': () => ({
    found: 'The disk of the database is full.',
    todo: 'Free disk space on the database server.',
  }),
  '53300': () => ({
    found: 'PostgreSQL accepts no further connection.',
    todo: 'Close other connections or raise max_connections; each instance of opsgraph uses up to 14.',
  }),
  '25006': ({ variable }) => ({
    found: 'The database is read-only: it is a standby, or its transactions are read-only by default.',
    todo: `Set ${variable} to the address of the primary.`,
  }),
  '57P03': () => ({
    found: 'PostgreSQL is starting or recovering, and accepts no connections yet.',
    todo: 'Start opsgraph again when it is ready.',
  }),
};

const unreachable: ReadonlySet<string> = new Set([
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'ETIMEDOUT',
  'EADDRNOTAVAIL',
]);

/** Why the database of a URL cannot be used, for an error of connecting or migrating. Null: another error. */
export function databaseFailure(error: unknown, url: string, variable = 'DATABASE_URL'): Failure | null {
  if (!(error instanceof Error)) return null;
  const place = placeOf(url, variable);
  if (error instanceof DatabaseError) return bySqlState[error.code ?? '']?.(place, error.message) ?? null;
  const { code = '' } = error as NodeJS.ErrnoException;
  const { host } = place;
  if (code === 'ECONNREFUSED' || code === 'ENOENT')
    return {
      found: `No PostgreSQL accepts connections at ${host} (${code}).`,
      todo: `Start it, or correct the host and port in ${variable}.`,
    };
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return {
      found: `The host name of ${host} cannot be resolved (${code}).`,
      todo: `Correct the host in ${variable}, or check the DNS of this computer.`,
    };
  if (unreachable.has(code) || /^timeout expired|connection timeout/.test(error.message))
    return {
      found: `PostgreSQL at ${host} does not answer${code === '' ? '' : ` (${code})`}.`,
      todo: `Check that the host runs and that no firewall blocks the port, or correct ${variable}.`,
    };
  if (error.message.startsWith('The server does not support SSL'))
    return {
      found: `PostgreSQL at ${host} does not support TLS, which ${variable} requests.`,
      todo: `Enable ssl in PostgreSQL, or remove sslmode from ${variable}.`,
    };
  if (/^(ERR_TLS_|CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED)/.test(code))
    return {
      found: `The certificate of PostgreSQL at ${host} is not trusted (${code}).`,
      todo: `Add sslrootcert=<file of its authority> to ${variable}, and use the host name of the certificate.`,
    };
  if (error.message.startsWith('SASL: '))
    return {
      found: `PostgreSQL at ${host} requires a password.`,
      todo: `Put it into ${variable}: postgres://user:password@host/database.`,
    };
  return null;
}

/** Without the password. */
function placeOf(url: string, variable: string): Place {
  const { hostname, port, searchParams, username, pathname } = new URL(url);
  const host = hostname === '' ? (searchParams.get('host') ?? 'localhost') : hostname;
  const user = decodeURIComponent(username) || (searchParams.get('user') ?? 'of this process');
  return {
    variable,
    host: host.startsWith('/') ? host : `${host}:${port || searchParams.get('port') || '5432'}`,
    user,
    database: decodeURIComponent(pathname.slice(1)) || user,
  };
}
