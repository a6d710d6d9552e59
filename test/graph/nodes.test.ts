import { isInterfaceType, isObjectType, type GraphQLObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getOrCreate } from '../../src/lib/get-or-create.ts';
import { schema } from '../../src/schema.ts';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { publishMutation } from '../_util/publish.ts';

const env = {
  FEATURE_SYSTEM_MONITORING: 'false',
  MODEL_SERVERS: 'lab=http://127.0.0.1:9',
  AUTOOPS_AGENTS: 'pricing_agent',
  AUTH_TOKENS: 'ann-token:ann:admin,bob-token:bob:user',
  AUTH_REQUIRED: 'false',
};
const ann = { authorization: 'Bearer ann-token' };
const bob = { authorization: 'Bearer bob-token' };

const publish = publishMutation('accepted { key }');

const events = [
  { activity: { title: 'Imported', actionType: 'import', status: 'completed' } },
  { agentDecision: { agentId: 'pricing_agent', decisionId: 'd1', actionType: 'set_price' } },
  { alert: { alertType: 'disk_full', severity: 'ERROR', title: 'Full', message: 'The disk is full.' } },
  { auditEvent: { eventType: 'deploy', actorId: 'ci', action: 'deployed', status: 'success' } },
  { event: { type: 'deploy.finished', message: 'Live' } },
  { metric: { name: 'queue.length', value: 3, labels: { queue: 'mail' } } },
  { modelDeployed: { modelId: 'm1', modelName: 'M', modelVersion: '1' } },
  { modelReport: { modelId: 'lab:llama', status: 'LOADED' } },
  {
    notification: {
      userId: 'ann',
      title: 'Hello',
      message: 'Hello Ann',
      category: 'USER_ACTION',
      priority: 'LOW',
    },
  },
  { trainingProgress: { runId: 'r1', progressPercent: 1, stage: 'VALIDATION' } },
  { uploadProgress: { uploadId: 'u1', filename: 'a.csv', uploadedBytes: 1, totalBytes: 2 } },
  { workflow: { workflowId: 'w1', status: 'PENDING', stage: 'REVIEW', progressPercent: 0 } },
];

/** The list in which a node of each type is found. */
const listed: Readonly<Record<string, string>> = {
  Activity: '{ activity(first: 1) { edges { node { id } } } }',
  Agent: '{ agents { id } }',
  Alert: '{ alerts(first: 1) { edges { node { id } } } }',
  AuditEvent: '{ auditLogs(first: 1) { edges { node { id } } } }',
  CustomEvent: '{ customEvents(first: 1) { edges { node { id } } } }',
  Decision: '{ decisions(first: 1) { edges { node { id } } } }',
  DeployedModel: '{ deployedModels(first: 1) { edges { node { id } } } }',
  Host: '{ hosts(first: 1) { edges { node { id } } } }',
  Intervention: '{ interventions(first: 1) { edges { node { id } } } }',
  Job: '{ jobs { id } }',
  Metric: '{ metrics(first: 1) { edges { node { id } } } }',
  Model: '{ models { id } }',
  ModelServer: '{ modelServers { id } }',
  Notification: '{ notifications(first: 1) { edges { node { id } } } }',
  Role: '{ roles { id } }',
  RoleMember: '{ roles { members(first: 1) { edges { node { id } } } } }',
  Token: '{ tokens(first: 1) { edges { node { id } } } }',
  TrainingRun: '{ trainingRuns(first: 1) { edges { node { id } } } }',
  Upload: '{ uploads(first: 1) { edges { node { id } } } }',
  Workflow: '{ workflows(first: 1) { edges { node { id } } } }',
};

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp(env, { keep: true });
  await done(publish, { events });
  for (const change of [
    'mutation { intervene(input: { agentId: "pricing_agent", action: PAUSE }) { __typename } }',
    'mutation { createToken(input: { subject: "ci" }) { __typename } }',
    'mutation { assignRole(input: { subject: "eve", roleId: "user" }) { __typename } }',
  ])
    await done(change);
});

afterAll(() => app.stop());

async function done(query: string, variables: Record<string, unknown> = {}): Promise<void> {
  const { data, errors } = await app.graphql<object>(query, variables, ann);
  expect(JSON.stringify(data)).not.toContain('BAD_USER_INPUT');
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
}

