import { randomUUID } from 'node:crypto';
import {
  getNamedType,
  graphql,
  GraphQLList,
  GraphQLObjectType,
  GraphQLSchema,
  isInterfaceType,
  isObjectType,
  type GraphQLField,
  type GraphQLInterfaceType,
} from 'graphql';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { openDatabase, type DatabaseHandle } from '../../src/db/database.ts';
import type { GraphContext } from '../../src/graph/context.ts';
import type { Requirement } from '../../src/graph/rules.ts';
import { Demand } from '../../src/journal/demand.ts';
import { Gauges } from '../../src/journal/gauges.ts';
import { silentLog } from '../../src/log/log.ts';
import { schema } from '../../src/schema.ts';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { graphqlClient } from '../_util/clients.ts';
import { createTestDatabase, type TestDatabase } from '../_util/database.ts';
import { showStatements } from '../_util/statements.ts';

/** Every link of the schema, with the type that has it. */
const links = Object.values(schema.getTypeMap())
  .filter((type) => isObjectType(type) || isInterfaceType(type))
  .flatMap((type) =>
    Object.values(type.getFields())
      .filter(({ extensions }) => extensions.link !== undefined)
      .map((field) => ({ type, field, name: `${type.name}.${field.name}` })),
  );

function isEvent(type: GraphQLObjectType | GraphQLInterfaceType): boolean {
  return type.name === 'Event' || type.getInterfaces().some(({ name }) => name === 'Event');
}

const idNames =
  'agentId alertId annotationId decisionId hostId interventionId jobId modelId provider role runId server transferId uploadId workflowId'.split(
    ' ',
  );

function ids(n: number): Readonly<Record<string, string>> {
  return Object.fromEntries(idNames.map((name) => [name, `${name}${n}`]));
}

/** An entry of the log with the ids that links of events read. */
const entry = (n: number, typeName: string): object => ({
  topic: '',
  type: typeName === 'ActivityEvent' ? 'activityReported' : 'decisionMade',
  key: `key${n}`,
  id: `e${n}`,
  seq: n,
  occurredAt: 0,
  recordedAt: 0,
  payload: {
    ...ids(n),
    id: `a${n}`,
    alert: { id: `a${n}` },
    rule: { ruleId: `r${n}` },
    silence: { silenceId: `s${n}` },
  },
});

/** What the resolvers of links read of an object that is no event, for the n-th object. */
const parents: Readonly<Record<string, (n: number) => object>> = {
  Agent: (n) => ({ agentId: `agent${n}` }),
  Alert: (n) => ({
    agentId: `agent${n}`,
    provider: n % 2 === 0 ? `provider${n}` : null,
    alertType: 'high_cpu',
    seq: n,
    source: 'alert_engine',
    subject: `host${n}`,
    silencedBy: `s${n}`,
  }),
  AlertRule: (n) => ({ ruleId: `r${n}` }),
  Annotation: (n) => ({
    annotationId: `a${n}`,
    agentId: `agent${n}`,
    provider: `provider${n}`,
    hostId: `host${n}`,
    modelId: `m${n}`,
    metricName: `metric${n}`,
  }),
  Decision: (n) => ({ agentId: `agent${n}`, decisionId: `d${n}`, seq: n }),
  DeployedModel: (n) => ({ modelId: `m${n}` }),
  FailuresByProvider: (n) => ({ provider: `provider${n}` }),
  Gpu: (n) => ({ hostId: `host${n}`, sampledAt: 0, gpu: { index: 0 } }),
  GpuMetrics: (n) => ({ hostId: `host${n}` }),
  Host: (n) => ({ hostId: `host${n}` }),
  Intervention: (n) => ({ agentId: `agent${n}` }),
  Job: (n) => ({ id: `job${n}`, currentRunId: `run${n}` }),
  JobRun: (n) => ({ runId: `run${n}`, jobId: `job${n}`, seq: n }),
  Metric: (n) => ({ id: randomUUID(), name: `metric${n}` }),
  Model: (n) => ({ modelId: `server${n}:m`, server: `server${n}` }),
  ModelServer: (n) => ({ server: `server${n}` }),
  Permission: (n) => ({ sourceRoleId: `role${n}` }),
  Provider: (n) => ({ name: `provider${n}` }),
  RateLimit: (n) => ({ provider: `provider${n}` }),
  RenewedCredential: (n) => ({ role: `role${n}` }),
  Role: (n) => ({ roleId: `role${n}`, parentRole: null }),
  RoleMember: (n) => ({ roleId: `role${n}` }),
  ServerConfig: (n) => ({ hostId: `host${n}` }),
  Silence: (n) => ({ silenceId: `s${n}` }),
  Instance: (n) => ({ instanceId: `instance${n}`, hostId: `host${n}`, state: 'READY', leases: [] }),
  SystemMetrics: (n) => ({ hostId: `host${n}` }),
  Token: (n) => ({ id: `tok_${n}`, role: `role${n}`, parentId: `tok_${n + 1}` }),
  Transfer: (n) => ({ id: `transfer${n}` }),
  TrainingRun: (n) => ({ runId: `t${n}`, modelId: `m${n}` }),
  Upload: (n) => ({ uploadId: `u${n}` }),
  Viewer: (n) => ({ role: `role${n}`, credential: { id: `tok_${n}` } }),
  Webhook: (n) => ({ webhookId: `w${n}` }),
  WebhookDelivery: (n) => ({ webhookId: `w${n}`, alertId: `a${n}` }),
  Workflow: (n) => ({ workflowId: `w${n}` }),
};

