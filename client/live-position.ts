import type { GraphqlResult, Transport } from './transport.ts';

/** What the client asks for besides the operations of its user, and needs in a list of trusted documents. */
export const livePositionDocument = '{ liveCursor }';

/** Requests of one turn of the event loop share the response: a later one must not start before it was made. */
const pending = new WeakMap<Transport, Promise<string | null>>();

/**
 * The position of the newest event: where a subscription without a position starts, so that it resumes without a gap if
 * the connection is lost before its first event. Null: the server does not return it, or the transport has closed.
 */
export function livePosition(transport: Transport): Promise<string | null> {
  const found = pending.get(transport);
  if (found !== undefined) return found;
  const position = execute(transport);
  pending.set(transport, position);
  setTimeout(() => pending.delete(transport), 0);
  return position;
}

function execute(transport: Transport): Promise<string | null> {
  return new Promise((resolve) => {
    void transport.closed.then(() => resolve(null));
    transport.start(
      { query: livePositionDocument },
      {
        next: ({ data }: GraphqlResult) =>
          resolve((data?.['liveCursor'] as string | null | undefined) ?? null),
        error: () => resolve(null),
        complete: () => resolve(null),
      },
    );
  });
}

/** Whether a position is at or after another one of the same log. */
export function hasReached(position: string, target: string): boolean {
  const [epoch, seq = ''] = position.split('_');
  const [targetEpoch, targetSeq = ''] = target.split('_');
  return epoch === targetEpoch && Number.parseInt(seq, 36) >= Number.parseInt(targetSeq, 36);
}
