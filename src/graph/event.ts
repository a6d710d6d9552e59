import type { EnumRef, FieldMap } from '@pothos/core';
import type { Entry, PayloadOf, Topic } from '../journal/topic.ts';
import { formatCursor } from '../journal/cursor.ts';
import { builder, type GraphTypes } from './builder.ts';

/** Which object type shows the entries of a topic, and the name readers of the firehose choose it by. */
interface Kind {
  readonly typeName: string;
  /** Null: the firehose leaves them out. */
  readonly kind: string | null;
}

const kinds = new Map<string, Kind>();

export const Event = builder.interfaceRef<Entry>('Event').implement({
  description: 'Something that happened: stored, numbered in commit order, delivered once and in order.',
  resolveType: (entry) => kinds.get(entry.topic)?.typeName,
  fields: (t) => ({
    id: t.id({ description: 'Unique and stable.', resolve: (entry) => eventId(entry) }),
    cursor: t.field({
      type: 'Cursor',
      description: 'Its position in the log. Give it as `after` to go on behind it.',
      resolve: (entry, _args, { journal }) => formatCursor(journal.log.epoch, entry.seq),
    }),
    occurredAt: t.field({
      type: 'DateTime',
      description: 'When it happened, as its source says.',
      resolve: (entry) => new Date(entry.occurredAt),
    }),
    recordedAt: t.field({
      type: 'DateTime',
      description: 'When it was stored.',
      resolve: (entry) => new Date(entry.recordedAt),
    }),
    reportedBy: t.id({
      nullable: true,
      description:
        'The subject whose credential reported the event; `anonymous` when no credential was required. Null when this ' +
        'server recorded the event itself, and for events stored by versions that did not keep the reporter.',
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

/** Every kind of event with its topic, for the enum and the filter of the firehose. */
export function eventKinds(): ReadonlyMap<string, string> {
  return new Map([...kinds].flatMap(([topic, { kind }]) => (kind === null ? [] : [[kind, topic] as const])));
}