let home: TestDatabase;
let database: DatabaseHandle;
const statements: string[] = [];

beforeAll(async () => {
  home = await createTestDatabase();
  database = openDatabase({ connection: home.connection, log: silentLog });
  showStatements(database.pool, (text) => statements.push(text));
  const at = `timestamptz '2026-01-01' + n * interval '1 second'`;
  await database.pool.query(`
    insert into decisions (decision_id, seq, agent_id, action_type, parameters, expected_outcome, occurred_at, recorded_at)
      select 'd' || n, n, 'agent' || n % 100, '', '{}', '{}', ${at}, ${at} from generate_series(0, 999) as n;
    insert into deployed_models (model_id, operational_status, prediction_count, timed_predictions, response_time_sum_ms)
      select 'm' || n, 'ACTIVE', 0, 0, 0 from generate_series(0, 99) as n;
    insert into training_runs (run_id, model_id, state, started_at, updated_at, recorded_at)
      select 't' || n, 'm' || n % 100, 'RUNNING', ${at}, ${at}, ${at} from generate_series(0, 999) as n`);
});

afterAll(async () => {
  await database[Symbol.asyncDispose]();
  await home.drop();
});

function context(): GraphContext {
  const serverInfo = {
    hostId: 'host1',
    hosts: { offlineAfterMs: 30_000 },
    agents: { ids: [], staleAfterMs: 1_000 },
    jobs: { known: Array.from({ length: 100 }, (_, n) => ({ id: `job${n}`, name: '', trigger: '' })) },
  };
  const journal = { gauges: new Gauges(), demand: new Demand(), log: { epoch: randomUUID() } };
  const viewer = { subject: 'ann' };
  return { db: database.kysely, journal, serverInfo, viewer } as unknown as GraphContext;
}

/** Executes a selection for several objects of a type. */
async function forAll(type: GraphQLObjectType, count: number, selection: string) {
  const all = Array.from({ length: count }, (_, n) => parents[type.name]?.(n) ?? entry(n, type.name));
  const query = new GraphQLObjectType({
    name: 'Query',
    fields: { all: { type: new GraphQLList(type), resolve: () => all } },
  });
  statements.length = 0;
  const { data, errors } = await graphql({
    schema: new GraphQLSchema({ query, types: [type] }),
    source: `{ all { ${selection} } }`,
    contextValue: context(),
  });
  expect(errors).toBeUndefined();
  return { all: data?.['all'] as readonly Readonly<Record<string, unknown>>[], sent: [...statements] };
}

function selectionOf({ name, type }: GraphQLField<unknown, unknown>): string {
  const named = getNamedType(type);
  if (!named.name.endsWith('Connection')) return `${name} { __typename }`;
  const hasCount = isObjectType(named) && 'totalCount' in named.getFields();
  return `${name}(first: 2) { ${hasCount ? 'totalCount' : ''} edges { cursor } pageInfo { hasNextPage } }`;
}

