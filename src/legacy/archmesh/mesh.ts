import pLimit from 'p-limit';
import type { Rejection } from '../../http/request.ts';
import { unauthenticated, type Viewer } from '../../auth/viewer.ts';
import { AppError } from '../../errors.ts';
import { Breaker, BreakerOpen, worstOf } from '../../lib/breaker.ts';
import type { SocketConnection } from '../../websocket/endpoint.ts';
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

/** Chunks of deliveries that are read from the store at a time, for all sockets. */
const readingMax = 4;

/** What all sockets of ArchMesh in this process share. */
export class Mesh {
  readonly options: MeshOptions;
  readonly figures = new Figures();
  /** Checking tokens. A token that is wrong is no failure of ours. */
  readonly token = new Breaker();
  /** Having clients hear what happens. */
  readonly registration = new Breaker();
  /** Handling what clients say. */
  readonly message = new Breaker();
  /** Bounds how many chunks are read from the store at a time. */
  readonly reading = pLimit(readingMax);

  constructor(options: MeshOptions) {
    this.options = options;
  }

  states(): OwnBreakers {
    const connection = worstOf([this.token.state, this.registration.state]);
    return { connection, message: this.message.state };
  }

  /** Who comes, by the token in the query; never rejects for a token that is wrong. */
  async identify(url: URL): Promise<Viewer | Rejection> {
    if (this.registration.state === 'open') return refusal(new BreakerOpen(this.registration.retryAfterS));
    try {
      const viewer = await this.token.run(() => this.#bearerOf(url.searchParams.get('token') ?? ''));
      if ('status' in viewer) return viewer;
      if (!viewer.authenticated || viewer.capabilities.has('read')) return viewer;
      return { status: 403, code: 'FORBIDDEN', message: 'This needs the capability read.' };
    } catch (error) {
      if (error instanceof BreakerOpen) return refusal(error);
      if (error instanceof AppError) return { status: 503, code: error.code, message: error.message };
      throw error;
    }
  }

  /** That too many ask at a time is no failure of ours, and keeps out only who is too many. */
  async #bearerOf(token: string): Promise<Viewer | Rejection> {
    try {
      return await this.options.authenticate({ token });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.code === 'AUTHENTICATION_FAILED') return unauthenticated; // let in to be told, and then turned away
      if (error.code === 'OVERLOADED') return { status: 503, code: error.code, message: error.message };
      throw error;
    }
  }
}

function refusal({ message, retryAfterS }: BreakerOpen): Rejection {
  return { status: 503, code: 'OVERLOADED', message, details: { retry_after: retryAfterS } };
}
