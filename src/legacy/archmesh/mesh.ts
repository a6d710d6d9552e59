import pLimit from 'p-limit';
import { unauthenticated, type Viewer } from '../../auth/viewer.ts';
import { AppError } from '../../errors.ts';
import { Breaker, BreakerOpen, worstOf } from '../../lib/breaker.ts';
import type { SocketConnection } from '../../websocket/endpoint.ts';
import type { OwnBreakers } from './map.ts';
import { MeshStats } from './mesh-stats.ts';

export interface MeshOptions {
  /** The viewer of a token. @throws AppError AUTHENTICATION_FAILED for a token that is not valid. */
  readonly authenticate: (credentials: { readonly token: string | null }) => Promise<Viewer>;
  /** Open sockets of this process. */
  readonly connectionsMax: number;
  /** A client that sends nothing for this long is closed. */
  readonly idleTimeoutMs: number;
  readonly messagesPerMinuteMax: number;
  /** Called when a socket is rejected, for the audit log and the alert. */
  readonly rejected: (connection: SocketConnection, reason: 'token' | 'full') => void;
}

/** Chunks of deliveries that are read from the store at a time, for all sockets. */
const readsMax = 4;

/** The state that all ArchMesh sockets of this process share. */
export class Mesh {
  readonly options: MeshOptions;
  readonly stats = new MeshStats();
  /** For checking tokens. An invalid token is not a failure. */
  readonly token = new Breaker();
  /** For subscribing. */
  readonly registration = new Breaker();
  /** For handling messages of clients. */
  readonly message = new Breaker();
  /** Bounds how many chunks are read from the store at a time. */
  readonly limitReads = pLimit(readsMax);

  constructor(options: MeshOptions) {
    this.options = options;
  }

  states(): OwnBreakers {
    const connection = worstOf([this.token.state, this.registration.state]);
    return { connection, message: this.message.state };
  }

  /**
   * Authenticates a client by the token in the query. A client with an invalid token is accepted, and gets the error on
   * its socket.
   * @throws AppError when the handshake has to be rejected.
   */
  async identify(url: URL): Promise<Viewer> {
    if (this.registration.state === 'open') throw circuitOpen(new BreakerOpen(this.registration.retryAfterS));
    try {
      const viewer = await this.token.run(() => this.#bearerOf(url.searchParams.get('token') ?? ''));
      if (viewer instanceof AppError) throw viewer;
      if (!viewer.authenticated || viewer.capabilities.has('read')) return viewer;
      throw new AppError('FORBIDDEN', 'This needs the capability read.');
    } catch (error) {
      throw error instanceof BreakerOpen ? circuitOpen(error) : error;
    }
  }

  /** Too many requests at a time are not a failure: only those above the limit are rejected. */
  async #bearerOf(token: string): Promise<Viewer | AppError> {
    try {
      return await this.options.authenticate({ token });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.code === 'AUTHENTICATION_FAILED') return unauthenticated; // the socket then gets the error message
      if (error.code === 'OVERLOADED') return error;
      throw error;
    }
  }
}

function circuitOpen({ message, retryAfterS }: BreakerOpen): AppError {
  return new AppError('OVERLOADED', message, {
    details: { retry_after: retryAfterS },
    headers: { 'retry-after': String(retryAfterS) },
  });
}