/** Without the statements that begin and end a snapshot. */
function isRead(statement: string): boolean {
  return !/^(begin|start transaction|commit)/i.test(statement);
}

describe('a link', () => {
  it('is tested for every type that has one', () => {
    const types = new Set(links.filter(({ type }) => !isEvent(type)).map(({ type }) => type.name));
    expect([...types].toSorted()).toEqual(Object.keys(parents).toSorted());
  });

  it.each(links.filter(({ type }) => isObjectType(type)))(
    '$name reads 100 objects with as many statements as one, or one statement for a hundred indexes',
    async ({ type, field }) => {
      if (!isObjectType(type)) return;
      await forAll(type, 1, selectionOf(field)); // connects
      // A history ends at the next whole second by default, which is the same for all objects.
      vi.useFakeTimers({ toFake: ['Date'] });
      onTestFinished(() => void vi.useRealTimers());
      const one = (await forAll(type, 1, selectionOf(field))).sent.filter(isRead);
      const many = (await forAll(type, 100, selectionOf(field))).sent.filter(isRead);
      const isPage = getNamedType(field.type).name.endsWith('Connection');
      expect(one.length).toBeLessThanOrEqual(isPage ? 3 : 1);
      expect(many.length, many.join('\n')).toBeLessThanOrEqual(isPage ? one.length + 6 : 1);
    },
  );

  it('to a list returns the page of each object', async () => {
    const type = schema.getType('DeployedModel') as GraphQLObjectType;
    const { all, sent } = await forAll(
      type,
      100,
      `trainingRuns(first: 2, filter: { since: "2026-01-01T00:01:00Z" }) {
        totalCount edges { node { runId model { modelId } } } pageInfo { hasNextPage } }`,
    );
    expect(all[7]).toEqual({
      trainingRuns: {
        totalCount: 9,
        edges: [
          { node: { runId: 't907', model: { modelId: 'm7' } } },
          { node: { runId: 't807', model: { modelId: 'm7' } } },
        ],
        pageInfo: { hasNextPage: true },
      },
    });
    expect(sent.length).toBeLessThanOrEqual(3); // pages, counts, models
  });

  it('to a list rejects the part of the filter that its object determines', async () => {
    const app = await startTestApp({ AUTOOPS_AGENTS: 'pricing_agent' });
    const { errors } = await app.graphql(
      '{ agents { decisions(filter: { agentId: "other" }) { totalCount } } }',
    );
    expect(errors).toMatchObject([
      {
        message: 'filter.agentId must be omitted in decisions.',
        extensions: { code: 'BAD_USER_INPUT', argument: 'filter.agentId' },
      },
    ]);
  });

  it('is read again after each mutation of a request', async () => {
    const app = await startTestApp({ AUTOOPS_AGENTS: 'pricing_agent' });
    const act = (action: string): string =>
      `intervene(input: { agentId: "pricing_agent", action: ${action} }) {
        ... on InterveneSuccess { intervention { agent { status interventions { totalCount } } } } }`;
    const { data } = await app.graphql(`mutation { a: ${act('PAUSE')} b: ${act('RESET')} }`);
    expect(data).toMatchObject({
      a: { intervention: { agent: { status: 'PAUSED', interventions: { totalCount: 1 } } } },
      b: { intervention: { agent: { status: 'OFFLINE', interventions: { totalCount: 2 } } } },
    });
  });
});

interface Events {
  readonly liveCursor: string;
  readonly totalCount?: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  readonly edges: readonly { readonly node: Readonly<Record<string, unknown>> }[];
}

interface Decided {
  readonly decisionId: string;
  readonly events: Events;
}

async function publish(app: TestApp, ...events: object[]): Promise<void> {
  const { data } = await app.graphql(
    'mutation ($events: [EventInput!]!) { publish(input: { events: $events }) { __typename } }',
    { events },
  );
  expect(data).toEqual({ publish: { __typename: 'PublishSuccess' } });
}