async function idOf(type: string): Promise<string> {
  const { data } = await app.graphql(listed[type] ?? '', {}, ann);
  const [, id = ''] = /"id":"([^"]+)"/.exec(JSON.stringify(data)) ?? [];
  expect(id, type).not.toBe('');
  return id;
}

async function node(id: string, headers: Record<string, string> = ann) {
  const { data, errors } = await app.graphql<{ node: { __typename: string; id: string } | null }>(
    'query ($id: ID!) { node(id: $id) { __typename id } }',
    { id },
    headers,
  );
  return { node: data?.node, errors };
}

describe('a node', () => {
  it.each(Object.keys(listed))('of the type %s is read again by its id', async (type) => {
    const id = await idOf(type);
    expect((await node(id)).node).toEqual({ __typename: type, id });
  });

  it('that is an event has the same id in its list, in `events` and in `node`', async () => {
    const listedId = await idOf('CustomEvent');
    const { data } = await app.graphql<{ node: { cursor: string; key: string } }>(
      'query ($id: ID!) { node(id: $id) { ... on CustomEvent { key cursor } } }',
      { id: listedId },
      ann,
    );
    const { data: log } = await app.graphql<{ events: { id: string; key: string } }>(
      `{ customEvents(first: 1) { edges { node { key cursor } } } }`,
      {},
      ann,
    );
    expect(log).toMatchObject({ customEvents: { edges: [{ node: data.node }] } });
  });

  it('is null if there is none, also for a type that does not exist', async () => {
    for (const text of ['Workflow:none', 'Nothing:x', 'JobEvent:none', 'Workflow:\u0000'])
      expect(await node(Buffer.from(text).toString('base64url'))).toEqual({ node: null, errors: undefined });
  });

  it('is not read by an id that this server did not make', async () => {
    for (const id of ['nonsense', 'a', 'Workflow:w1', '', 'x'.repeat(5_000)])
      expect((await node(id)).errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  it('that only one user may see is null for others', async () => {
    const id = await idOf('Notification');
    expect((await node(id, ann)).node).toEqual({ __typename: 'Notification', id });
    expect(await node(id, bob)).toEqual({ node: null, errors: undefined });
  });

  it('requires the capability of the lists that contain its type', async () => {
    const id = await idOf('Token');
    expect((await node(id, bob)).errors).toMatchObject([
      { extensions: { code: 'FORBIDDEN', requires: ['manage'] } },
    ]);
  });
});

describe('nodes', () => {
  it('returns nodes in the given order, with one statement per type, null for those that do not exist', async () => {
    const [workflow, run] = [await idOf('Workflow'), await idOf('TrainingRun')];
    const none = Buffer.from('Workflow:none').toString('base64url');
    const { data } = await app.graphql(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }',
      { ids: [run, none, workflow, run] },
      ann,
    );
    expect(data).toEqual({
      nodes: [
        { __typename: 'TrainingRun', id: run },
        null,
        { __typename: 'Workflow', id: workflow },
        { __typename: 'TrainingRun', id: run },
      ],
    });
  });

  it('costs what its ids can return', async () => {
    const id = await idOf('Workflow');
    const { errors } = await app.graphql(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
      { ids: Array.from({ length: 101 }, () => id) },
      ann,
    );
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });
});

describe('the graph', () => {
  const objects = Object.values(schema.getTypeMap()).filter(
    (type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__'),
  );

  it('has a field `id` only on nodes, and each id is of the type ID', () => {
    const withId = objects.filter((type) => type.getFields()['id'] !== undefined);
    expect(withId.length).toBeGreaterThan(30);
    for (const type of withId) {
      expect(
        type.getInterfaces().map(({ name }) => name),
        type.name,
      ).toContain('Node');
      expect(String(type.getFields()['id']?.type), type.name).toBe('ID!');
    }
  });

  it('has one type for each field name of the events, so that fragments on several types of events validate', () => {
    const event = schema.getType('Event');
    if (!isInterfaceType(event)) throw new Error('Event is not an interface');
    const types = new Map<string, Set<string>>();
    for (const type of schema.getPossibleTypes(event))
      for (const field of Object.values(type.getFields())) {
        const known = getOrCreate(types, field.name, () => new Set<string>());
        known.add(String(field.type));
        expect([...known], `${type.name}.${field.name}`).toHaveLength(1);
      }
    expect(types.size).toBeGreaterThan(80);
  });
});
