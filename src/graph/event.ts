import type { Entry, PayloadOf, Topic } from '../journal/topic.ts';
import { formatCursor } from '../journal/cursor.ts';
import { builder } from './builder.ts';

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

/**
 * The object type of a topic's entries, a member of the interface Event.
 * @param options.kind what the firehose calls them; null for what not everybody may see, which it leaves out.
 * @param options.idPrefix ids are this and the position, for feeds that promise such ids; default: the event's own id.
 */
export function eventRef<T extends Topic<unknown, 'EVERY'>>(
  name: string,
  topic: T,
  options: { kind: string | null; idPrefix?: string },
) {
  kinds.set(topic.name, { typeName: name, kind: options.kind });
  if (options.idPrefix !== undefined) idPrefixes.set(topic.name, options.idPrefix);
  return builder.objectRef<Entry<PayloadOf<T>>>(name);
}

/** Every kind of event with its topic, for the enum and the filter of the firehose. */
export function eventKinds(): ReadonlyMap<string, string> {
  return new Map([...kinds].flatMap(([topic, { kind }]) => (kind === null ? [] : [[kind, topic] as const])));
}