describe('the link to the events of an object', () => {
  it('returns them in pages, newest first, and a cursor after which a subscription sends the later ones', async () => {
    const app = await startTestApp();
    const progress = (runId: string, progressPercent: number) => ({
      trainingProgress: { runId, progressPercent, stage: 'VALIDATION' },
    });
    await publish(app, progress('r1', 10), progress('r2', 1), progress('r1', 20), progress('r1', 30));
    const read = async (args: string) => {
      const { data, errors } = await app.graphql<{ trainingRun: { events: Events } }>(
        `{ trainingRun(runId: "r1") { events${args} { liveCursor totalCount pageInfo { hasNextPage endCursor }
          edges { node { ... on TrainingProgressed { progressPercent } } } } } }`,
      );
      expect(errors).toBeUndefined();
      return data.trainingRun.events;
    };
    const percents = ({ edges }: Events) => edges.map(({ node }) => node['progressPercent']);
    const first = await read('(first: 2)');
    expect(percents(first)).toEqual([30, 20]);
    expect(first).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } });
    const second = await read(`(first: 2, after: "${first.pageInfo.endCursor}")`);
    expect(percents(second)).toEqual([10]);
    expect(second.pageInfo.hasNextPage).toBe(false);
    expect(percents(await read('(last: 1)'))).toEqual([10]);
    expect(await read('(filter: { types: [TRAINING_FAILED] })')).toMatchObject({ totalCount: 0, edges: [] });

    const stream = graphqlClient(app.wsUrl).iterate<{ trainingEvents: object }>({
      query: `subscription { trainingEvents(runId: "r1", after: "${first.liveCursor}") {
        ... on TrainingProgressed { progressPercent } } }`,
    });
    await publish(app, progress('r1', 40));
    const { value } = await stream.next();
    expect(value?.data).toEqual({ trainingEvents: { progressPercent: 40 } });
  });

  it('returns those of an alert, without those of other alerts of its type and subject', async () => {
    const app = await startTestApp();
    const alert = { alertType: 'disk', severity: 'ERROR', title: 'Disk', message: 'full', source: 'probe' };
    await publish(app, { alert }, { alert });
    const query = '{ alerts { edges { node { alertId events { edges { node { __typename } } } } } } }';
    const read = async () => {
      const { data, errors } = await app.graphql<{
        alerts: { edges: { node: { alertId: string; events: Events } }[] };
      }>(query);
      expect(errors).toBeUndefined();
      return data.alerts.edges.map(({ node: { alertId, events } }) => ({
        alertId,
        types: events.edges.map(({ node }) => node['__typename']),
      }));
    };
    const [second, first] = await read();
    expect([second?.types, first?.types]).toEqual([['AlertRaised'], ['AlertRaised']]);
    await app.graphql(
      'mutation ($alertId: ID!) { acknowledgeAlert(input: { alertId: $alertId }) { __typename } }',
      { alertId: first?.alertId },
    );
    expect((await read()).map(({ types }) => types)).toEqual([
      ['AlertRaised'],
      ['AlertAcknowledged', 'AlertRaised'],
    ]);
  });
});

describe('the link to the events of a decision', () => {
  it('returns the decision and its outcomes, and nothing of another decision or of an agent with its id', async () => {
    const app = await startTestApp({ AUTOOPS_AGENTS: 'd1,pricing_agent' });
    const decision = (agentId: string, decisionId: string) => ({
      agentDecision: { agentId, decisionId, actionType: 'set_price' },
    });
    const outcome = (decisionId: string, success: boolean) => ({ decisionOutcome: { decisionId, success } });
    await publish(
      app,
      outcome('d1', false),
      decision('pricing_agent', 'd1'),
      decision('d1', 'd2'),
      outcome('d2', true),
      outcome('d1', true),
    );
    const read = async (args: string) => {
      const { data, errors } = await app.graphql<{ decisions: { edges: { node: Decided }[] } }>(
        `{ decisions { edges { node { decisionId events(${args}) { pageInfo { hasNextPage endCursor } edges { node {
          ... on AgentDecided { decisionId } ... on DecisionOutcomeKnown { decisionId outcome { success } } } } } } } } }`,
      );
      expect(errors).toBeUndefined();
      return Object.fromEntries(data.decisions.edges.map(({ node }) => [node.decisionId, node.events]));
    };
    const nodes = (events: Events | undefined) => events?.edges.map(({ node }) => node);
    const known = (decisionId: string, success: boolean) => ({ decisionId, outcome: { success } });
    const all = await read('first: 10');
    expect(nodes(all['d1'])).toEqual([known('d1', true), { decisionId: 'd1' }, known('d1', false)]);
    expect(nodes(all['d2'])).toEqual([known('d2', true), { decisionId: 'd2' }]);
    expect(all['d1']?.pageInfo.hasNextPage).toBe(false);
    const first = (await read('first: 1'))['d1'];
    expect(nodes(first)).toEqual([known('d1', true)]);
    const rest = (await read(`first: 2, after: "${first?.pageInfo.endCursor}"`))['d1'];
    expect(nodes(rest)).toEqual([{ decisionId: 'd1' }, known('d1', false)]);
    expect(nodes((await read('last: 1'))['d1'])).toEqual([known('d1', false)]);
  });
});

