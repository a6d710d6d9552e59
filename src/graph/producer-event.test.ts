import { isInputObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { schema } from '../schema.ts';
import type { GraphContext } from './context.ts';
import { producerEvents } from './producer-event.ts';

const member = producerEvents().get('activity');
if (member === undefined) throw new Error('the event is not declared');
const input = schema.getType('ActivityInput');
const reported = { title: 'Import', actionType: 'data_import', status: 'completed' };

function draftOf(common: { readonly id?: string }) {
  return member?.draft(reported, { ...common, occurredAt: 7 }, {
    viewer: { subject: 'etl' },
  } as GraphContext);
}

test('the input type of a producer event has the fields key and occurredAt besides its own', () => {
  const fields = isInputObjectType(input) ? input.getFields() : {};
  expect(Object.keys(fields)).toEqual(expect.arrayContaining(['key', 'occurredAt', 'title']));
  expect(fields['occurredAt']?.description).toMatch(/ Default: now\.$/);
});

test('a producer event is stored with its topic and type, and absent fields are null', () => {
  expect(draftOf({})).toMatchObject({
    topic: { name: 'activity.events' },
    type: 'activityReported',
    key: 'data_import',
    occurredAt: 7,
    payload: { title: 'Import', user: null, durationSeconds: null },
  });
});

test('an event has the id that its producer gave', () => {
  expect(draftOf({ id: 'given' })).toMatchObject({ id: 'given' });
});
