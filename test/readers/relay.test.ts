import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type * as Relay from 'relay-runtime';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import WebSocket from 'ws';
import { createClient } from '../../client/client.ts';
import type { TestApp } from '../_util/app.ts';
import { areInstalled } from './_installed.ts';
import { publish, reportedTimes, startReported } from './_reported.ts';

// Relay's compiler checks documents against the schema and its conventions; its runtime stores the results by id.

const root = new URL('../..', import.meta.url).pathname;

/** Lists whose pages are loaded one after the other, and whose items are read again by `node`. */
const lists = {
  activity: ['Activity', 'title status'],
  alerts: ['Alert', 'alertId title'],
  annotations: ['Annotation', 'annotationId text'],
  customEvents: ['CustomEvent', 'message'],
  decisions: ['Decision', 'decisionId actionType'],
  trainingRuns: ['TrainingRun', 'runId'],
  uploads: ['Upload', 'uploadId filename'],
  workflows: ['Workflow', 'workflowId status'],
} as const;

const tags = [
  ...Object.entries(lists).flatMap(([list, [type, fields]]) => [
    `query Documents_${list}_Query { ...Documents_${list} }`,
    `fragment Documents_${list} on Query
       @refetchable(queryName: "Documents_${list}_PageQuery")
       @argumentDefinitions(count: { type: "Int", defaultValue: 2 }, cursor: { type: "String" }) {
       ${list}(first: $count, after: $cursor) @connection(key: "Documents_${list}") {
         edges { node { id ...Documents_${type} } }
       }
     }`,
    `fragment Documents_${type} on ${type} @refetchable(queryName: "Documents_${type}_NodeQuery") { ${fields} }`,
  ]),
  'query Documents_agents_Query { agents { id ...Documents_Agent } }',
  'fragment Documents_Agent on Agent { agentId status currentActivity }',
  'subscription Documents_agent_Subscription { agentStatus(everyMs: 100) { id ...Documents_Agent } }',
  `subscription Documents_events_Subscription($after: Cursor, $connections: [ID!]!) {
     customEvents(after: $after) @prependNode(connections: $connections, edgeTypeName: "CustomEventEdge") {
       id ...Documents_CustomEvent
     }
   }`,
  'query Documents_live_Query { customEvents(first: 1) { liveCursor } }',
];

type Json = Readonly<Record<string, never>>;

