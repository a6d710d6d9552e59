import type { EnumRef, FieldMap } from '@pothos/core';
import type { Entry, PayloadOf, Topic } from '../journal/topic.ts';
import { formatCursor } from '../journal/cursor.ts';
import { builder, type GraphTypes } from './builder.ts';

/** The object type of each topic, and its value in the enum `EventKind`. */
const kinds = new Map<string, { readonly typeName: string; readonly kind: string | null }>();

export const Event = builder.interfaceRef<Entry>('Event').implement({
  description:
    'A stored event. Events are numbered in commit order, and sent to each subscriber once and in that order.',
  resolveType: (entry) => kinds.get(entry.topic)?.typeName,
  fields: (t) => ({
    id: t.id({ description: 'Unique and permanent id.', resolve: (entry) => eventId(entry) }),
    cursor: t.field({
      type: 'Cursor',
      description: 'Position of the event in the log. Pass it as `after` to resume after this event.',
      resolve: (entry, _args, { journal }) => formatCursor(journal.log.epoch, entry.seq),
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

const idPrefixes = new Map<string, string>();

function eventId(entry: Entry): string {
  const prefix = idPrefixes.get(entry.topic);
  return prefix === undefined ? entry.id : `${prefix}${entry.seq}`;
}

/** The object type of a topic's events; see `eventType`. */
export interface EventType<Payload, Type extends string> {
  /** The name by which clients of `events` select these events. Null: `events` never delivers them. */
  readonly kind: string | null;
  readonly description: string;
  /** Makes `id` this prefix followed by the position in the log. Default: the event's own id. */
  readonly idPrefix?: string;
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
  { kind, description, idPrefix, types, fields }: EventType<PayloadOf<T>, Type>,
) {
  kinds.set(topic.name, { typeName: name, kind });
  if (idPrefix !== undefined) idPrefixes.set(topic.name, idPrefix);
  return builder.objectRef<Entry<PayloadOf<T>>>(name).implement({
    description,
    interfaces: [Event],
    fields: (t) => ({
      ...(types && { type: t.expose('type', { type: types, description: 'What happened.' }) }),
      ...fields(t),
    }),
  });
}

/** The topic of each kind that the subscription `events` delivers. */
export function eventKinds(): ReadonlyMap<string, string> {
  return new Map([...kinds].flatMap(([topic, { kind }]) => (kind === null ? [] : [[kind, topic] as const])));
}
