import type { EnumRef, FieldMap } from '@pothos/core';
import type { Entry, PayloadOf, Topic } from '../journal/topic.ts';
import { cursorPosition, formatCursor } from '../journal/cursor.ts';
import { rowsAt } from '../journal/stored-events.ts';
import { toEntry } from '../journal/event-rows.ts';
import { builder, type GraphTypes } from './builder.ts';
import type { GraphContext } from './context.ts';
import { Node, nodeFields } from './node.ts';
import type { Requirement } from './rules.ts';

/** The object type of each topic, and its value in the enum `EventKind`. */
const kinds = new Map<string, { readonly typeName: string; readonly kind: string | null }>();

export const Event = builder.interfaceRef<Entry>('Event').implement({
  description:
    'A stored event. Events are numbered in commit order, and sent to each subscriber once and in that order.',
  interfaces: [Node],
  resolveType: (entry) => kinds.get(entry.topic)?.typeName,
  fields: (t) => ({
    cursor: t.field({
      type: 'Cursor',
      description: 'Position of the event in the log. Pass it as `after` to resume after this event.',
      resolve: (entry, _args, { journal }) => formatCursor(journal.log.epoch, entry.seq),
    }),
    key: t.id({
      description:
        'Idempotency key of the event: the one that its producer gave, or one that the server generated. Unique in the log.',
      resolve: (entry) => entry.id,
    }),
    occurredAt: t.field({
      type: 'DateTime',
      description: 'When the event happened, according to its source.',
      resolve: (entry) => new Date(entry.occurredAt),
    }),
    recordedAt: t.field({
      type: 'DateTime',
      description: 'When the server stored the event.',
      resolve: (entry) => new Date(entry.recordedAt),
    }),
    reportedBy: t.id({
      nullable: true,
      description:
        'Subject of the credential with which the event was reported; `anonymous` if no credential was required. Null ' +
        'if the server created the event itself, or if a version stored it that did not record the reporter.',
      resolve: (entry) => entry.reportedBy,
    }),
  }),
});

/** The object type of a topic's events; see `eventType`. */
export interface EventType<Payload, Type extends string> {
  /** The name by which clients of `events` select these events. Null: `events` never delivers them. */
  readonly kind: string | null;
  readonly description: string;
  /** Whether `node` may return a stored event of the topic to the viewer. Default: all events. */
  readonly isVisible?: (entry: Entry<Payload>, context: GraphContext) => boolean;
  /** What `node` requires of the viewer. Default: `read`. */
  readonly requires?: Requirement;
  /** The topics whose entries can be such events. Default: the topic. */
  readonly topics?: readonly Topic<Payload, 'EVERY'>[];
  /** The types of the topic's events, as `eventEnum` returns them: adds the field `type`. */
  readonly types?: EnumRef<GraphTypes, string, Type>;
  /** Fields besides those of the interface Event and `type`. */
  readonly fields: (t: PothosSchemaTypes.ObjectFieldBuilder<GraphTypes, Entry<Payload>>) => FieldMap;
}

/**
 * Declares the object type of a topic's events, which implements the interface Event:
 *
 *     const JobEvent = eventType('JobEvent', jobEvents, {
 *       kind: 'JOB',
 *       description: 'A job run that ended.',
 *       fields: (t) => payloadFields(t, { jobId: id('The job.') }),
 *     });
 */
export function eventType<T extends Topic<unknown, 'EVERY'>, Type extends string = never>(
  name: string,
  topic: T,
  {
    kind,
    description,
    isVisible,
    requires = 'read',
    topics = [topic as never],
    types,
    fields,
  }: EventType<PayloadOf<T>, Type>,
) {
  kinds.set(topic.name, { typeName: name, kind });
  const stored = new Set(topics.map((one) => one.name));
  return builder.objectRef<Entry<PayloadOf<T>>>(name).implement({
    description,
    interfaces: [Event, Node],
    fields: (t) => ({
      ...nodeFields<Entry<PayloadOf<T>>>(t, name, {
        key: ({ seq }, { journal }) => formatCursor(journal.log.epoch, seq),
        requires,
        load: async (keys, context) => {
          const entries = await eventsAt<PayloadOf<T>>(keys, context);
          return new Map(
            [...entries].filter(
              ([, entry]) => stored.has(entry.topic) && (isVisible?.(entry, context) ?? true),
            ),
          );
        },
      }),
      ...(types && { type: t.expose('type', { type: types, description: 'What happened.' }) }),
      ...fields(t),
    }),
  });
}

/** The retained events at these cursors, by cursor. */
async function eventsAt<Payload>(
  cursors: readonly string[],
  { journal, db }: GraphContext,
): Promise<ReadonlyMap<string, Entry<Payload>>> {
  const { epoch } = journal.log;
  const seqs = cursors.flatMap((cursor) => cursorPosition(cursor, epoch) ?? []);
  const rows = seqs.length === 0 ? [] : await rowsAt(db, seqs);
  return new Map(rows.map((row) => [formatCursor(epoch, row.seq), toEntry(row) as Entry<Payload>]));
}

/** The topic of each kind that the subscription `events` delivers. */
export function eventKinds(): ReadonlyMap<string, string> {
  return new Map([...kinds].flatMap(([topic, { kind }]) => (kind === null ? [] : [[kind, topic] as const])));
}
