import { setTimeout as sleep } from 'node:timers/promises';

/** An event as `POST /publish` takes it: the name of a member and its fields, such as `{ kpi: { totalRevenue: 7 } }`. */
export type Event = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface Server {
  /** Reports events, however long that takes. Resolves with their cursor once they are stored. */
  publish(events: readonly Event[]): Promise<string>;
  /** Asks the graph, however long that takes. */
  ask<Data>(query: string, variables?: Readonly<Record<string, unknown>>): Promise<Data>;
}

export interface ServerOptions {
  readonly url: URL;
  readonly token: string | null;
  /** Gives up, whatever is going on. */
  readonly signal: AbortSignal;
  /** Told once when the server cannot be reached or asks to wait, and once (null) when it is back. */
  readonly waiting: (reason: string | null) => void;
}

/** What the server refused for good: sending it again would change nothing. */
export class Refused extends Error {}

/** Not now; the same again may succeed later. */
class Later extends Error {
  readonly waitMs: number;
  constructor(reason: string, waitMs = 0) {
    super(reason);
    this.waitMs = waitMs;
  }
}

const firstWaitMs = 250;
const longestWaitMs = 10_000;
const answerMs = 10_000;

/**
 * The two ways in which a producer needs a server. Both send again until they have an answer, with a wait that doubles:
 * an event that carries an id of its own is stored once, however often it is sent.
 */
export function createServer({ url, token, signal, waiting }: ServerOptions): Server {
  let away = false;

  async function post(path: string, body: unknown): Promise<Response> {
    try {
      return await fetch(new URL(path, url), {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/graphql-response+json, application/json',
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify(body),
        signal: AbortSignal.any([signal, AbortSignal.timeout(answerMs)]),
      });
    } catch {
      signal.throwIfAborted();
      throw new Later('it cannot be reached');
    }
  }

  async function untilAnswered<Answer>(attempt: () => Promise<Answer>): Promise<Answer> {
    for (let waitMs = firstWaitMs; ; waitMs = Math.min(2 * waitMs, longestWaitMs)) {
      try {
        const answer = await attempt();
        if (away) waiting(null);
        away = false;
        return answer;
      } catch (error) {
        if (!(error instanceof Later)) throw error;
        if (!away) waiting(error.message);
        away = true;
        // with some chance in it, so that producers that lost their server together do not come back together
        await sleep(Math.max(waitMs * (0.5 + Math.random() / 2), error.waitMs), undefined, { signal });
      }
    }
  }

  return {
    publish: (events) =>
      untilAnswered(async () => {
        const answer = await read<{ cursor?: string; error?: Failure }>(await post('/publish', { events }));
        if (answer.cursor === undefined) throw new Refused(answer.error?.message ?? 'it gave no reason');
        return answer.cursor;
      }),
    ask: <Data>(query: string, variables = {}) =>
      untilAnswered(async () => {
        const answer = await read<{ data?: Data | null; errors?: readonly Failure[] }>(
          await post('/graphql', { query, variables }),
        );
        const [error] = answer.errors ?? [];
        if (error?.extensions?.['retryable'] === true) throw new Later(error.message);
        if (error !== undefined || !answer.data) throw new Refused(error?.message ?? 'it gave no reason');
        return answer.data;
      }),
  };
}

interface Failure {
  readonly message: string;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** The JSON of an answer, also of one that refuses. @throws Later when the server asks to come again. */
async function read<Answer>(response: Response): Promise<Answer> {
  if (response.status === 429 || response.status >= 500)
    throw new Later(
      `it answers ${response.status}`,
      1_000 * Number(response.headers.get('retry-after') ?? 0),
    );
  try {
    return (await response.json()) as Answer;
  } catch {
    throw new Later(`it answers ${response.status} without JSON`);
  }
}
