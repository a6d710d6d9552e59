import {
  CompiledQuery,
  PostgresAdapter,
  PostgresDialect,
  PostgresDriver,
  type DatabaseConnection,
  type Driver,
} from 'kysely';
import type pg from 'pg';

/** Any number will do, as long as every program that migrates this schema takes the same lock. */
const migrationLock = 6_707_717_213;

/**
 * PostgreSQL for migrations. Kysely takes a lock of the session before the transaction, which PgBouncer in transaction
 * mode takes on one connection and releases on another: it would be held for ever. Here each transaction takes a lock
 * of its own and ends with it; its statements may last as long as building an index does, and it sees what the
 * transaction before it committed.
 */
export class MigrationDialect extends PostgresDialect {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    super({ pool });
    this.#pool = pool;
  }

  override createAdapter(): PostgresAdapter {
    return new LocklessAdapter();
  }

  override createDriver(): Driver {
    return new LockingDriver({ pool: this.#pool });
  }
}

class LocklessAdapter extends PostgresAdapter {
  override async acquireMigrationLock(): Promise<void> {}
  override async releaseMigrationLock(): Promise<void> {}
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