describe('the links between rules, roles and credentials', () => {
  it('lead from a rule to the alerts that it raised, without those of a producer with its name', async () => {
    const app = await startTestApp({ FEATURE_SYSTEM_MONITORING: 'false' });
    const alert = { alertType: 'r1', severity: 'ERROR', title: 'r1', message: 'm' };
    await publish(app, { alert });
    const { data, errors } = await app.graphql<{
      createAlertRule: { rule: { alerts: { totalCount: number } } };
    }>(`mutation { createAlertRule(input: {
        ruleId: "r1", field: "connections.openCount", comparison: ABOVE, threshold: -1, forMs: 0, severity: ERROR, title: "r1"
      }) { ... on CreateAlertRuleSuccess { rule { alerts { totalCount } } } ... on InvalidInput { message } } }`);
    expect(errors).toBeUndefined();
    expect(data.createAlertRule).toEqual({ rule: { alerts: { totalCount: 0 } } });
    const read = async () => {
      const page = 'totalCount edges { node { source rule { ruleId } } }';
      const { data: read } = await app.graphql<{ alertRule: { alerts: object } }>(
        `{ alertRule(ruleId: "r1") { alerts { ${page} } } }`,
      );
      return read.alertRule.alerts;
    };
    await expect.poll(read, { timeout: 20_000 }).toEqual({
      totalCount: 1,
      edges: [{ node: { source: 'alert_engine', rule: { ruleId: 'r1' } } }],
    });
  });

  it('lead from a permission to the role that grants it, and from the viewer to the role in the credential', async () => {
    const app = await startTestApp();
    const { data } = await app.graphql<{
      role: { permissions: readonly { capability: string; sourceRole: { roleId: string } }[] };
      viewer: { role: object | null };
    }>(`{ role(roleId: "developer") { permissions { capability sourceRole { roleId } } }
      viewer { role { roleId } } }`);
    expect(data.role.permissions).toContainEqual({
      capability: 'debug',
      sourceRole: { roleId: 'developer' },
    });
    expect(data.viewer.role).toBeNull();
    const created = await app.graphql<{ createToken: { secret: string } }>(
      'mutation { createToken(input: { subject: "ann", roleId: "developer" }) { ... on CreateTokenSuccess { secret } } }',
    );
    const ann = await app.graphql(
      '{ viewer { role { name } } }',
      {},
      { authorization: `Bearer ${created.data.createToken.secret}` },
    );
    expect(ann.data).toEqual({ viewer: { role: { name: 'Developer' } } });
  });
});

