import {
  CompiledQuery,
  PostgresAdapter,
  PostgresDialect,
  PostgresDriver,
  type DatabaseConnection,
  type Driver,
} from 'kysely';
import type pg from 'pg';

/** Any number, as long as every program that migrates this schema uses the same lock. */
const migrationLock = 6_707_717_213;

/**
 * PostgreSQL for migrations. Kysely takes a session lock before the transaction, which PgBouncer in transaction mode
 * acquires on one connection and releases on another, so it would never be released. Here each transaction takes a lock
 * of its own that ends with it; its statements have no timeout, because building an index takes long, and it sees what
 * the previous transaction committed.
 */
export class MigrationDialect extends PostgresDialect {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    super({ pool });
    this.#pool = pool;
  }

  override createAdapter(): PostgresAdapter {
    const none = async (): Promise<void> => {};
    return Object.assign(new PostgresAdapter(), { acquireMigrationLock: none, releaseMigrationLock: none });
  }

  override createDriver(): Driver {
    return new LockingDriver({ pool: this.#pool });
  }
}

class LockingDriver extends PostgresDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await super.beginTransaction(connection, { isolationLevel: 'read committed' });
    await connection.executeQuery(
      CompiledQuery.raw(
        `select set_config('statement_timeout', '0', true), set_config('lock_timeout', '0', true)`,
      ),
    );
    await connection.executeQuery(CompiledQuery.raw(`select pg_advisory_xact_lock(${migrationLock})`));
  }
}