describe.skipIf(!areInstalled('relay-compiler', 'relay-runtime'))('Relay', () => {
  let app: TestApp;
  let dir: string;
  let relay: typeof Relay;
  let environment: Relay.Environment;

  beforeAll(async () => {
    await mkdir(join(root, 'dist'), { recursive: true });
    dir = await mkdtemp(join(root, 'dist', 'relay-'));
    const [started] = await Promise.all([startReported(), compile(dir)]);
    app = started;
    relay = createRequire(import.meta.url)('relay-runtime') as typeof Relay;
  });
  afterAll(async () => {
    await app.stop();
    await rm(dir, { recursive: true, force: true });
  });

  /** What the compiler has made of an operation or a fragment. */
  function artifact(name: string): Relay.ConcreteRequest & Relay.ReaderFragment {
    return createRequire(join(dir, 'package.json'))(`./src/__generated__/${name}.graphql.js`) as never;
  }

  function open(): void {
    const client = createClient({ url: `${app.url}/graphql`, webSocketImpl: WebSocket });
    onTestFinished(() => client.dispose());
    environment = new relay.Environment({
      store: new relay.Store(new relay.RecordSource()),
      network: relay.Network.create(
        async ({ text }, variables) =>
          (await app.graphql<Json>(text ?? '', variables)) as unknown as Relay.GraphQLResponse,
        ({ text }, variables) =>
          relay.Observable.create((sink) =>
            client.execute({ query: text ?? '', variables }, sink as never),
          ) as never,
      ),
    });
  }

  async function run(name: string, variables: Relay.Variables = {}): Promise<Relay.Snapshot> {
    const query = artifact(name);
    const operation = relay.createOperationDescriptor(query, variables);
    environment.retain(operation);
    await relay.fetchQuery(environment, query, variables).toPromise();
    return environment.lookup(operation.fragment);
  }

  /** The data of a fragment below data that spreads it. */
  function read(fragment: string, data: unknown): Json {
    const selector = relay.getSingularSelector(artifact(fragment), data);
    if (selector == null) throw new Error(`${fragment} is not spread here`);
    return environment.lookup(selector).data as unknown as Json;
  }

  interface Connection {
    readonly edges: readonly { readonly node: Readonly<Record<string, unknown>> }[];
    readonly pageInfo: { readonly endCursor: string; readonly hasNextPage: boolean };
  }

  it.each(Object.entries(lists))('loads %s page by page and a node again by its id', async (list, [type]) => {
    open();
    const { data } = await run(`Documents_${list}_Query`);
    const page = (): Connection => read(`Documents_${list}`, data)[list] as unknown as Connection;
    expect(page().edges).toHaveLength(2);
    while (page().pageInfo.hasNextPage) {
      const before = page().edges.length;
      await run(`Documents_${list}_PageQuery`, { count: 2, cursor: page().pageInfo.endCursor });
      expect(page().edges.length).toBeGreaterThan(before);
    }
    expect(page().edges.length).toBeGreaterThanOrEqual(reportedTimes);
    const ids = page().edges.map(({ node }) => node['id']);
    expect(new Set(ids).size).toBe(ids.length);

    const [first] = page().edges;
    const shown = read(`Documents_${type}`, first?.node);
    expect(Object.keys(shown).length).toBeGreaterThan(0);
    const again = await run(`Documents_${type}_NodeQuery`, { id: ids[0] as string });
    expect(read(`Documents_${type}`, (again.data as unknown as { node: unknown }).node)).toEqual(shown);
  });

  it('shows the newest state of a node that a subscription sends, wherever it is read', async () => {
    open();
    const { data } = await run('Documents_agents_Query');
    const agents = (data as unknown as { agents: readonly Json[] }).agents;
    const agent = agents.find((one) => read('Documents_Agent', one)['agentId'] === 'pricing_agent');
    const activity = (): unknown => read('Documents_Agent', agent)['currentActivity'];
    expect(activity()).toBe(`task ${reportedTimes}`);
    const { next, stop } = follow('Documents_agent_Subscription', {});
    await publish(app, [
      { agentStatus: { agentId: 'pricing_agent', status: 'IDLE', currentActivity: 'waiting' } },
    ]);
    while (activity() !== 'waiting') await next();
    stop();
  });

  it('adds the events after liveCursor to a connection, each once', async () => {
    open();
    const { data } = await run('Documents_customEvents_Query');
    const live = (await run('Documents_live_Query')).data as unknown as {
      customEvents: { liveCursor: string };
    };
    const messages = (): readonly unknown[] =>
      (read('Documents_customEvents', data)['customEvents'] as unknown as Connection).edges.map(
        ({ node }) => read('Documents_CustomEvent', node)['message'],
      );
    const before = messages();
    const connection = relay.ConnectionHandler.getConnectionID('client:root', 'Documents_customEvents');
    const { next, stop } = follow('Documents_events_Subscription', {
      after: live.customEvents.liveCursor,
      connections: [connection],
    });
    for (const message of ['A', 'B']) await publish(app, [{ event: { type: 'relay.tested', message } }]);
    while (messages().length < before.length + 2) await next();
    expect(messages()).toEqual(['B', 'A', ...before]);
    stop();
  });

  function follow(name: string, variables: Relay.Variables) {
    const results: unknown[] = [];
    let wake = (): void => {};
    let failed: Error | null = null;
    const { dispose } = relay.requestSubscription(environment, {
      subscription: artifact(name),
      variables,
      onNext: (result) => {
        results.push(result);
        wake();
      },
      onError: (error) => {
        failed = error;
        wake();
      },
    });
    return {
      stop: dispose,
      async next(): Promise<void> {
        if (results.length === 0 && failed === null) await new Promise<void>((resolve) => (wake = resolve));
        if (failed !== null) throw failed;
        results.shift();
      },
    };
  }
});

/** Runs the compiler. @throws Error with its output when a document does not fit the schema. */
async function compile(dir: string): Promise<void> {
  await mkdir(join(dir, 'src'));
  await cp(join(root, 'schema/schema.graphql'), join(dir, 'schema.graphql'));
  await writeFile(join(dir, 'package.json'), '{"type":"commonjs"}');
  await writeFile(
    join(dir, 'src', 'Documents.js'),
    tags.map((document) => `graphql\`${document}\`;\n`).join(''),
  );
  await writeFile(
    join(dir, 'relay.config.json'),
    JSON.stringify({
      src: './src',
      schema: './schema.graphql',
      language: 'javascript',
      eagerEsModules: false,
    }),
  );
  const cli = join(root, 'node_modules/relay-compiler/cli.js');
  await promisify(execFile)(process.execPath, [cli, 'relay.config.json'], { cwd: dir });
}
