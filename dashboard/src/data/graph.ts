import { computed, effect, signal } from '@preact/signals';
import { createClient, OpsgraphError, type ConnectionState } from '../../../client/client.ts';
import type { DocumentText } from '../documents.generated.ts';
import { hidden } from './clock.ts';

/**
 * The connection to the server. Its client resumes each subscription after the last event, and reconnects. While the page
 * is hidden, the connection is closed.
 */

export type Document<Data, Variables> = DocumentText<Data, Variables>;

export interface GraphError {
  readonly message: string;
  readonly path?: readonly (string | number)[] | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

export interface Result<Data> {
  readonly data: Data | null;
  readonly errors: readonly GraphError[];
}

export interface Sink<Data> {
  next(data: Data): void;
  /** The subscription has ended, or one of its results has only errors. */
  error(errors: readonly GraphError[]): void;
  /** Events are missing, because they are no longer retained. */
  gap?(): void;
}

/** The address of the page without what it shows. Its server may be below a path of a proxy. */
const url = new URL('graphql', location.href.replace(/[?#].*$/, '')).href;

/** A person is waiting, so the pauses between attempts are short. */
const client = createClient({ url, timing: { retry: { minMs: 300, maxMs: 5_000 } } });

const connection = signal<{ state: ConnectionState; sinceMs: number }>({
  state: client.state,
  sinceMs: Date.now(),
});

client.onState((state) => {
  // While the page is hidden, it has closed the connection itself.
  if (!hidden.peek()) connection.value = { state, sinceMs: Date.now() };
});

/** When the connection was lost. Null while it exists, and before the first. */
export const lostAt = signal<number | null>(null);

effect(() => {
  const { state, sinceMs } = connection.value;
  if (state === 'stale' || state === 'offline') lostAt.value ??= sinceMs;
  else if (state !== 'connecting') lostAt.value = null;
});

export const isLost = computed(() => lostAt.value !== null);

/** Whether the server requires a credential that the browser does not have. */
export const needsLogin = signal(false);

effect(() => {
  if (hidden.value || needsLogin.value) client.pause();
  else client.resume();
});

export async function query<Data, Variables>(
  document: Document<Data, Variables>,
  variables: Variables,
): Promise<Result<Data>> {
  if (needsLogin.peek()) return { data: null, errors: [] };
  try {
    return { data: await client.query<Data, Variables>(document, variables), errors: [] };
  } catch (error) {
    return failed<Data>(error);
  }
}

/** Starts a subscription. @returns ends it. */
export function subscribe<Data, Variables>(
  document: Document<Data, Variables>,
  variables: Variables,
  sink: Sink<Data>,
): () => void {
  const fail = (error: unknown): void => sink.error(failed<Data>(error).errors);
  return client.subscribe<Data, Variables>(
    { document, variables },
    {
      next: (data) => sink.next(data),
      gap() {
        sink.gap?.();
        return 'stop';
      },
      failed: fail,
      error: fail,
      complete() {},
    },
  );
}

/** A query of which some fields failed has the results of the others. */
function failed<Data>(error: unknown): Result<Data> {
  if (!(error instanceof OpsgraphError)) throw error;
  const { code, data, errors } = error;
  if (code === 'AUTHENTICATION_FAILED') needsLogin.value = true;
  if (code === 'NETWORK_ERROR') return { data: null, errors: [{ message: 'The server cannot be reached.' }] };
  const reported = errors.length > 0 ? errors : [{ message: error.message, extensions: { code } }];
  return { data: (data ?? null) as Data | null, errors: reported };
}
