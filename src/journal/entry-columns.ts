import type { Entry, Topic } from './topic.ts';

/** The columns in which a domain's table stores the position and the times of the entry of a row. */
export interface EntryColumns {
  seq: number;
  occurred_at: Date;
  recorded_at: Date;
}

export function entryColumns({ seq, occurredAt, recordedAt }: Entry): EntryColumns {
  return { seq, occurred_at: new Date(occurredAt), recorded_at: new Date(recordedAt) };
}

/** Restores the entry of a row. */
export function entryOf<Payload>(
  topic: Topic<Payload, 'EVERY'>,
  row: Readonly<EntryColumns> & { readonly reported_by?: string | null },
  own: Pick<Entry<Payload>, 'key' | 'type' | 'id' | 'payload'>,
): Entry<Payload> {
  return {
    topic: topic.name,
    seq: row.seq,
    occurredAt: row.occurred_at.getTime(),
    recordedAt: row.recorded_at.getTime(),
    urgent: false,
    reportedBy: row.reported_by ?? null,
    ...own,
  };
}
