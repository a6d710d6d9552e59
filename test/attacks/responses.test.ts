import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { publishMutation } from '../_util/publish.ts';

// Requests whose answers would be large: what is read for them, and what is written, stops at a bound in bytes.

const responseBytesMax = 65_536;
const publish = publishMutation();
const entry = 'edges { node { id: key title message metadata } }';

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp({ GRAPHQL_MAX_RESPONSE_BYTES: String(responseBytesMax) }, { keep: true });
  const events = Array.from({ length: 40 }, (_, index) => notification(index, 'm'.repeat(4_000)));
  const { errors } = await app.graphql(publish, { events });
  if (errors !== undefined) throw new Error(errors[0]?.message);
});
afterAll(() => app.stop());

function notification(index: number, message: string): object {
  const common = { userId: null, category: 'SYSTEM_ALERT', priority: 'LOW' };
  return {
    notification: {
      ...common,
      key: `n${index}`,
      title: `t${index}`,
      message,
      metadata: { more: 'x'.repeat(4_000) },
    },
  };
}

describe('the size of a response', () => {
  it('is accepted below the limit, and rejected above it with one error and no data', async () => {
    const small = await app.graphql(`{ notifications(first: 6) { ${entry} } }`);
    expect(small.errors).toBeUndefined();
    const large = await app.graphql(`{ notifications(first: 12) { ${entry} } }`);
    expect(large).toEqual({
      errors: [
        expect.objectContaining({
          extensions: { code: 'RESPONSE_TOO_LARGE', bytesMax: responseBytesMax },
        }),
      ],
    });
  });

  it('includes rows read from the database, also where few fields are selected', async () => {
    const { errors } = await app.graphql('{ notifications(first: 40) { edges { node { id: key } } } }');
    expect(errors?.map(({ extensions }) => extensions)).toEqual([
      { code: 'RESPONSE_TOO_LARGE', bytesMax: 2 * responseBytesMax },
    ]);
  });

  it('includes text that many aliases repeat, and characters that JSON escapes', async () => {
    const aliases = Array.from({ length: 30 }, (_, index) => `m${index}: message`).join(' ');
    const repeated = await app.graphql(`{ notifications(first: 1) { edges { node { ${aliases} } } } }`);
    expect(repeated.errors?.[0]?.extensions?.['code']).toBe('RESPONSE_TOO_LARGE');
    const events = [notification(100, '\u0001'.repeat(4_000))]; // six characters each in JSON
    await app.graphql(publish, { events });
    const four = Array.from({ length: 4 }, (_, index) => `m${index}: message`).join(' ');
    const escaped = await app.graphql(`{ notifications(first: 1) { edges { node { ${four} } } } }`);
    expect(escaped.errors?.[0]?.extensions?.['code']).toBe('RESPONSE_TOO_LARGE');
  });

  it('is limited for each result of a subscription, which continues', async () => {
    const client = createClient({ url: `${app.wsUrl}/graphql`, webSocketImpl: WebSocket, lazy: false });
    const aliases = Array.from({ length: 30 }, (_, index) => `m${index}: message`).join(' ');
    const results = client.iterate({ query: `subscription { notificationEvents { title ${aliases} } }` });
    const next = results.next();
    await expect
      .poll(async () => {
        const { data } = await app.graphql<{ subscriptions: { subscriberCount: number } }>(
          '{ subscriptions { subscriberCount } }',
        );
        return data.subscriptions.subscriberCount;
      })
      .toBe(1);
    await app.graphql(publish, {
      events: [notification(201, 'm'.repeat(4_000)), notification(202, 'short')],
    });
    expect((await next).value).toEqual({
      data: null,
      errors: [
        expect.objectContaining({ extensions: { code: 'RESPONSE_TOO_LARGE', bytesMax: responseBytesMax } }),
      ],
    });
    expect((await results.next()).value).toMatchObject({ data: { notificationEvents: { title: 't202' } } });
    await client.dispose();
  });

  it('does not delay publishing while many large responses are requested', async () => {
    const aliases = Array.from(
      { length: 9 },
      (_, index) => `a${index}: notifications(first: 100) { ${entry} }`,
    );
    const asked = Array.from({ length: 8 }, () => app.graphql(`{ ${aliases.join(' ')} }`));
    const published = await app.graphql(publish, { events: [notification(300, 'in between')] });
    expect(published.errors).toBeUndefined();
    for (const { errors } of await Promise.all(asked))
      expect(errors?.map(({ extensions }) => extensions?.['code'])).toEqual(['RESPONSE_TOO_LARGE']);
  });
});
