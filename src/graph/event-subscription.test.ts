import { expect, test } from 'vitest';
import type { Entry } from '../journal/topic.ts';
import { schema } from '../schema.ts';
import type { GraphContext } from './context.ts';
import { batchesOf } from './event-subscription.ts';

const field = schema.getSubscriptionType()?.getFields()['jobEvents'];
const fileEvents = schema.getSubscriptionType()?.getFields()['fileEvents']?.extensions.stream;
if (fileEvents?.delivery !== 'EVERY') throw new Error('fileEvents is not an event subscription');

const context = {} as GraphContext;
const progressed = { topic: 'files.events', key: 'a', type: 'uploadProgressed' } as Entry;
const validated = { ...progressed, type: 'fileValidated' };

test('an event subscription has the argument `after` besides its own, and describes how it delivers', () => {
  expect(field?.args.map(({ name, type }) => `${name}: ${type.toString()}`).toSorted()).toEqual([
    'after: Cursor',
    'jobId: ID',
    'types: [JobEventType!]',
  ]);
  expect(field?.description).toEqual(
    expect.stringMatching(
      /^EVERY\. .*\. Sends each event once and in order, after the cursor `after`, .* Requires `read`\.$/,
    ),
  );
});

test('every event subscription has a sibling that sends the same events in lists', () => {
  const fields = Object.values(schema.getSubscriptionType()?.getFields() ?? {});
  const every = fields.filter(({ extensions }) => extensions.stream?.delivery === 'EVERY');
  const isList = ({ name }: { readonly name: string }): boolean => name.endsWith('Batches');
  expect(every.filter(isList)).toHaveLength(every.length / 2);
  for (const single of every.filter((one) => !isList(one))) {
    const sibling = every.find(({ name }) => name === batchesOf(single.name));
    expect([single.name, String(sibling?.type), sibling?.extensions.rules]).toEqual([
      single.name,
      `[${String(single.type)}]!`,
      single.extensions.rules,
    ]);
    const argsOf = (one: typeof single): string[] =>
      one.args.map(({ name, type }) => `${name}: ${String(type)}`).toSorted();
    expect(sibling && argsOf(sibling)).toEqual([...argsOf(single), 'max: Int'].toSorted());
  }
});

test('an event subscription reads its topic, and all types by default', () => {
  expect(fileEvents.topics).toEqual(['files.events']);
  expect(fileEvents.types({})).toBeNull();
});

test('an event subscription delivers the entries with the requested key', () => {
  const delivered = (args: object) =>
    [progressed, validated].filter((entry) => fileEvents.matches?.({ ...args }, context)(entry) ?? true);
  expect(delivered({})).toEqual([progressed, validated]);
  expect(delivered({ uploadId: 'a' })).toEqual([progressed, validated]);
  expect(delivered({ uploadId: 'b' })).toEqual([]);
});
