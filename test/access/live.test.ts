import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestApp } from '../_util/app.ts';
import { graphqlClient, RawClient } from '../_util/clients.ts';
import { publishMutation } from '../_util/publish.ts';
import {
  adminKey,
  asAdmin,
  audited,
  bearing,
  change,
  createToken,
  hear,
  jwtOf,
  startGuarded,
  type Heard,
} from './_access.ts';

/** Within this time every change has to have reached whatever is open. */
const reachMs = 1_000;

async function soon<Value>(coming: Promise<Value>): Promise<Value> {
  const late = delay(reachMs, undefined, { ref: false }).then(() => {
    throw new Error(`nothing came within ${reachMs} ms`);
  });
  return Promise.race([coming, late]);
}

/** Reports an event to the subscribers of the audit log. @returns its cursor. */
async function happen(app: TestApp, marker: string): Promise<string> {
  const { data, errors } = await app.graphql<{ publish: { cursor: string } }>(
    publishMutation(),
    { events: [{ auditEvent: { eventType: 'note', actorId: 'ada', action: marker, status: 'success' } }] },
    asAdmin,
  );
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data.publish.cursor;
}

const notes = `subscription ($after: Cursor) {
  auditEvents(after: $after, filter: { eventTypes: ["note"] }) { action }
}`;

/** A subscription that is there and has had its first result. */
async function follow(app: TestApp, client: Client): Promise<Heard> {
  const after = await happen(app, 'before');
  const heard = hear(client, notes, { after });
  await happen(app, 'first');
  expect(await heard.result(1)).toEqual({ auditEvents: { action: 'first' } });
  return heard;
}

