import { expect, test } from 'vitest';
import type { Entry } from '../journal/topic.ts';
import { schema } from '../schema.ts';
import type { GraphContext } from './context.ts';

const field = schema.getSubscriptionType()?.getFields()['jobEvents'];
const fileEvents = schema.getSubscriptionType()?.getFields()['fileEvents']?.extensions.stream;
if (fileEvents?.delivery !== 'EVERY') throw new Error('the field delivers no events');

const context = {} as GraphContext;
const progressed = { topic: 'files.events', key: 'a', type: 'uploadProgressed' } as Entry;
const validated = { ...progressed, type: 'fileValidated' };

test('an event subscription takes a cursor besides its own arguments and says how it delivers', () => {
  expect(field?.args.map(({ name, type }) => `${name}: ${type.toString()}`).toSorted()).toEqual([
    'after: Cursor',
    'jobId: ID',
  ]);
  expect(field?.description).toBe(
    'EVERY. Runs that end, after the cursor `after` or from now on. Needs `read`.',
  );
});

test('an event subscription reads its topic, and of that the types that were asked for', () => {
  expect(fileEvents.topics).toEqual(['files.events']);
  expect(fileEvents.types({})).toBeNull();
});

test('an event subscription delivers entries that match', () => {
  const delivered = (args: object) =>
    [progressed, validated].filter((entry) => fileEvents.matches?.({ ...args }, context)(entry) ?? true);
  expect(delivered({})).toEqual([progressed, validated]);
  expect(delivered({ uploadId: 'a' })).toEqual([progressed, validated]);
  expect(delivered({ uploadId: 'b' })).toEqual([]);
});
