import { isObjectType } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { schema } from '../../src/schema.ts';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { graphqlClient } from '../_util/clients.ts';
import { publishMutation } from '../_util/publish.ts';

interface Page {
  readonly customEvents: {
    readonly liveCursor: string;
    readonly edges: readonly { readonly node: { readonly message: string } }[];
  };
}

let app: TestApp;
/** Another instance, which shares the database. */
let other: TestApp;

beforeAll(async () => {
  app = await startTestApp({}, { keep: true });
  other = await startTestApp({}, { database: app.database, keep: true });
});

afterAll(async () => {
  await other.stop();
  await app.stop();
});

const document = '{ customEvents(first: 1000) { liveCursor edges { node { message } } } }';

async function report(at: TestApp, message: string): Promise<void> {
  const mutation = publishMutation();
  const events = [{ event: { type: 'test.counted', message } }];
  expect(await at.graphql(mutation, { events })).not.toHaveProperty('errors');
}

/** What a subscription after the cursor sends, until `last`. */
async function follow(at: TestApp, after: string, last: string): Promise<string[]> {
  const client = graphqlClient(at.wsUrl);
  const query = 'subscription ($after: Cursor!) { customEvents(after: $after) { message } }';
  const messages: string[] = [];
  for await (const { data } of client.iterate<{ customEvents: { message: string } }>({
    query,
    variables: { after },
  })) {
    messages.push(data?.customEvents.message ?? '');
    if (messages.at(-1) === last) break;
  }
  return messages;
}

it('a page and the subscription after its `liveCursor` contain each event once, while others write', async () => {
  const writers = 4;
  const perWriter = 60;
  let writing = true;
  const written = Promise.all(
    Array.from({ length: writers }, async (_, writer) => {
      for (let count = 0; count < perWriter; count++)
        await report(writer % 2 === 0 ? app : other, `${writer}.${count}`);
    }),
  ).finally(() => (writing = false));

  const seen: Promise<readonly [page: string[], live: string[]]>[] = [];
  for (let round = 0; writing && round < 12; round++) {
    const at = round % 2 === 0 ? other : app;
    const { data } = await at.graphql<Page>(document);
    const { liveCursor, edges } = data.customEvents;
    const page = edges.map(({ node }) => node.message);
    seen.push(follow(at, liveCursor, 'last').then((live) => [page, live]));
  }
  await written;
  await report(app, 'last');

  const all = Array.from({ length: writers * perWriter }, (_, index) => {
    return `${Math.floor(index / perWriter)}.${index % perWriter}`;
  });
  const results = await Promise.all(seen);
  expect(results.some(([page, live]) => page.length > 0 && live.length > 1)).toBe(true);
  for (const [page, live] of results) expect([...page, ...live].sort()).toEqual([...all, 'last'].sort());
});

it('the pages of members, tokens and webhooks are followed by the audit log', async () => {
  const { data } = await app.graphql<{
    role: { members: { liveCursor: string } };
    tokens: { liveCursor: string };
    webhooks: { liveCursor: string };
  }>('{ role(roleId: "admin") { members { liveCursor } } tokens { liveCursor } webhooks { liveCursor } }');
  const changes = [
    'assignRole(input: { roleId: "admin", subject: "ann" })',
    'createToken(input: { subject: "ann" })',
    'createWebhook(input: { name: "a", url: "https://example.com" })',
  ];
  for (const change of changes)
    expect((await other.graphql(`mutation { ${change} { __typename } }`)).errors).toBeUndefined();
  for (const { liveCursor } of [data.role.members, data.tokens, data.webhooks]) {
    const events = graphqlClient(app.wsUrl).iterate<{ auditEvents: { eventType: string } }>({
      query: `subscription { auditEvents(after: "${liveCursor}") { eventType } }`,
    });
    const types: string[] = [];
    for await (const { data: event } of events)
      if (types.push(event?.auditEvents.eventType ?? '') === changes.length) break;
    expect(types).toEqual(['role_assignment', 'token_created', 'webhook_created']);
  }
});

it('a page of an empty list has a `liveCursor`', async () => {
  const { data } = await app.graphql<{ jobRuns: { liveCursor: string } }>(
    '{ jobRuns(filter: { jobId: "unknown" }) { liveCursor edges { cursor } } }',
  );
  expect(data.jobRuns).toEqual({ liveCursor: expect.stringMatching(/^[0-9a-z]+_[0-9a-z]+$/), edges: [] });
});

it('every list with a `liveCursor` names a subscription that takes it', () => {
  const subscriptions = schema.getSubscriptionType()?.getFields() ?? {};
  const followed = Object.values(schema.getTypeMap()).flatMap((type) => {
    const field =
      isObjectType(type) && type !== schema.getQueryType() ? type.getFields()['liveCursor'] : undefined;
    return field === undefined ? [] : [[type.name, field.extensions.followedBy ?? ''] as const];
  });
  expect(followed.length).toBeGreaterThan(10);
  for (const [list, subscription] of followed)
    expect([list, subscriptions[subscription]?.args.some(({ name }) => name === 'after')]).toEqual([
      list,
      true,
    ]);
});
