import type { EventEmitter } from 'node:events';
import pg from 'pg';
import { faultReason } from './database-fault.ts';
import { guarded } from '../lib/guarded.ts';

/**
 * However many statements a read-only server rejects, its other sessions are checked out and closed at most this often.
 */
const renewEveryMs = 1_000;

export type OnFault = (error: Error & { readonly code?: string }) => void;

/**
 * A pool that reports every error of the server and of connecting, and keeps no session to a server that became
 * read-only. After a failover the old primary often continues as a standby, and a pool that keeps its connections would
 * fail every write. So the rejected session is closed when it is released, and so are all older ones; new sessions
 * connect to the current target of the address.
 */
export class WatchedPool extends pg.Pool {
  readonly #onFault: OnFault;
  readonly #openedAt = new WeakMap<pg.PoolClient, number>();
  /** Sessions opened before this time are closed when they are released. */
  #renewedAt = 0;

  constructor(config: pg.PoolConfig, onFault: OnFault) {
    super(config);
    this.#onFault = onFault;
    this.on('error', guarded(onFault)); // Without a listener, the loss of an idle connection would end the process.
    const refused = (error: Error): void => {
      onFault(error);
      if (faultReason(error) === 'READ_ONLY') this.#renew();
    };
    const connected = (client: pg.PoolClient): void => {
      this.#openedAt.set(client, performance.now());
      client.on('error', () => {}); // A checked-out client between two statements has no listener of the pool.
      messagesOf(client).on('errorMessage', guarded(refused));
    };
    const released = (_: Error | undefined, client: pg.PoolClient): void => {
      // The pool removes a client that ends instead of keeping it.
      if ((this.#openedAt.get(client) ?? 0) < this.#renewedAt) void client.end().catch(() => {});
    };
    this.on('connect', guarded(connected));
    this.on('release', guarded(released));
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Connected): void;
  override connect(callback?: Connected): Promise<pg.PoolClient> | void {
    if (callback === undefined)
      return super.connect().catch((error: Error) => {
        this.#onFault(error);
        throw error;
      });
    super.connect((error, client, release) => {
      if (error) this.#onFault(error);
      callback(error, client, release);
    });
  }

  #renew(): void {
    const now = performance.now();
    if (now - this.#renewedAt < renewEveryMs) return;
    this.#renewedAt = now;
    for (let idle = this.idleCount; idle > 0; idle--)
      super.connect().then(
        (client) => client.release(),
        () => {},
      );
  }
}

type Connected = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  release: (release?: unknown) => void,
) => void;

/** The driver's stream of messages, which its types do not show. */
function messagesOf(client: pg.PoolClient): EventEmitter {
  return (client as unknown as { readonly connection: EventEmitter }).connection;
}
