import { setTimeout as sleep } from 'node:timers/promises';
import { withTimeLimit } from '../lib/with-time-limit.ts';

/**
 * An event as `POST /publish` accepts it: the name of an input member and its fields, such as `{ kpi: { totalRevenue: 7
 * } }`.
 */
export type Event = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface Server {
  /** Reports events and retries until they are stored. Resolves with their cursor. */
  publish(events: readonly Event[]): Promise<string>;
  /** Runs a GraphQL operation and retries until it succeeds. */
  ask<Data>(query: string, variables?: Readonly<Record<string, unknown>>): Promise<Data>;
}

export interface ServerOptions {
  readonly url: URL;
  readonly token: string | null;
  /** Cancels all requests and retries. */
  readonly signal: AbortSignal;
  /** Called once when the server is unreachable or asks to wait, and once (null) when it is available again. */
  readonly waiting: (reason: string | null) => void;
}

/** A permanent rejection: a retry would not help. */
export class Rejected extends Error {}

/** A temporary failure: a retry may succeed. */
class RetryLater extends Error {
  readonly waitMs: number;
  constructor(reason: string, waitMs = 0) {
    super(reason);
    this.waitMs = waitMs;
  }
}

const firstWaitMs = 250;
const longestWaitMs = 10_000;
const responseTimeoutMs = 10_000;

/**
 * The two ways in which a producer uses the server. Both retry until they get a response, with exponential backoff: an
 * event with a unique id is stored once, however often it is sent.
 */
export function createServer({ url, token, signal, waiting }: ServerOptions): Server {
  let away = false;

  async function post<Answer>(path: string, body: unknown): Promise<Answer> {
    try {
      return await withTimeLimit(responseTimeoutMs, signal, async (limited) => {
        const response = await fetch(new URL(path, url), {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            accept: 'application/graphql-response+json, application/json',
            ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          },
          body: JSON.stringify(body),
          signal: limited,
        });
        return await read<Answer>(response);
      });
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof RetryLater) throw error;
      throw new RetryLater('it cannot be reached');
    }
  }

  async function untilResponse<Answer>(attempt: () => Promise<Answer>): Promise<Answer> {
    for (let waitMs = firstWaitMs; ; waitMs = Math.min(2 * waitMs, longestWaitMs)) {
      try {
        const answer = await attempt();
        if (away) waiting(null);
        away = false;
        return answer;
      } catch (error) {
        if (!(error instanceof RetryLater)) throw error;
        if (!away) waiting(error.message);
        away = true;
        // with jitter, so that producers do not reconnect simultaneously
        await sleep(Math.max(waitMs * (0.5 + Math.random() / 2), error.waitMs), undefined, { signal });
      }
    }
  }

  return {
    publish: (events) =>
      untilResponse(async () => {
        const answer = await post<{ cursor?: string; error?: Failure }>('/publish', { events });
        if (answer.cursor === undefined)
          throw new Rejected(answer.error?.message ?? 'The server gave no reason.');
        return answer.cursor;
      }),
    ask: <Data>(query: string, variables = {}) =>
      untilResponse(async () => {
        const answer = await post<{ data?: Data | null; errors?: readonly Failure[] }>('/graphql', {
          query,
          variables,
        });
        const [error] = answer.errors ?? [];
        if (error?.extensions?.['retryable'] === true) throw new RetryLater(error.message);
        if (error !== undefined || !answer.data)
          throw new Rejected(error?.message ?? 'The server gave no reason.');
        return answer.data;
      }),
  };
}

interface Failure {
  readonly message: string;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** The JSON of a response, also of a rejection. @throws RetryLater when the server asks for a retry. */
async function read<Answer>(response: Response): Promise<Answer> {
  if (response.status === 429 || response.status >= 500)
    throw new RetryLater(
      `it responds with status ${response.status}`,
      1_000 * Number(response.headers.get('retry-after') ?? 0),
    );
  try {
    return (await response.json()) as Answer;
  } catch {
    throw new RetryLater(`it responds with status ${response.status} and without JSON`);
  }
}
