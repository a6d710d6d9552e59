import pg from 'pg';
import { AppError } from '../errors.ts';

/**
 * Classifies failures of the database: one table from the codes of PostgreSQL, the driver and the network to a reason.
 * Every decision about a failure (the client's error, retries, whether to keep the session, logging) depends on its
 * reason. An error that is not in the table is a bug of this program and is masked.
 */
export type FaultReason =
  /** No connection, or the connection broke. */
  | 'UNREACHABLE'
  /** The server rejects this account or does not have this database. */
  | 'REFUSED'
  | 'SHUTTING_DOWN'
  | 'TOO_MANY_CONNECTIONS'
  /** A standby, or a primary that became one. */
  | 'READ_ONLY'
  | 'DISK_FULL'
  /** Memory, file descriptors, temporary files or I/O. */
  | 'RESOURCES'
  | 'TIMEOUT'
  | 'LOCKED'
  /** Serialization failure or deadlock: the same transaction may succeed in another attempt. */
  | 'CONFLICT';

/** The messages for clients. They reveal nothing about the configuration of the database. */
const messages: Readonly<Record<FaultReason, string>> = {
  UNREACHABLE: 'The database cannot be reached at the moment.',
  REFUSED: 'The database cannot be reached at the moment.',
  SHUTTING_DOWN: 'The database is shutting down or starting.',
  TOO_MANY_CONNECTIONS: 'The database has no free connection at the moment.',
  READ_ONLY: 'The database is read-only at the moment.',
  DISK_FULL: 'The database has no disk space left.',
  RESOURCES: 'The database is out of resources at the moment.',
  TIMEOUT: 'The database did not finish a statement in time.',
  LOCKED: 'The database did not get a lock in time.',
  CONFLICT: 'Concurrent changes conflicted; nothing was changed.',
};

/** By SQLSTATE: five characters are a code, two are a class. */
const sqlStates: Readonly<Record<string, FaultReason>> = {
  '08': 'UNREACHABLE', // connection_exception; also PgBouncer's response when it has no server
  '25006': 'READ_ONLY', // read_only_sql_transaction
  '25P03': 'UNREACHABLE', // idle_in_transaction_session_timeout: the server ended the session
  '25P04': 'UNREACHABLE', // transaction_timeout: likewise
  '28': 'REFUSED', // invalid_authorization_specification
  '3D000': 'REFUSED', // invalid_catalog_name
  '40001': 'CONFLICT', // serialization_failure
  '40003': 'UNREACHABLE', // statement_completion_unknown
  '40P01': 'CONFLICT', // deadlock_detected
  '53': 'RESOURCES', // insufficient_resources
  '53100': 'DISK_FULL', // disk_full
  '53300': 'TOO_MANY_CONNECTIONS', // too_many_connections
  '55P03': 'LOCKED', // lock_not_available
  '57014': 'TIMEOUT', // query_canceled
  '57P': 'SHUTTING_DOWN', // admin_shutdown, crash_shutdown, cannot_connect_now, database_dropped, idle_session_timeout
  '58': 'RESOURCES', // system_error: input or output failed
};

/** Codes of the network, of DNS and of TLS. */
const systemCodes =
  /^(ECONN(REFUSED|RESET|ABORTED)|EPIPE|ETIMEDOUT|E(HOST|NET)(UNREACH|DOWN)|EADDRNOTAVAIL|ENOTFOUND|EAI_\w+|ENOTCONN|ERR_TLS_\w+|ERR_SSL_\w+|CERT_\w+|UNABLE_TO_\w+|(DEPTH_ZERO_)?SELF_SIGNED_CERT\w*)$/;
/**
 * The socket file is missing or not accessible, or no file descriptor is left. In any other system call these codes
 * concern files.
 */
const connectCodes: ReadonlySet<string | undefined> = new Set([
  'ENOENT',
  'EACCES',
  'EPERM',
  'EMFILE',
  'ENFILE',
]);

/** Errors of the driver itself, which have no codes. */
const driverMessages: readonly (readonly [RegExp, FaultReason])[] = [
  [/^Connection terminated|^Client has encountered a connection error|^Client was closed/, 'UNREACHABLE'],
  [/^timeout expired|^Query read timeout/, 'UNREACHABLE'],
  [/^timeout exceeded when trying to connect/, 'TOO_MANY_CONNECTIONS'], // of our own pool
  [/^The server does not support SSL|^There was an error establishing an SSL/, 'UNREACHABLE'],
  [/^SASL: /, 'REFUSED'],
  [/^Cannot use a pool after calling end/, 'SHUTTING_DOWN'],
];

/** The reason of a database failure; null for any other error. */
export function faultReason(error: unknown): FaultReason | null {
  if (error instanceof DatabaseUnavailable) return error.reason;
  if (error instanceof AppError) return error.code === 'DATABASE_UNAVAILABLE' ? 'UNREACHABLE' : null;
  if (!(error instanceof Error)) return null;
  if (error instanceof pg.DatabaseError) return ofServer(error);
  const { code, syscall, cause } = error as NodeJS.ErrnoException;
  if (code !== undefined && systemCodes.test(code)) return 'UNREACHABLE';
  if (syscall === 'connect' && connectCodes.has(code)) return 'UNREACHABLE';
  const known = driverMessages.find(([message]) => message.test(error.message));
  return known?.[1] ?? faultReason(cause);
}

function ofServer({ code = '', message }: pg.DatabaseError): FaultReason | null {
  // The database has datallowconn off; the other cases of this code do not concern connecting.
  if (code === '55000') return message.includes('not currently accepting connections') ? 'REFUSED' : null;
  return sqlStates[code] ?? sqlStates[code.slice(0, 3)] ?? sqlStates[code.slice(0, 2)] ?? null;
}

/** Whether the database rather than the request is the cause, so that the same request may succeed later. */
export function isUnavailable(error: unknown): boolean {
  return faultReason(error) !== null;
}

/** Whether nothing was changed and the same transaction may succeed in another attempt. */
export function isConflict(error: unknown): boolean {
  return faultReason(error) === 'CONFLICT';
}

/** Whether only the statement failed, so that the transaction can continue from a savepoint. */
export function failedAlone(error: unknown): boolean {
  const reason = faultReason(error);
  return reason === null || reason === 'TIMEOUT' || reason === 'LOCKED';
}

/** The client's error for a database failure. */
export class DatabaseUnavailable extends AppError {
  readonly reason: FaultReason;

  constructor(reason: FaultReason, cause: unknown) {
    super('DATABASE_UNAVAILABLE', messages[reason], { retryable: true, cause });
    this.reason = reason;
  }
}

/** @param cause an error for which `isUnavailable` holds. */
export function unavailable(cause: unknown): DatabaseUnavailable {
  return cause instanceof DatabaseUnavailable
    ? cause
    : new DatabaseUnavailable(faultReason(cause) ?? 'UNREACHABLE', cause);
}

/** character_not_in_repertoire, untranslatable_character: text of the client that PostgreSQL cannot store. */
const unstorableCodes: ReadonlySet<string | undefined> = new Set(['22021', '22P05']);

/** The client's error for an error of the database that has one; any other error unchanged. */
export function asClientError(error: unknown): unknown {
  if (isUnavailable(error)) return unavailable(error);
  if (!(error instanceof pg.DatabaseError && unstorableCodes.has(error.code))) return error;
  const allowed = 'text without U+0000 and without halves of surrogate pairs';
  return new AppError('BAD_USER_INPUT', `Text must be ${allowed}.`, { details: { allowed }, cause: error });
}
