import type { FieldMap, InterfaceRef } from '@pothos/core';
import type { Entry, PayloadOf, Topic } from '../journal/topic.ts';
import { cursorPosition, formatCursor } from '../journal/cursor.ts';
import { rowsAt } from '../journal/stored-events.ts';
import { toEntry } from '../journal/event-rows.ts';
import { builder, type GraphTypes } from './builder.ts';
import type { GraphContext } from './context.ts';
import { eventEnum } from './event-enum.ts';
import { Node, nodeFields } from './node.ts';
import type { Requirement } from './rules.ts';

/** How the events of a topic are shown. */
interface TopicKind {
  /** The name of the object type of an entry. Undefined: the entry is of a type that this version does not know. */
  readonly typeName: (entry: Entry) => string | undefined;
  /** The value in the enum `EventKind`. Null: `events` never delivers the topic. */
  readonly kind: string | null;
}

const kinds = new Map<string, TopicKind>();

export const Event = builder.interfaceRef<Entry>('Event').implement({
  description:
    'A stored event. Events are numbered in commit order, and sent to each subscriber once and in that order.',
  interfaces: [Node],
  resolveType: (entry) => kinds.get(entry.topic)?.typeName(entry),
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

type ObjectFields<Payload> = PothosSchemaTypes.ObjectFieldBuilder<GraphTypes, Entry<Payload>>;
type InterfaceFields<Payload> = PothosSchemaTypes.InterfaceFieldBuilder<GraphTypes, Entry<Payload>>;

interface EventOptions<Payload> {
  /** The name by which clients of `events` select these events. Null: `events` never delivers them. */
  readonly kind: string | null;
  readonly description: string;
  /** Whether `node` may return a stored event of the topic to the viewer. Default: all events. */
  readonly isVisible?: (entry: Entry<Payload>, context: GraphContext) => boolean;
  /** What `node` requires of the viewer. Default: `read`. */
  readonly requires?: Requirement;
}

/** The object type of a topic's events; see `eventType`. */
export interface EventType<Payload> extends EventOptions<Payload> {
  /** The topics whose entries can be such events. Default: the topic. */
  readonly topics?: readonly Topic<Payload, 'EVERY'>[];
  /** Fields besides those of the interface Event. */
  readonly fields: (t: ObjectFields<Payload>) => FieldMap;
}

/**
 * Declares the object type of a topic's events, which implements the interface Event:
 *
 *     const HostEvent = eventType('HostEvent', hostEvents, {
 *       kind: 'HOST',
 *       description: 'The health of a host changed.',
 *       fields: (t) => payloadFields(t, { hostId: id('The host.') }),
 *     });
 *
 * For a topic with events of several types, see `eventVariants`.
 */
export function eventType<T extends Topic<unknown, 'EVERY'>>(
  name: string,
  topic: T,
  { topics = [topic as never], ...options }: EventType<PayloadOf<T>>,
) {
  kinds.set(topic.name, { typeName: () => name, kind: options.kind });
  const stored = new Set(topics.map((one) => one.name));
  return eventObject<PayloadOf<T>>(name, [Event, Node], (entry) => stored.has(entry.topic), options);
}

/** The events of a topic, of several types; see `eventVariants`. */
export interface EventVariants<Payloads extends object> extends EventOptions<Payloads[keyof Payloads]> {
  /** Fields that all types have. */
  readonly fields?: (t: InterfaceFields<Payloads[keyof Payloads]>) => FieldMap;
  /** The types by their names in the enum of event types. */
  readonly variants: (
    of: VariantOf<Payloads>,
  ) => Readonly<Record<string, EventVariant<keyof Payloads & string>>>;
  /** Description of the enum of event types. */
  readonly typesDescription: string;
}

interface EventVariant<Type extends string> {
  /** `Entry.type`. */
  readonly type: Type;
  readonly name: string;
  readonly description: string;
  readonly fields: (t: ObjectFields<never>) => FieldMap;
}

/** Declares one type: its `Entry.type`, the name of its object type, its description and its own fields. */
type VariantOf<Payloads> = <Type extends keyof Payloads & string>(
  type: Type,
  name: string,
  description: string,
  fields?: (t: ObjectFields<Payloads[Type]>) => FieldMap,
) => EventVariant<Type>;

/**
 * Declares the events of a topic with several types: an interface that implements Event, an object type for each type
 * of event, and the enum of the types, `<name>Type`, by which subscribers select them:
 *
 *     const uploads = eventVariants<FileEventPayloads>('FileEvent', fileEvents, {
 *       kind: 'FILE',
 *       description: 'An event of an uploaded file.',
 *       typesDescription: 'What producers report about uploaded files.',
 *       fields: (t) => payloadFields(t, { uploadId: id('The upload.') }),
 *       variants: (of) => ({
 *         FILE_VALIDATED: of('fileValidated', 'FileValidated', 'The file was checked.', (t) => ({ … })),
 *       }),
 *     });
 *
 * Returns the options `type`, `topic` and `types` of `eventSubscription`.
 */
export function eventVariants<Payloads extends object>(
  name: string,
  topic: Topic<Payloads[keyof Payloads], 'EVERY'>,
  { fields, variants, typesDescription, ...options }: EventVariants<Payloads>,
) {
  type Payload = Payloads[keyof Payloads];
  const declared = variants((type, variant, description, own = () => ({})) => ({
    type,
    name: variant,
    description,
    fields: own,
  }));
  const names = new Map<string, string>(
    Object.values(declared).map((variant) => [variant.type, variant.name]),
  );
  const typeName = ({ type }: Entry) => names.get(type);
  kinds.set(topic.name, { typeName, kind: options.kind });
  const type: InterfaceRef<GraphTypes, Entry<Payload>> = builder
    .interfaceRef<Entry<Payload>>(name)
    .implement({
      description: options.description,
      interfaces: [Event, Node] as InterfaceRef<GraphTypes, unknown>[],
      resolveType: typeName,
      fields: (t) => fields?.(t) ?? {},
    });
  for (const variant of Object.values(declared))
    eventObject<never>(
      variant.name,
      [type, Event, Node],
      (entry) => entry.topic === topic.name && entry.type === variant.type,
      { ...options, description: variant.description, fields: variant.fields },
    );
  const types = eventEnum(
    `${name}Type`,
    typesDescription,
    Object.fromEntries(
      Object.entries(declared).map(
        ([value, variant]) => [value, [variant.type, variant.description] as const] as const,
      ),
    ),
  );
  return { type, topic, types };
}

/** @param isOfType whether an entry of the log is an event of this object type. */
function eventObject<Payload>(
  name: string,
  interfaces: readonly unknown[],
  isOfType: (entry: Entry) => boolean,
  { description, isVisible, requires = 'read', fields }: EventType<Payload>,
) {
  return builder.objectRef<Entry<Payload>>(name).implement({
    description,
    interfaces: interfaces as InterfaceRef<GraphTypes, unknown>[],
    fields: (t) => ({
      ...nodeFields<Entry<Payload>>(t, name, {
        key: ({ seq }, { journal }) => formatCursor(journal.log.epoch, seq),
        requires,
        load: async (keys, context) => {
          const entries = await eventsAt<Payload>(keys, context);
          return new Map(
            [...entries].filter(([, entry]) => isOfType(entry) && (isVisible?.(entry, context) ?? true)),
          );
        },
      }),
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
