import { builder } from './builder.ts';
import type { GraphContext } from './context.ts';
import { producerEvents, type GivenFields, type Report, type Reported } from './producer-event.ts';
import { refuse, requirePast } from './reported-values.ts';
import { isOwnId, ownIdPrefixes } from '../journal/own-ids.ts';
import { batchMax, ingest, type Accepted } from './ingest.ts';

/** The mutation `publish`, built from the members that the domains have added. Imported after all of them. */

const EventInput = builder.inputType('EventInput', {
  description: 'An event that a producer reports: exactly one of the members.',
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
  description: 'A reported event or value that is stored.',
  fields: (t) => ({
    id: t.exposeID('id', {
      description:
        'Of an event: its idempotency key, as given or made by the server. Of a metric: the id of its series.',
    }),
    cursor: t.expose('cursor', {
      type: 'Cursor',
      nullable: true,
      description: 'Position of the event in the log. Null for a metric, which is not in the log.',
    }),
    duplicate: t.exposeBoolean('duplicate', { description: 'It was stored before; nothing was stored now.' }),
  }),
});

const PublishResult = builder.objectRef<readonly Accepted[]>('PublishResult').implement({
  description: 'What became of a batch. All of it is durable.',
  fields: (t) => ({
    accepted: t.field({
      type: [AcceptedType],
      description: 'One per event, in their order.',
      resolve: (receipts) => [...receipts],
    }),
    cursor: t.field({
      type: 'Cursor',
      nullable: true,
      description: 'Position of the last event of the batch in the log. Null for a batch of metrics only.',
      resolve: (receipts) =>
        receipts.reduce((last, one) => ((one.seq ?? 0) > (last.seq ?? 0) ? one : last)).cursor,
    }),
  }),
});

builder.mutationField('publish', (t) =>
  t.field({
    type: PublishResult,
    requires: 'write',
    description:
      `Reports 1 to ${batchMax} events. All or nothing: an event that is not allowed refuses the whole batch with an ` +
      'error whose extensions name its `index`, the `field` and what is `allowed`. The answer comes after the commit: an ' +
      'acknowledged event is never lost. A repeated `id` is accepted and stored once.',
    args: {
      events: t.arg({
        type: [EventInput],
        required: true,
        bounds: { items: [1, batchMax] },
        description: 'The events.',
      }),
    },
    resolve: (_root, { events }, context) =>
      ingest(
        context.journal,
        events.map((event) => () => reportOf(event, context)),
      ),
  }),
);

function reportOf(
  event: Readonly<Record<string, GivenFields | null | undefined>>,
  context: GraphContext,
): Report {
  const [name, fields] =
    Object.entries(event).find(([, value]) => value !== null && value !== undefined) ?? [];
  const member = producerEvents().get(name ?? '');
  if (member === undefined || !fields) throw new Error('an event without a member passed validation');
  const { id, at } = fields;
  if (typeof id === 'string' && isOwnId(id))
    refuse('id', `a key that does not begin with ${ownIdPrefixes.join(', ')}`);
  requirePast('at', at);
  const common: Reported = {
    ...(typeof id === 'string' ? { id } : {}),
    occurredAt: (at ?? new Date()).getTime(),
  };
  return member.draft(fields, common, context);
}
