import { isInputObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { schema } from '../schema.ts';
import type { GraphContext } from './context.ts';
import { producerEvents } from './producer-event.ts';

const member = producerEvents().get('activity');
if (member === undefined) throw new Error('the event was not added');
const input = schema.getType('ActivityInput');
const reported = { title: 'Import', actionType: 'data_import', status: 'completed' };

function draftOf(common: { readonly id?: string }) {
  return member?.draft(reported, { ...common, occurredAt: 7 }, {
    viewer: { subject: 'etl' },
  } as GraphContext);
}

test('a producer event has an input type with an idempotency key and a time besides its own fields', () => {
  const fields = isInputObjectType(input) ? input.getFields() : {};
  expect(Object.keys(fields)).toEqual(expect.arrayContaining(['id', 'at', 'title']));
  expect(fields['at']?.description).toBe('When it was done. Default: now.');
});

test('a producer event is stored under its topic and type, and what was left out is null', () => {
  expect(draftOf({})).toMatchObject({
    topic: { name: 'activity.events' },
    type: 'activityReported',
    key: 'data_import',
    occurredAt: 7,
    payload: { title: 'Import', user: null, durationSeconds: null },
  });
});

test('the id that a producer gives is the id of the event', () => {
  expect(draftOf({ id: 'given' })).toMatchObject({ id: 'given' });
});