describe('the link to the audit log', () => {
  const actions = 'events(first: 10) { totalCount edges { node { eventType } } }';
  interface Audited {
    readonly totalCount: number;
    readonly edges: readonly { readonly node: { readonly eventType: string } }[];
  }
  const typesOf = ({ edges }: Audited) => edges.map(({ node }) => node.eventType);

  it('of a role returns its changes and those of its members, and of no other role', async () => {
    const app = await startTestApp();
    const { errors } = await app.graphql(`mutation {
      a: upsertRole(input: { roleId: "auditor", name: "Auditor", capabilities: ["read"] }) { __typename }
      b: upsertRole(input: { roleId: "other", name: "Other", capabilities: ["read"] }) { __typename }
      c: assignRole(input: { roleId: "auditor", subject: "ann" }) { __typename }
      d: assignRole(input: { roleId: "other", subject: "ann" }) { __typename }
      e: createToken(input: { roleId: "auditor", subject: "ann" }) { __typename } }`);
    expect(errors).toBeUndefined();
    const { data } = await app.graphql<{ role: { events: Audited; changes: Audited } }>(
      `{ role(roleId: "auditor") { ${actions}
        changes: events(filter: { eventTypes: ["role_assignment"] }) { totalCount edges { node { eventType } } } } }`,
    );
    expect(typesOf(data.role.events).toSorted()).toEqual([
      'role_assignment',
      'role_created',
      'token_created',
    ]);
    expect(data.role.events.totalCount).toBe(3);
    expect(typesOf(data.role.changes)).toEqual(['role_assignment']);
    const rejected = await app.graphql(
      '{ role(roleId: "auditor") { events(filter: { roleId: "other" }) { totalCount } } }',
    );
    expect(rejected.errors).toMatchObject([{ message: 'filter.roleId must be omitted in events.' }]);
  });

  it('of a token returns its creation and its revocation, and of a webhook its changes', async () => {
    const app = await startTestApp();
    const { data } = await app.graphql<{
      a: { token: { tokenId: string } };
      b: { webhook: { webhookId: string } };
    }>(`mutation {
      a: createToken(input: { subject: "ann" }) { ... on CreateTokenSuccess { token { tokenId } } }
      b: createWebhook(input: { name: "b", url: "https://alerts.example.com/b" }) {
        ... on CreateWebhookSuccess { webhook { webhookId } } }
      c: createWebhook(input: { name: "c", url: "https://alerts.example.com/c" }) { __typename } }`);
    await app.graphql(
      `mutation ($tokenId: ID!, $webhookId: ID!) {
        a: revokeToken(input: { tokenId: $tokenId }) { __typename }
        b: updateWebhook(input: { webhookId: $webhookId, enabled: false }) { __typename } }`,
      { tokenId: data.a.token.tokenId, webhookId: data.b.webhook.webhookId },
    );
    const { data: read } = await app.graphql<{
      tokens: { edges: { node: { events: Audited } }[] };
      webhook: { events: Audited };
    }>(
      `query ($webhookId: ID!) {
        tokens { edges { node { ${actions} } } } webhook(webhookId: $webhookId) { ${actions} } }`,
      { webhookId: data.b.webhook.webhookId },
    );
    expect(read.tokens.edges.map(({ node }) => typesOf(node.events))).toEqual([
      ['token_revoked', 'token_created'],
    ]);
    expect(typesOf(read.webhook.events)).toEqual(['webhook_updated', 'webhook_created']);
  });

  it('is followed by a subscription to the entries of one role', async () => {
    const app = await startTestApp();
    const { data } = await app.graphql<{ role: { events: { liveCursor: string } } }>(
      '{ role(roleId: "user") { events { liveCursor } } }',
    );
    const assign = (roleId: string) =>
      `assignRole(input: { roleId: "${roleId}", subject: "ann" }) { __typename }`;
    const stream = graphqlClient(app.wsUrl).iterate<{ auditEvents: object }>({
      query: `subscription { auditEvents(after: "${data.role.events.liveCursor}", filter: { roleId: "user" }) {
        eventType roleId } }`,
    });
    await app.graphql(`mutation { a: ${assign('developer')} b: ${assign('user')} }`);
    expect((await stream.next()).value?.data).toEqual({
      auditEvents: { eventType: 'role_assignment', roleId: 'user' },
    });
  });
});

