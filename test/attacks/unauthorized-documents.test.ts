import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { RawClient } from '../_util/clients.ts';

// The work of the server for clients without the rights, and for clients that send many new documents.

const guest = { authorization: 'Bearer guest-token' };
const user = { authorization: 'Bearer user-token' };

let app: TestApp;
beforeAll(async () => {
  const AUTH_TOKENS = 'guest-token:gus:guest,user-token:uma:user'; // there is no role guest
  app = await startTestApp({ AUTH_TOKENS }, { keep: true });
});
afterAll(() => app.stop());

async function codesOf(query: string, headers: Record<string, string>): Promise<unknown[]> {
  const { errors = [] } = await app.graphql(query, {}, headers);
  return errors.map(({ extensions }) => extensions?.['code']);
}

const invalid = '{ host { id nothing(of: "this") { exists } } }';

describe('a document of a viewer without the rights', () => {
  it('is rejected for its rights before it is validated', async () => {
    expect(await codesOf(invalid, guest)).toEqual(['FORBIDDEN']);
    expect(await codesOf(invalid, user)).toEqual(['BAD_REQUEST']);
    expect(await codesOf(invalid, guest)).toEqual(['FORBIDDEN']);
    expect(await codesOf('{ host { hostId } }', guest)).toEqual(['FORBIDDEN']);
    expect(await codesOf('{ host { hostId } }', user)).toEqual([]);
    expect(await codesOf('{ host { hostId } }', guest)).toEqual(['FORBIDDEN']);
  });

  it('must be short where the viewer has no capability, and is executed if it requires none', async () => {
    expect(await codesOf('{ viewer { subject } }', guest)).toEqual([]);
    const long = `{ viewer { ${'subject '.repeat(15)} ${Array.from({ length: 200 }, (_, at) => `a${at}`).join(' ')} } }`;
    expect(await codesOf(long, guest)).toEqual(['FORBIDDEN']);
    expect(await codesOf(long, user)).toEqual(expect.arrayContaining(['BAD_REQUEST']));
  });
});

describe('new documents', () => {
  it('are limited in rate per subject, over HTTP and WebSocket together, and known documents are not', async () => {
    const padding = `#${'x'.repeat(32_000)}\n`;
    const fresh = (index: number): string => `${padding}{ a${index}: viewer { subject } }`;
    const crowd = await Promise.all(Array.from({ length: 40 }, (_, index) => codesOf(fresh(index), user)));
    expect(new Set(crowd.flat())).toEqual(new Set(['OVERLOADED']));
    const served = crowd.findIndex((codes) => codes.length === 0);
    expect(await codesOf(fresh(served), user)).toEqual([]);

    const client = new RawClient(`${app.wsUrl}/graphql`, { headers: user }, ['graphql-transport-ws']);
    await once(client.socket, 'open');
    client.socket.send(JSON.stringify({ type: 'connection_init' }));
    await client.ofType('connection_ack');
    for (let index = 100; index < 140; index++)
      client.socket.send(
        JSON.stringify({ id: `${index}`, type: 'subscribe', payload: { query: fresh(index) } }),
      );
    expect(await client.ofType('error')).toMatchObject({
      payload: [{ extensions: { code: 'OVERLOADED', retryable: true } }],
    });
    expect(await codesOf('{ viewer { subject roleId } }', { authorization: 'Bearer guest-token' })).toEqual(
      [],
    );
  });
});