describe('an open subscription', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startGuarded({}, true);
  });

  afterAll(() => app.stop());

  /** The entries of what ended for this subject. */
  const endedFor = async (subject: string) =>
    (await audited(app, 'access_ended')).filter(({ actorId }) => actorId === subject);

  function connect(token: string, on = app) {
    const closed: { code: number; reason: string }[] = [];
    const client = graphqlClient(on.wsUrl, {
      connectionParams: { authorization: `Bearer ${token}` },
      retryAttempts: 0,
      lazyCloseTimeout: 60_000,
      on: { closed: (event) => void closed.push(event as { code: number; reason: string }) },
    });
    return { client, closed };
  }

  it('ends with an error when its token is revoked, and the connection with 4403', async () => {
    const { id, secret } = await createToken(app, { subject: 'rita' });
    const { client, closed } = connect(secret);
    const heard = await follow(app, client);
    await change(app, `revokeToken(input: { tokenId: "${id}" })`);
    expect(await soon(heard.ended)).toMatchObject([
      {
        message: 'The credential is revoked.',
        extensions: { code: 'AUTHENTICATION_FAILED', ended: 'revoked' },
      },
    ]);
    await expect.poll(() => closed).toMatchObject([{ code: 4403, reason: 'The credential is revoked.' }]);
    await expect
      .poll(() => endedFor('rita'))
      .toMatchObject([
        {
          actorId: 'rita',
          role: 'user',
          action: 'credential revoked',
          details: expect.stringContaining('auditEvents'),
        },
      ]);
    const again = connect(secret);
    expect(await hear(again.client, notes).ended).toMatchObject({ code: 4403 });
  });

  it('ends when its JWT expires', async () => {
    const { client, closed } = connect(await jwtOf('uma', { expiresInMs: 1_500 }));
    const heard = await follow(app, client);
    expect(await heard.ended).toMatchObject([
      {
        message: 'The credential is expired.',
        extensions: { code: 'AUTHENTICATION_FAILED', ended: 'expired' },
      },
    ]);
    await expect.poll(() => closed).toMatchObject([{ code: 4403 }]);
  });

  it('ends when all credentials of its subject are revoked, and those of other subjects continue', async () => {
    const bob = await follow(app, connect(await jwtOf('bob')).client);
    const vera = await follow(app, connect(await jwtOf('vera')).client);
    await bob.result(3);
    await change(app, `revokeTokens(input: { subject: "vera" })`);
    expect(await soon(vera.ended)).toMatchObject([{ extensions: { ended: 'revoked' } }]);
    await happen(app, 'third');
    expect(await bob.result(4)).toEqual({ auditEvents: { action: 'third' } });
  });

  it('continues without a gap when a capability that it does not require is removed, and ends when one that it requires is', async () => {
    await change(app, `upsertRole(input: { roleId: "watcher", capabilities: ["read", "write"] })`);
    const { client, closed } = connect(await jwtOf('wen', { role: 'watcher' }));
    const heard = await follow(app, client);
    await change(app, `upsertRole(input: { roleId: "watcher", capabilities: ["read"] })`);
    await happen(app, 'second');
    await heard.result(2);
    await change(app, `upsertRole(input: { roleId: "watcher", capabilities: [] })`);
    expect(await soon(heard.ended)).toMatchObject([
      { message: 'This needs the capability read.', extensions: { code: 'FORBIDDEN', requires: ['read'] } },
    ]);
    expect(heard.results.slice(1)).toEqual([{ auditEvents: { action: 'second' } }]);
    expect(closed).toEqual([]); // who they are has not changed
    await expect
      .poll(() => endedFor('wen'))
      .toMatchObject([{ actorId: 'wen', action: 'lost access', details: 'auditEvents' }]);
  });

  it('loses the rights of a membership that is removed, and regains them with the membership', async () => {
    const { client } = connect(await jwtOf('ned', { role: 'nothing' }));
    expect(await hear(client, notes).ended).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    await change(app, `assignRole(input: { roleId: "user", subject: "ned" })`);
    await expect.poll(() => allowed(client)).toBe(true);
    const heard = await follow(app, client);
    await change(app, `revokeRole(input: { roleId: "user", subject: "ned" })`);
    expect(await soon(heard.ended)).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  it('continues after the expiry of a renewed token, and misses or repeats no event', async () => {
    const { client, closed } = connect(await jwtOf('uma', { expiresInMs: 2_000 }));
    const heard = await follow(app, client);
    const { credential } = await renew(client, await jwtOf('uma', { expiresInMs: 60_000 }));
    expect(Date.parse(credential?.expiresAt ?? '') - Date.now()).toBeGreaterThan(50_000);
    const markers: string[] = [];
    const until = Date.now() + 3_200; // beyond the end of the first token
    while (Date.now() < until) {
      const marker = `n${markers.length}`;
      markers.push(marker);
      await happen(app, marker);
      await delay(100);
    }
    await heard.result(1 + markers.length);
    expect(
      heard.results.slice(1).map(({ auditEvents }) => (auditEvents as { action: string }).action),
    ).toEqual(markers);
    expect(closed).toEqual([]);
  });

  it('is not renewed by an invalid token, by a token of another subject, or over HTTP', async () => {
    const own = await startGuarded(); // the number of audited failures per address is limited
    const { client } = connect(await jwtOf('uma'), own);
    await follow(own, client);
    const rejected = { __typename: 'CredentialRejected' };
    expect(await renew(client, 'wrong')).toMatchObject({ ...rejected, code: 'AUTHENTICATION_FAILED' });
    expect(await renew(client, adminKey)).toMatchObject({ ...rejected, code: 'FORBIDDEN' });
    const { errors } = await own.graphql(renewal, { token: await jwtOf('uma') }, bearing(await jwtOf('uma')));
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    await expect.poll(async () => (await audited(own, 'authentication_failed')).length).toBe(2);
  });

  it('does not start with a credential that ended between the handshake and the first message', async () => {
    const { id, secret } = await createToken(app, { subject: 'uma' });
    const socket = new RawClient(`${app.wsUrl}/graphql`, { headers: bearing(secret) }, [
      'graphql-transport-ws',
    ]);
    await socket.opened();
    await change(app, `revokeToken(input: { tokenId: "${id}" })`);
    const status = async () => (await fetch(`${app.url}/auth/session`, { headers: bearing(secret) })).status;
    await expect.poll(status).toBe(401);
    socket.send({ type: 'connection_init' });
    expect(await socket.closed).toMatchObject({ code: 4403 });
  });

  it('ends over server-sent events with an error as its last result', async () => {
    const { id, secret } = await createToken(app, { subject: 'uma' });
    const response = await fetch(`${app.url}/graphql?query=${encodeURIComponent(notes)}`, {
      headers: { accept: 'text/event-stream', ...bearing(secret) },
    });
    expect(response.status).toBe(200);
    await change(app, `revokeToken(input: { tokenId: "${id}" })`);
    const text = await soon(response.text());
    expect(text).toContain('"ended":"revoked"');
    expect(text.trimEnd().endsWith('event: complete\ndata:') || text.includes('event: complete')).toBe(true);
  });

  it('ends as a multipart response with an error as its last part', async () => {
    const { id, secret } = await createToken(app, { subject: 'uma' });
    const response = await fetch(`${app.url}/graphql`, {
      method: 'POST',
      body: JSON.stringify({ query: notes }),
      headers: {
        accept: 'multipart/mixed;subscriptionSpec=1.0',
        'content-type': 'application/json',
        ...bearing(secret),
      },
    });
    expect(response.status).toBe(200);
    await change(app, `revokeToken(input: { tokenId: "${id}" })`);
    const text = await soon(response.text());
    expect(text).toMatch(/\{"payload":null,"errors":\[.*"ended":"revoked".*\]\}\r\n--graphql--\r\n$/);
  });

  it('ends as an old feed with an error in the protocol of the feed', async () => {
    const { id, secret } = await createToken(app, { subject: 'uma' });
    const feed = await new RawClient(`${app.wsUrl}/ws/system?api_key=${secret}`).opened();
    await feed.next();
    await change(app, `revokeToken(input: { tokenId: "${id}" })`);
    expect(await soon(feed.next(({ type }) => type === 'error'))).toMatchObject({ type: 'error' });
    expect(await feed.closed).toMatchObject({ code: 1008 });
  });

  it('ends as an ArchMesh socket with 4401', async () => {
    const { id, secret } = await createToken(app, { subject: 'uma' });
    const mesh = await new RawClient(`${app.wsUrl}/ws?token=${secret}`).opened();
    mesh.send({ type: 'ping', id: '1', timestamp: new Date().toISOString(), data: {} });
    await mesh.next();
    await change(app, `revokeToken(input: { tokenId: "${id}" })`);
    expect(await soon(mesh.closed)).toMatchObject({ code: 4401 });
  });
});

async function allowed(client: Client): Promise<boolean> {
  for await (const { errors } of client.iterate({ query: '{ roles { id: roleId } }' }))
    return errors === undefined;
  return false;
}

interface Renewal {
  readonly credential?: { readonly expiresAt: string };
  readonly code?: string;
}

const renewal = `mutation ($token: String!) {
  renewToken(input: { token: $token }) {
    __typename
    ... on RenewTokenSuccess { credential { expiresAt } }
    ... on Failure { code message }
  }
}`;

async function renew(client: Client, token: string): Promise<Renewal> {
  for await (const { data, errors } of client.iterate<{ renewToken: Renewal }>({
    query: renewal,
    variables: { token },
  })) {
    if (errors !== undefined || !data) throw errors ?? new Error('no data');
    return data.renewToken;
  }
  throw new Error('no answer');
}