describe('a link of an event', () => {
  it('gives the present state, read once for all subscribers to the same document', async () => {
    const app = await startTestApp();
    const watcher = new pg.Client({ connectionString: app.database });
    await watcher.connect();
    onTestFinished(() => watcher.end());
    await watcher.query('create extension if not exists pg_stat_statements');
    const query = 'subscription { trainingEvents { runId trainingRun { status } } }';
    const clients = Array.from({ length: 5 }, () => graphqlClient(app.wsUrl));
    const streams = clients.map((client) => client.iterate<Record<string, unknown>>({ query }));
    const next = () => Promise.all(streams.map((stream) => stream.next()));
    const report = async (runId: string): Promise<void> => {
      const { data } = await app.graphql(
        'mutation ($events: [EventInput!]!) { publish(input: { events: $events }) { __typename } }',
        { events: [{ trainingProgress: { runId, progressPercent: 1, stage: 'VALIDATION' } }] },
      );
      expect(data).toEqual({ publish: { __typename: 'PublishSuccess' } });
    };
    const first = next();
    await expect
      .poll(async () => {
        const { data } = await app.graphql<{ subscriptions: { groups: { subscriberCount: number }[] } }>(
          '{ subscriptions { groups { subscriberCount } } }',
        );
        return data.subscriptions.groups[0]?.subscriberCount;
      })
      .toBe(5);
    await report('r1'); // ends the attempt to write the result without promises
    await first;
    await watcher.query('select pg_stat_statements_reset()');
    const second = next();
    await report('r2');
    for (const { value } of await second)
      expect(value?.data).toEqual({ trainingEvents: { runId: 'r2', trainingRun: { status: 'RUNNING' } } });
    const { rows } = await watcher.query<{ calls: number }>(
      `select coalesce(sum(calls), 0)::int as calls from pg_stat_statements
       where dbid = (select oid from pg_database where datname = current_database())
         and query like 'select * from "training_runs" where "run_id" = any%'`,
    );
    expect(rows[0]?.calls).toBe(2); // one before the event was stored, and one for the link
  });
});

describe('access to links', () => {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap(
    (type) => Object.values(type?.getFields() ?? {}),
  );

  /** What the query fields require that return a type, alone or in a list. */
  function requirementsOf(typeName: string): readonly (readonly [Requirement, boolean])[] {
    return Object.values(schema.getQueryType()?.getFields() ?? {})
      .filter(({ name, type }) => name !== 'node' && name !== 'nodes' && itemOf(type) === typeName)
      .map(({ extensions: { rules } }) => [rules?.requires ?? 'manage', rules?.viewerDependent ?? false]);
  }

  /** The type itself, or the type of the items of a connection. */
  function itemOf(type: GraphQLField<unknown, unknown>['type']): string {
    const named = getNamedType(type);
    if (!isObjectType(named) || !named.name.endsWith('Connection')) return named.name;
    const edge = named.getFields()['edges'];
    const edgeType = edge && getNamedType(edge.type);
    const node = isObjectType(edgeType) ? edgeType.getFields()['node'] : undefined;
    return node === undefined ? named.name : getNamedType(node.type).name;
  }

  it('requires what the root fields of the linked type require, on every way through the schema', () => {
    const lacking: string[] = [];
    const seen = new Set<string>();
    const walk = (field: GraphQLField<unknown, unknown>, have: ReadonlySet<string>, path: string): void => {
      const { rules, link } = field.extensions;
      const here = new Set(have);
      if (rules?.requires !== undefined) here.add(rules.requires);
      if (rules?.viewerDependent === true) here.add('viewerDependent');
      if (link !== undefined)
        for (const [requires, viewerDependent] of requirementsOf(itemOf(field.type)))
          if (
            (requires !== 'nothing' && !here.has(requires)) ||
            (viewerDependent && !here.has('viewerDependent'))
          )
            lacking.push(path);
      const type = getNamedType(field.type);
      const state = `${type.name} ${[...here].toSorted().join()}`;
      if (seen.has(state)) return;
      seen.add(state);
      const types = isObjectType(type)
        ? [type]
        : isInterfaceType(type)
          ? schema.getPossibleTypes(type)
          : 'getTypes' in type
            ? type.getTypes()
            : [];
      for (const inner of types)
        for (const next of Object.values(inner.getFields())) walk(next, here, `${path}.${next.name}`);
    };
    for (const root of roots) walk(root, new Set(), root.name);
    expect(lacking).toEqual([]);
    expect(links.length).toBeGreaterThan(20);
  });

  it('rejects a link to tokens for a viewer without `manage`, who may read the role', async () => {
    const app = await startTestApp({ AUTH_TOKENS: 'ann-token:ann:admin,bob-token:bob:user' });
    const query = '{ roles { roleId tokens { totalCount } } }';
    const [ann, bob] = await Promise.all(
      ['ann', 'bob'].map((name) => app.graphql(query, {}, { authorization: `Bearer ${name}-token` })),
    );
    expect(ann?.errors).toBeUndefined();
    expect(bob?.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN', requires: ['manage'] } }]);
    const readable = await app.graphql('{ roles { roleId } }', {}, { authorization: 'Bearer bob-token' });
    expect(readable.errors).toBeUndefined();
  });
});
