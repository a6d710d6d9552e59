import { expect, test } from 'vitest';
import { serveRoutes, type Answer } from '../../../test/_util/fake-server.ts';
import { openAiProbe } from './openai.ts';

import type { ProbedModel } from './events.ts';

const MODELS = { object: 'list', data: [{ id: 'org/m', object: 'model' }] };

/** Returns a function that probes the server and returns its models by name. */
function probeOf(url: string, key: string | null = null): () => Promise<Record<string, ProbedModel>> {
  const probe = openAiProbe({ name: 's', url, kind: 'OPENAI', key });
  return async () => {
    const models = await probe(new AbortController().signal);
    return Object.fromEntries(models.map((model) => [model.name, model]));
  };
}

function vllmMetrics(running: number, tokens: number, requests: number): string {
  return `# TYPE vllm:num_requests_running gauge
vllm:num_requests_running{engine="0",model_name="org/m"} ${running}
vllm:generation_tokens_total{engine="0",model_name="org/m"} ${tokens}
vllm:e2e_request_latency_seconds_sum{engine="0",model_name="org/m"} ${requests / 4}
vllm:e2e_request_latency_seconds_count{engine="0",model_name="org/m"} ${requests}
`;
}

test('a listed model without a state is loaded', async () => {
  const { url } = await serveRoutes({ '/v1/models': { data: [...MODELS.data, null, { id: '' }] } });
  expect(await probeOf(url)()).toEqual({
    'org/m': {
      name: 'org/m',
      title: null,
      status: 'LOADED',
      memoryUsedBytes: null,
      onGpu: false,
      activeSessionCount: null,
      inferenceTimeMs: null,
      tokensPerSecond: null,
    },
  });
});

test.each<[string, object, string[]]>([
  ['an array', [{ id: 'a' }, 'b', null, { name: 'c' }], ['a', 'b', 'c']],
  ['null instead of an empty list', { object: 'list', data: null }, []],
  ['a list named models', { models: [{ model: 'a' }] }, ['a']],
  [
    'entries with invalid properties',
    {
      data: [
        { id: 'a', status: 5 },
        { id: 7, name: 'b', status: { value: null } },
      ],
    },
    ['a', 'b'],
  ],
  [
    'a state that is the name of a property of every object',
    { data: [{ id: 'a', status: { value: 'constructor' } }] },
    ['a'],
  ],
])('a list of models can be or contain %s', async (_name, body, names) => {
  const { url } = await serveRoutes({ '/v1/models': body });
  const models = await probeOf(url)();
  expect(Object.keys(models)).toEqual(names);
  for (const model of Object.values(models)) expect(model.status).toBe('LOADED');
});

test.each([
  ['null', null],
  ['an object without a list', {}],
  ['a string', 'models'],
])('%s instead of a list of models is an INVALID_RESPONSE', async (_name, body) => {
  const { url } = await serveRoutes({ '/v1/models': JSON.stringify(body) });
  await expect(probeOf(url)()).rejects.toMatchObject({ code: 'INVALID_RESPONSE' });
});

test('an address can end in /v1, and every request contains the key', async () => {
  const server = await serveRoutes({ '/v1/models': MODELS, '/base/v1/models': MODELS });
  await probeOf(server.url)();
  await probeOf(`${server.url}/base/v1`, 'k3y')();
  const keys = server.headers.map(({ authorization }) => authorization);
  expect(server.requests.map((request, index) => [request, keys[index]])).toEqual([
    ['GET /v1/models', undefined],
    ['GET /metrics', undefined],
    ['GET /base/v1/models', 'Bearer k3y'],
    ['GET /base/metrics', 'Bearer k3y'],
  ]);
});

test.each<[string, Record<string, Answer>]>([
  ['do not exist', {}],
  ['are a web page', { '/metrics': '<!doctype html>' }],
  ['are an error in JSON', { '/metrics': { error: 'no' } }],
  ['end with a closed connection', { '/metrics': (_request, response) => response.socket?.destroy() }],
])(
  'metrics that %s do not fail the probe, and are not requested by the next probe',
  async (_name, routes) => {
    const server = await serveRoutes({ '/v1/models': MODELS, ...routes });
    const probe = probeOf(server.url);
    expect((await probe())['org/m']).toMatchObject({ status: 'LOADED', activeSessionCount: null });
    await probe();
    expect(server.requests.filter((request) => request.includes('/metrics'))).toHaveLength(1);
  },
);

test('metrics of vLLM provide the sessions of a model, and from the second probe on its speed', async () => {
  const server = await serveRoutes({ '/v1/models': MODELS, '/metrics': vllmMetrics(2, 100, 4) });
  const probe = probeOf(server.url);
  expect((await probe())['org/m']).toMatchObject({
    activeSessionCount: 2,
    tokensPerSecond: null,
    inferenceTimeMs: null,
  });
  server.routes = { ...server.routes, '/metrics': vllmMetrics(3, 160, 8) };
  const busy = (await probe())['org/m'];
  expect(busy).toMatchObject({ activeSessionCount: 3, inferenceTimeMs: 250 });
  expect(busy?.tokensPerSecond).toBeGreaterThan(0);
  server.routes = { ...server.routes, '/metrics': vllmMetrics(0, 160, 8) };
  expect((await probe())['org/m']).toMatchObject({
    activeSessionCount: 0,
    inferenceTimeMs: 250,
    tokensPerSecond: busy?.tokensPerSecond,
  });
});

test('metrics without a model name belong to the only loaded model', async () => {
  const server = await serveRoutes({ '/v1/models': MODELS, '/metrics': 'llamacpp:requests_processing 1\n' });
  const probe = probeOf(server.url);
  expect((await probe())['org/m']?.activeSessionCount).toBe(1);
  server.routes = { ...server.routes, '/v1/models': { data: [{ id: 'a' }, { id: 'b' }] } };
  expect((await probe())['a']?.activeSessionCount).toBeNull();
});

test('the state of a model that llama.cpp lists is its status', async () => {
  const states = ['loaded', 'unloaded', 'loading', 'sleeping'];
  const server = await serveRoutes({
    '/v1/models': { data: states.map((value) => ({ id: value, status: { value } })) },
  });
  const models = await probeOf(server.url)();
  expect(states.map((state) => models[state]?.status)).toEqual(['LOADED', 'UNLOADED', 'LOADING', 'LOADED']);
});
