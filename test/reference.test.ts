import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { printedReference } from '../scripts/printed-reference.ts';
import { describedDialects } from '../src/legacy/dialects.ts';
import { checkAnswer, checkMessage } from './_util/described.ts';

const root = new URL('..', import.meta.url);
const dialects = describedDialects();

type Node = Readonly<Record<string, unknown>>;

function parsed(name: string): Node {
  return JSON.parse(printedReference()[name] ?? '') as Node;
}

/** Every `$ref` below a node. */
function refsIn(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === '$ref' && typeof value === 'string' ? [value] : refsIn(value),
  );
}

function at(document: Node, ref: string): unknown {
  const keys = ref.replace(/^#\//, '').split('/');
  return keys.reduce<unknown>(
    (node, key) => (node as Node | undefined)?.[key.replaceAll('~1', '/')],
    document,
  );
}

describe.each(['openapi.json', 'asyncapi.json'])('schema/%s', (name) => {
  it('equals the committed file', () => {
    const committed = readFileSync(new URL(`schema/${name}`, root), 'utf8');
    expect(printedReference()[name], 'run `npm run codegen` and look at what changed').toBe(committed);
  });

  it('contains every schema that it refers to', () => {
    const document = parsed(name);
    const refs = [...new Set(refsIn(document))];
    expect(refs.length).toBeGreaterThan(5);
    expect(refs.filter((ref) => at(document, ref) === undefined)).toEqual([]);
  });

  it('is valid according to Redocly', () => {
    const { status, stdout, stderr } = spawnSync(
      new URL('node_modules/.bin/redocly', root).pathname,
      ['lint', `schema/${name}`, '--format=stylish'],
      {
        cwd: root,
        encoding: 'utf8',
        env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
      },
    );
    expect(status, `${stdout}\n${stderr}`).toBe(0);
  });
});

describe('the OpenAPI document', () => {
  const paths = parsed('openapi.json')['paths'] as Readonly<Record<string, Node>>;
  const operations = Object.values(paths).flatMap((methods) => Object.values(methods) as Node[]);

  it('lists every endpoint of every old system', () => {
    const routes = dialects.flatMap((dialect) => dialect.routes);
    expect(routes.filter(({ method, path }) => paths[path]?.[method.toLowerCase()] === undefined)).toEqual(
      [],
    );
    for (const path of ['/graphql', '/publish', '/docs', '/redoc', '/openapi.json', '/asyncapi.json'])
      expect(Object.keys(paths)).toContain(path);
  });

  it('has unique operation ids', () => {
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('describes every kind of event', () => {
    const event = at(parsed('openapi.json'), '#/components/schemas/EventInput') as { properties: Node };
    expect(Object.keys(event.properties)).toEqual(
      expect.arrayContaining(['auditEvent', 'agentStatus', 'alert', 'trainingProgress']),
    );
  });
});

it('the AsyncAPI document lists every feed of every old system', () => {
  const channels = Object.values(parsed('asyncapi.json')['channels'] as Node) as { address: string }[];
  const paths = dialects.flatMap((dialect) => dialect.feeds.map(({ path }) => path));
  expect(channels.map(({ address }) => address)).toEqual(paths);
});

describe('the check of old systems’ messages against their schemas', () => {
  it('finds a response that does not match its schema', () => {
    expect(() => checkAnswer('/api/models/status/?x=1', 200, { models: [] })).not.toThrow();
    expect(() => checkAnswer('/api/models/status', 200, { models: [], more: 1 })).toThrow('more');
    expect(() => checkAnswer('/api/models/status', 503, { error: {} })).not.toThrow();
    expect(() => checkAnswer('/health', 503, { status: 'ill' })).toThrow('GET /health');
  });

  it('finds a message that does not match its schema, or has none', () => {
    const loaded = { type: 'model_loaded', model_id: 'm', timestamp: 1 };
    expect(() => checkMessage('ws://localhost/ws/models', loaded)).not.toThrow();
    expect(() => checkMessage('ws://localhost/ws/models', { ...loaded, timestamp: '1' })).toThrow(
      'timestamp',
    );
    expect(() => checkMessage('ws://localhost/ws/models', { type: 'made_up' })).toThrow('made_up');
  });
});
