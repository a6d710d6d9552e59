import type pg from 'pg';

/**
 * What a session has to be, whatever the server, the database and the account have as defaults. It is set after
 * connecting and not with the start-up message: PgBouncer refuses parameters there that it does not know.
 */
export interface SessionSettings {
  /** The server's bound on one statement, 0 for none. */
  readonly statementTimeoutMs: number;
  /** The server ends a session that leaves its transaction alone for so long. */
  readonly idleInTransactionMs: number;
}

/** A server that takes a connection and then does not answer is as good as unreachable. */
const answerMaxMs = 5_000;

export async function applySettings(client: pg.ClientBase, settings: SessionSettings): Promise<void> {
  const values: Readonly<Record<string, string>> = {
    statement_timeout: String(settings.statementTimeoutMs),
    idle_in_transaction_session_timeout: String(settings.idleInTransactionMs),
  };
  const names = Object.keys(values);
  const calls = names.map((name, index) => `set_config('${name}', $${index + 1}, false)`);
  const applied = client.query(`select ${calls.join(', ')}`, Object.values(values));
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = (): Error => new Error('timeout expired: no answer after connecting');
    timer = setTimeout(() => reject(error()), answerMaxMs);
  });
  try {
    await Promise.race([applied, late]);
  } finally {
    clearTimeout(timer);
  }
}
