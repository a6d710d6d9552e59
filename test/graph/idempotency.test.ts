import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { publishMutation } from '../_util/publish.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ FEATURE_SYSTEM_MONITORING: 'false' }, { keep: true });
});
afterAll(() => app.stop());

const publish = publishMutation('accepted { key cursor duplicate }');

const event = (key: string, message: string, more: object = {}): object => ({
  event: { key, type: 'deploy.finished', message, ...more },
});

async function report(...events: object[]): Promise<Record<string, unknown>> {
  const { data, errors } = await app.graphql<{ publish: Record<string, unknown> }>(publish, { events });
  expect(errors).toBeUndefined();
  return data.publish;
}

async function messages(): Promise<string[]> {
  const { data } = await app.graphql<{ customEvents: { edges: { node: { message: string } }[] } }>(
    '{ customEvents { edges { node { message } } } }',
  );
  return data.customEvents.edges.map(({ node }) => node.message);
}

describe('an idempotency key', () => {
  it('that is sent again with the same event is a duplicate, also with the fields in another order', async () => {
    const at = '2026-01-02T03:04:05.678Z';
    await report(event('same', 'same', { occurredAt: at, subject: 'web' }));
    const again = await report({
      event: { subject: 'web', occurredAt: at, message: 'same', type: 'deploy.finished', key: 'same' },
    });
    expect(again).toMatchObject({ accepted: [{ key: 'same', duplicate: true }] });
    expect((await messages()).filter((message) => message === 'same')).toHaveLength(1);
  });

  it.each([
    ['another content', event('used', 'other')],
    ['another kind of event', { activity: { key: 'used', title: 't', actionType: 'a', status: 's' } }],
  ])(
    'that is sent again with %s is rejected with the whole batch, and the error has the index',
    async (_, other) => {
      await report(event('used', 'first'));
      expect(await report(event('new', 'never stored'), other)).toMatchObject({
        field: 'key',
        index: 1,
      });
      expect(await messages()).not.toContain('never stored');
      expect(await messages()).not.toContain('other');
    },
  );

  it('that is used twice in a batch for different events is rejected', async () => {
    expect(await report(event('twice', 'one'), event('twice', 'two'))).toMatchObject({ index: 1 });
    expect(await messages()).not.toContain('one');
  });

  it('that is used again in a batch with metrics is rejected, and the metrics are not stored', async () => {
    await report(event('mixed', 'first of all'));
    const metric = { metric: { name: 'rejected.metric', value: 1 } };
    expect(await report(metric, event('mixed', 'second'))).toMatchObject({ field: 'key', index: 1 });
    const { data } = await app.graphql('{ metrics(filter: { names: ["rejected.metric"] }) { totalCount } }');
    expect(data).toEqual({ metrics: { totalCount: 0 } });
  });

  it('that two clients use at the same time for different events is accepted from one of them', async () => {
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, index) => report(event('raced', `raced ${index}`))),
    );
    expect(results.filter(({ accepted }) => accepted !== undefined)).toHaveLength(1);
    expect(results.filter(({ field }) => field === 'key')).toHaveLength(19);
    expect((await messages()).filter((message) => message.startsWith('raced'))).toHaveLength(1);
  });
});
