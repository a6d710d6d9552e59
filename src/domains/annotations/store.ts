import { sql, type Kysely, type Selectable, type SqlBool } from 'kysely';
import type { Database } from '../../db/database.ts';
import { keysetList } from '../../db/keyset-list.ts';
import { indexedIf } from '../../db/list-conditions.ts';
import type { Retained } from '../../db/retained.ts';
import { upsertRows } from '../../db/write-rows.ts';
import { topicHandler } from '../../journal/topic-handlers.ts';
import { camelKeys, snakeKeys, type SnakeKeys } from '../../lib/case-keys.ts';
import {
  annotationEvents,
  type AnnotationEventType,
  type AnnotationRecord,
  type AnnotationSubject,
} from './events.ts';

declare module '../../db/database.ts' {
  interface Database {
    annotations: AnnotationsTable;
  }
}

export type AnnotationsTable = SnakeKeys<
  Omit<AnnotationRecord, 'tags' | 'startsAt' | 'endsAt' | 'createdAt' | 'updatedAt'>
> & {
  tags: string[];
  starts_at: Date;
  ends_at: Date | null;
  created_at: Date;
  updated_at: Date;
};

type Db = Kysely<Database>;

/** Writes the annotations in the transaction that stores their events, and gives those of producers their ids. */
export const annotationTable = topicHandler({
  topics: [annotationEvents],
  enrich: (drafts) =>
    drafts.map((draft) =>
      draft.key === ''
        ? { ...draft, key: draft.id, payload: { ...draft.payload, annotationId: draft.id } }
        : draft,
    ),
  project(entries) {
    const last = new Map(entries.map((entry) => [entry.key, entry]));
    const of = (type: AnnotationEventType) => [...last.values()].filter((entry) => entry.type === type);
    const rows = (type: AnnotationEventType) => of(type).map(({ payload }) => toRow(payload));
    const deleted = of('annotationDeleted').map(({ key }) => key);
    const key = ['annotation_id'];
    return [
      // a producer may report an annotation again when its first event is no longer retained
      ...upsertRows('annotations', rows('annotationCreated'), { key, where: sql`false` }),
      ...upsertRows('annotations', rows('annotationUpdated'), { key }),
      ...(deleted.length === 0
        ? []
        : [sql`delete from annotations where annotation_id = any(${deleted}::text[])`]),
    ];
  },
});

/** Locks and reads an annotation until the commit. */
export async function lockAnnotation(db: Db, annotationId: string): Promise<AnnotationRecord | null> {
  const row = await db
    .selectFrom('annotations')
    .selectAll()
    .where('annotation_id', '=', annotationId)
    .forUpdate()
    .executeTakeFirst();
  return row === undefined ? null : toAnnotation(row);
}

// The event writes the table too, but other mutations of the same transaction have to see the change.

export async function storeAnnotation(db: Db, annotation: AnnotationRecord): Promise<void> {
  for (const statement of upsertRows('annotations', [toRow(annotation)], { key: ['annotation_id'] }))
    await statement.execute(db);
}

export async function removeAnnotation(db: Db, annotationId: string): Promise<void> {
  await db.deleteFrom('annotations').where('annotation_id', '=', annotationId).execute();
}

export interface AnnotationFilter extends AnnotationSubject {
  readonly since: Date | null;
  readonly until: Date | null;
  /** At least one of them. */
  readonly tags: readonly string[] | null;
}

/** Annotations by their start, the latest first. */
export const annotationList = keysetList({
  table: 'annotations',
  at: 'starts_at',
  id: 'annotation_id',
  filter: ({ since, until, tags, ...subject }: AnnotationFilter) => ({
    until,
    conditions: [
      ...(since === null ? [] : [{ holds: sql<SqlBool>`coalesce(ends_at, starts_at) >= ${since}` }]),
      ...(tags === null ? [] : [{ holds: sql<SqlBool>`tags && ${tags}::text[]` }]),
      ...Object.entries(snakeKeys(subject)).flatMap(([column, value]) => indexedIf(column, value)),
    ],
  }),
});

export function toAnnotation(row: Selectable<AnnotationsTable>): AnnotationRecord {
  return {
    ...camelKeys(row),
    startsAt: row.starts_at.getTime(),
    endsAt: row.ends_at?.getTime() ?? null,
    createdAt: row.created_at.getTime(),
    updatedAt: row.updated_at.getTime(),
  };
}

function toRow(annotation: AnnotationRecord): AnnotationsTable {
  const { tags, startsAt, endsAt, createdAt, updatedAt, ...rest } = annotation;
  return {
    ...snakeKeys(rest),
    tags: [...tags],
    starts_at: new Date(startsAt),
    ends_at: endsAt === null ? null : new Date(endsAt),
    created_at: new Date(createdAt),
    updated_at: new Date(updatedAt),
  };
}

/** An annotation may be about a time long ago, so its age is that of its last change. */
export const retainedAnnotations: Retained = {
  table: 'annotations',
  by: 'updated_at',
  key: { annotation_id: 'text' },
};
