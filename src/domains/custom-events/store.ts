import { sql, type Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import { keysetList } from '../../db/keyset-list.ts';
import { indexedIf } from '../../db/list-conditions.ts';
import type { Retained } from '../../db/retained.ts';
import { insertRows, upsertRows } from '../../db/write-rows.ts';
import { entryColumns, entryOf, type EntryColumns } from '../../journal/entry-columns.ts';
import { topicHandler } from '../../journal/topic-handlers.ts';
import type { Entry } from '../../journal/topic.ts';
import type { Severity } from '../../graph/severity.ts';
import { customEvents, type CustomEvent } from './events.ts';
import { requireTypesWithin } from './type-limit.ts';

declare module '../../db/database.ts' {
  interface Database {
    custom_events: CustomEventsTable;
    custom_event_types: CustomEventTypesTable;
  }
}

/** `id` is the id of the event. */
export type CustomEventsTable = EntryColumns &
  CustomEvent & { readonly id: string; readonly reported_by: string | null };

export interface CustomEventTypesTable {
  name: string;
  /** When the first and the last event of the type were stored. */
  first_at: Date;
  last_at: Date;
}

/**
 * Writes the events to their table, and registers their types. The number of types is checked under the lock of the
 * log, so it holds for all instances together.
 */
export function customEventTables(typesMax: number) {
  return topicHandler({
    topics: [customEvents],
    async read(db, drafts) {
      const types = [...new Set(drafts.map(({ payload }) => payload.type))];
      const { rows } = await sql<{ known: string[]; count: number }>`
        select array(select name from custom_event_types where name = any(${types})) as known,
          (select count(*) from custom_event_types)::int as count`.execute(db);
      return { known: new Set(rows[0]?.known), count: rows[0]?.count ?? 0 };
    },
    enrich(drafts, { known, count }) {
      const added = new Set(drafts.map(({ payload }) => payload.type).filter((type) => !known.has(type)));
      requireTypesWithin(typesMax, { known: count, added });
      return drafts;
    },
    project: (entries) => [
      ...insertRows('custom_events', entries.map(toRow)),
      ...upsertRows('custom_event_types', typesOf(entries), {
        key: ['name'],
        merge: { first_at: sql`old.first_at` },
      }),
    ],
  });
}

function toRow(entry: Entry<CustomEvent>): CustomEventsTable {
  return {
    ...entryColumns(entry),
    ...entry.payload,
    id: entry.id,
    reported_by: entry.reportedBy ?? null,
  };
}

function typesOf(entries: readonly Entry<CustomEvent>[]): readonly CustomEventTypesTable[] {
  const types = new Map<string, CustomEventTypesTable>();
  for (const { payload, recordedAt } of entries) {
    const at = new Date(recordedAt);
    types.set(payload.type, {
      name: payload.type,
      first_at: types.get(payload.type)?.first_at ?? at,
      last_at: at,
    });
  }
  return [...types.values()];
}

export function toEntry(row: CustomEventsTable): Entry<CustomEvent> {
  const { type, subject, severity, message, data, id } = row;
  const payload = { type, subject, severity, message, data };
  return entryOf(customEvents, row, { key: subject ?? type, type: 'customEventReported', id, payload });
}

export interface CustomEventFilter {
  readonly types?: readonly string[] | null | undefined;
  readonly subject?: string | null | undefined;
  readonly severities?: readonly Severity[] | null | undefined;
  readonly since?: Date | null | undefined;
  readonly until?: Date | null | undefined;
}

export const customEventList = keysetList({
  table: 'custom_events',
  at: 'occurred_at',
  id: 'seq',
  filter: ({ types, subject, severities, since, until }: CustomEventFilter) => ({
    conditions: [
      ...indexedIf('type', types),
      ...indexedIf('subject', subject),
      ...indexedIf('severity', severities),
    ],
    since,
    until,
  }),
});

export async function readCustomEventTypes(db: Kysely<Database>): Promise<readonly CustomEventTypesTable[]> {
  return db.selectFrom('custom_event_types').selectAll().orderBy('name').execute();
}

export const retainedCustomEvents: Retained = {
  table: 'custom_events',
  by: 'recorded_at',
  inOrderOfTime: true,
};

export const retainedCustomEventTypes: Retained = {
  table: 'custom_event_types',
  by: 'last_at',
  key: { name: 'text' },
};
