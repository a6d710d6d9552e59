import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, OperationTypeNode, parse, print, type OperationDefinitionNode } from 'graphql';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { schema } from '../src/schema.ts';
import { startTestApp, type TestApp } from './_util/app.ts';
import { RawClient } from './_util/clients.ts';
import { publishMutation } from './_util/publish.ts';
import { python } from './_util/python.ts';

/** Runs every GraphQL operation and every curl command of the documentation as it is shown. */

const root = new URL('..', import.meta.url).pathname;
const graphPage = 'docs/graph.md';
/** The page with the data that other pages show comes first. */
const pages = [
  graphPage,
  'README.md',
  ...readdirSync(join(root, 'docs'))
    .map((name) => `docs/${name}`)
    .filter((name) => name.endsWith('.md') && name !== graphPage),
];

function blocksOf(page: string, language: string): string[] {
  const text = readFileSync(join(root, page), 'utf8');
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms'))].map(
    ([, code = '']) => code,
  );
}

/** It needs a graphql-ws connection with a credential: test/access/tokens.test.ts. */
const isRenewal = (operation: OperationDefinitionNode): boolean => print(operation).includes('renewToken(');

function operationsOf(page: string): OperationDefinitionNode[] {
  return blocksOf(page, 'graphql')
    .flatMap((text) => parse(text).definitions)
    .filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
}

/** The commands of a block, each with its continued lines, without the output that is shown behind them. */
function curlCommandsOf(page: string): string[] {
  const commands: string[] = [];
  for (const block of blocksOf(page, '')) {
    let command = '';
    for (const line of block.split('\n')) {
      if (command === '' && !line.startsWith('curl ')) continue;
      command += `${line}\n`;
      const isOpen = line.endsWith('\\') || command.split("'").length % 2 === 0;
      if (isOpen) continue;
      commands.push(command);
      command = '';
    }
  }
  return commands.filter((command) => command.includes('127.0.0.1:9200') && !command.includes('…'));
}

/** The messages of a session in `wscat`: those that are sent, and those that are received. */
function sessionsOf(
  page: string,
): { readonly path: string; readonly protocol: string; readonly lines: string[] }[] {
  return blocksOf(page, '').flatMap((block) => {
    const [command = '', ...lines] = block.trim().split('\n');
    const [, path = '', protocol = ''] =
      /^npx wscat -c ws:\/\/127\.0\.0\.1:9200(\S+)(?: -s (\S+))?$/.exec(command) ?? [];
    return path === '' ? [] : [{ path, protocol, lines }];
  });
}

/** A message with the types of its values instead of the values, except for those that name the kind of a message. */
function shapeOf(value: unknown, name = ''): unknown {
  if (typeof value !== 'object' || value === null)
    return name === 'type' || name === 'id' ? value : typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, shapeOf(part, key)]));
}

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp({ ENABLE_GPU_MONITORING: 'true' }, { keep: true });
  remember((await app.graphql('{ host { id } }')).data);
});
afterAll(() => app.stop());

/** The last value of each field of the results so far. Variables have the values of the fields of the same name. */
const seen: Record<string, unknown> = {
  after: 'earliest',
  jobRunId: 'the first run may not have started yet',
};

function remember(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, part] of Object.entries(value)) {
    if (typeof part === 'string') seen[name] = part;
    else remember(part);
  }
}

function variablesOf({ variableDefinitions = [] }: OperationDefinitionNode): Record<string, unknown> {
  return Object.fromEntries(
    variableDefinitions.map(({ variable: { name } }) => [name.value, seen[name.value]]),
  );
}

/** Fails if the operation has an error, or if a mutation of the page with the data does not succeed. */
async function expectAnswer(operation: OperationDefinitionNode, page: string): Promise<void> {
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
  const isMutation = operation.operation === OperationTypeNode.MUTATION;
  const text = isMutation
    ? print(operation).replaceAll(/endsAt: "[^"]+"/g, `endsAt: "${tomorrow}"`)
    : print(operation);
  const { data, errors } = await app.graphql<Record<string, object>>(text, variablesOf(operation));
  expect.soft(errors, text).toBeUndefined();
  remember(data);
  if (!isMutation || page !== graphPage) return;
  for (const [field, result] of Object.entries(data)) {
    const isFailure = 'message' in result || 'allowed' in result;
    expect.soft(isFailure, `${text}\n${JSON.stringify(result)}`).toBe(field === 'cancelJobRun'); // its run has ended
  }
}

