import type { Viewer } from '../../auth/viewer.ts';
import { AppError } from '../../errors.ts';
import type { HandshakeRefusal, SocketConnection } from '../../transports/endpoint.ts';
import { Breaker, BreakerOpen } from './breaker.ts';
import { Figures } from './figures.ts';
import type { OwnBreakers } from './map.ts';

export interface MeshOptions {
  /** Says whose a token is. @throws AppError AUTHENTICATION_FAILED when it is nobody's. */
  readonly authenticate: (credentials: { readonly token: string | null }) => Promise<Viewer>;
  /** Open sockets in this process. */
  readonly connectionsMax: number;
  /** A client that says nothing for so long is closed. */
  readonly idleTimeoutMs: number;
  readonly messagesPerMinuteMax: number;
  /** Why a client was turned away: for the audit log and the alert. */
  readonly turnedAway: (connection: SocketConnection, reason: 'token' | 'full') => void;
}

/** A viewer with a wrong token: let in to be told, and then turned away. */
const nobody: Viewer = { subject: 'anonymous', authenticated: false, role: null, capabilities: new Set() };

/** What all sockets of ArchMesh in this process share. */
export class Mesh {
  readonly options: MeshOptions;
  readonly figures = new Figures();
  /** Checking tokens, and taking clients in. */
  readonly connection = new Breaker();
  /** Handling what clients say. */
  readonly message = new Breaker();

  constructor(options: MeshOptions) {
    this.options = options;
  }

  states(): OwnBreakers {
    return { connection: this.connection.state, message: this.message.state };
  }

  /** Who comes, by the token in the query; never rejects for a token that is wrong. */
  async identify(url: URL): Promise<Viewer | HandshakeRefusal> {
    try {
      const viewer = await this.connection.run(() => this.#bearerOf(url.searchParams.get('token') ?? ''));
      if (!viewer.authenticated || viewer.capabilities.has('read')) return viewer;
      return { status: 403, code: 'FORBIDDEN', message: 'This needs the capability read.' };
    } catch (error) {
      if (!(error instanceof BreakerOpen)) throw error;
      return {
        status: 503,
        code: 'OVERLOADED',
        message: error.message,
        details: { retry_after: error.retryAfterS },
      };
    }
  }

  async #bearerOf(token: string): Promise<Viewer> {
    try {
      return await this.options.authenticate({ token });
    } catch (error) {
      if (error instanceof AppError && error.code === 'AUTHENTICATION_FAILED') return nobody;
      throw error;
    }
  }
}
