import { createHash } from 'node:crypto';
import { builder } from './builder.ts';
import type { GraphContext } from './context.ts';
import { producerEvents, type CommonFields, type ProducerInput, type Report } from './producer-event.ts';
import { rejectField, requirePast } from './reported-values.ts';
import { isReservedId, reservedIdPrefixes } from '../journal/reserved-ids.ts';
import { batchMax, ingest, type Accepted } from './ingest.ts';
import { asInvalidInput, InvalidInput } from './invalid-input.ts';

/** The mutation `publish`. Imported after all domains, because its input type lists the events that they declare. */

const EventInput = builder.inputType('EventInput', {
  description: 'An event that a producer reports. Exactly one field must be given.',
  isOneOf: true,
  fields: (t) =>
    Object.fromEntries(
      [...producerEvents()].map(([name, { input, description }]) => [
        name,
        t.field({ type: input, description }),
      ]),
    ),
});

const AcceptedType = builder.objectRef<Accepted>('AcceptedEvent').implement({
  description: 'A stored event, or a stored value of a metric or a host.',
  fields: (t) => ({
    key: t.exposeID('id', {
      description:
        'Idempotency key of an event: the one that the producer gave, or one that the server generated. Of a metric, the ' +
        '`seriesId` of its series; of a host, its `hostId`.',
    }),
    cursor: t.expose('cursor', {
      type: 'Cursor',
      nullable: true,
      description: 'Position of the event in the log. Null for metrics and hosts, which are not in the log.',
    }),
    duplicate: t.exposeBoolean('duplicate', {
      description: 'Whether an event with this key was stored before. If so, nothing was stored now.',
    }),
  }),
});

const PublishInput = builder.inputType('PublishInput', {
  description: 'A batch of events.',
  fields: (t) => ({
    events: t.field({
      type: [EventInput],
      required: true,
      bounds: { items: [1, batchMax] },
      description: 'The events, in the order in which to store them.',
    }),
  }),
});

builder.mutationField('publish', (t) =>
  t.field({
    type: [AcceptedType],
    requires: 'write',
    description:
      `Reports 1 to ${batchMax} events. All or none are stored: one invalid event rejects the batch with \`InvalidInput\`, ` +
      'which has the `index` of the event, the `field` and what is `allowed`. Returns after the commit, so an acknowledged ' +
      'event is never lost. An event with a `key` that is already stored is accepted and not stored again; the same key with another event is an error.',
    args: { input: t.arg({ type: PublishInput, required: true, description: 'The events to store.' }) },
    errors: {
      types: [InvalidInput],
      dataField: { name: 'accepted', description: 'The stored events, in the order of the batch.' },
      result: {
        description: 'The result of a batch. All events are durable.',
        fields: (r) => ({
          cursor: r.field({
            type: 'Cursor',
            nullable: true,
            description:
              'Position of the last event of the batch in the log. Null for a batch of metrics and hosts only.',
            resolve: (accepted) => lastCursor(accepted),
          }),
        }),
      },
    },
    resolve: async (_root, { input }, context) => {
      const reports = input.events.map((event) => () => reportOf(event, context));
      try {
        return [...(await ingest(context.journal, reports))];
      } catch (error) {
        throw asInvalidInput(error);
      }
    },
  }),
);

function lastCursor(accepted: readonly Accepted[]): string | null {
  return accepted.reduce((last, one) => ((one.seq ?? 0) > (last.seq ?? 0) ? one : last)).cursor;
}

function reportOf(
  event: Readonly<Record<string, ProducerInput | null | undefined>>,
  context: GraphContext,
): Report {
  const [name, input] =
    Object.entries(event).find(([, value]) => value !== null && value !== undefined) ?? [];
  const member = producerEvents().get(name ?? '');
  if (member === undefined || !input) throw new Error('an event without a field passed validation');
  const { key } = input;
  const at = input[member.instant] as Date | null | undefined;
  if (typeof key === 'string' && isReservedId(key))
    rejectField('key', `a key that does not begin with ${reservedIdPrefixes.join(', ')}`);
  requirePast(member.instant, at);
  const common: CommonFields = {
    ...(typeof key === 'string' ? { id: key } : {}),
    occurredAt: (at ?? new Date()).getTime(),
  };
  const report = member.draft(input, common, context);
  return typeof key === 'string' && 'id' in report && report.id === key
    ? { ...report, digest: digestOf(name, input) }
    : report;
}

/** Of an event as its producer gave it, so that a key that is used again for something else is noticed. */
function digestOf(name: string | undefined, { key: _key, ...input }: ProducerInput): string {
  return createHash('sha256')
    .update(JSON.stringify([name, input]))
    .digest('base64url')
    .slice(0, 22);
}
