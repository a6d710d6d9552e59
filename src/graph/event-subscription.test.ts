import { expect, test } from 'vitest';
import type { Entry } from '../journal/topic.ts';
import { schema } from '../schema.ts';
import type { GraphContext } from './context.ts';

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