/** The answer to the first subscription that the server rejects. Null: it accepts all of them. */
async function rejectionOf(operations: readonly OperationDefinitionNode[]): Promise<unknown> {
  const client = new RawClient(`${app.wsUrl}/graphql`, {}, ['graphql-transport-ws']);
  await client.opened();
  client.send({ type: 'connection_init' });
  await client.ofType('connection_ack');
  for (const [index, operation] of operations.entries()) {
    const payload = { query: print(operation), variables: variablesOf(operation) };
    client.send({ type: 'subscribe', id: String(index), payload });
  }
  client.send({ type: 'ping' }); // its pong comes after the answers to everything before it
  const answer = await client.next(({ type }) => type === 'pong' || type === 'error');
  return answer['type'] === 'pong' ? null : answer;
}

/** What a command prints. Of a stream, which does not end, it is the beginning with the status. */
async function outputOf(shown: string): Promise<string> {
  const isStream = shown.startsWith('curl -N');
  const command = shown.replaceAll('http://127.0.0.1:9200', app.url).replace('curl -N', 'curl -N -i');
  const child = spawn('bash', ['-c', command], {
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
  onTestFinished(() => {
    if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid);
  });
  let output = '';
  child.stdout.on('data', (data: Buffer) => (output += data.toString()));
  if (!isStream) await once(child, 'close');
  while (isStream && !output.includes('\r\n\r\n')) await once(child.stdout, 'data');
  return output;
}

const isSubscription = ({ operation }: OperationDefinitionNode): boolean =>
  operation === OperationTypeNode.SUBSCRIPTION;

describe('the documentation', () => {
  it.each(pages.filter((page) => operationsOf(page).length > 0))(
    'shows operations in %s that the server answers without an error',
    async (page) => {
      const operations = operationsOf(page);
      for (const operation of operations)
        if (!isSubscription(operation) && !isRenewal(operation)) await expectAnswer(operation, page);
      expect(await rejectionOf(operations.filter(isSubscription))).toBeNull();
    },
  );

  it.each(pages.filter((page) => curlCommandsOf(page).length > 0))(
    'shows curl commands in %s that the server answers without an error',
    async (page) => {
      for (const command of curlCommandsOf(page)) {
        const output = await outputOf(command);
        expect(output, command).toMatch(/"data":|"accepted":|^HTTP\/1.1 200/);
        expect(output, command).not.toMatch(/"errors":|"error":\{/);
      }
    },
  );

  it.each(pages.filter((page) => sessionsOf(page).length > 0))(
    'shows sessions over WebSocket in %s as they are',
    async (page) => {
      for (const { path, protocol, lines } of sessionsOf(page)) {
        const client = new RawClient(app.wsUrl + path, {}, protocol === '' ? [] : [protocol]);
        await client.opened();
        if (lines.length === 0) await client.next(() => true); // a feed, which sends by itself
        const received: unknown[] = [];
        for (const line of lines) {
          const message = JSON.parse(line.slice(2)) as Record<string, unknown>;
          if (line.startsWith('> ')) client.send(message);
          else received.push(await client.ofType(String(message['type'])));
        }
        const shown = lines
          .filter((line) => line.startsWith('< '))
          .map((line) => JSON.parse(line.slice(2)) as unknown);
        expect(received.map((one) => shapeOf(one))).toEqual(shown.map((one) => shapeOf(one)));
        client.close();
      }
    },
  );

  it.skipIf(python === null)('shows Python that reports events', async () => {
    const [code = ''] = blocksOf('docs/report-data.md', 'python');
    const child = spawn(python ?? '', ['-c', code.replaceAll('http://127.0.0.1:9200', app.url)], {
      stdio: 'inherit',
    });
    expect(await once(child, 'exit')).toEqual([0, null]);
    const events = [{ agentStatus: { key: 'till-7-0003', agentId: 'pricing_agent', status: 'IDLE' } }];
    const again = await app.graphql(publishMutation('accepted { duplicate }'), { events });
    expect(again.data).toEqual({ publish: { accepted: [{ duplicate: true }] } });
  });

  it('shows every root field in docs/graph.md, except lists of events', () => {
    const shown = new Set(
      operationsOf(graphPage).flatMap(({ operation, selectionSet }) =>
        selectionSet.selections.map(
          (field) => `${operation} ${field.kind === Kind.FIELD ? field.name.value : ''}`,
        ),
      ),
    );
    const types = {
      query: schema.getQueryType(),
      mutation: schema.getMutationType(),
      subscription: schema.getSubscriptionType(),
    };
    const missing = Object.entries(types).flatMap(([operation, type]) =>
      Object.keys(type?.getFields() ?? {})
        .filter((name) => !name.endsWith('Batches'))
        .map((name) => `${operation} ${name}`)
        .filter((name) => !shown.has(name)),
    );
    expect(missing).toEqual([]);
  });
});
