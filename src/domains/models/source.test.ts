import { describe, expect, onTestFinished, test } from 'vitest';
import { serveRoutes, status, type Answer } from '../../../test/_util/fake-server.ts';
import type { Sample, Source } from '../../sources/source.ts';
import { createModelDirectory, type ModelDirectoryOptions } from './directory.ts';
import {
  modelServerChanged,
  modelStatusChanged,
  type ModelServerStatus,
  type ModelStatus,
} from './events.ts';
import type { ModelServerAddress } from './probe.ts';
import { modelsSource, type ModelsSourceOptions } from './source.ts';

const MB = 2 ** 20;
const SIGNAL = new AbortController().signal;

function ollamaRoutes(running: object[] = []): Record<string, Answer> {
  return {
    '/api/tags': {
      models: [
        { name: 'llama3:latest', model: 'llama3:latest', digest: 'd1', size: 1 },
        { name: 'qwen:7b', model: 'qwen:7b', digest: 'd2', size: 1 },
      ],
    },
    '/api/ps': { models: running },
    '/api/show': (request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        const { model } = JSON.parse(body) as { model: string };
        if (model.startsWith('llama3'))
          response.end('{"model_info":{"general.name":"Meta Llama 3","general.parameter_count":8}}');
        else response.writeHead(404).end('{"error":"not found"}');
      });
    },
  };
}

const LLAMA = {
  name: 'llama3:latest',
  model: 'llama3:latest',
  digest: 'd1',
  size: 6 * MB,
  size_vram: 2 * MB,
};

function address(url: string, more: Partial<ModelServerAddress> = {}): ModelServerAddress {
  return { name: 'ollama', url, kind: 'OLLAMA', key: null, ...more };
}

/** By default a sample waits long enough to contain the results of its own probes. */
function sourceOf(
  servers: readonly ModelServerAddress[],
  options: Partial<ModelsSourceOptions & ModelDirectoryOptions> = {},
): Source {
  const directory = createModelDirectory({
    servers,
    gpuMemoryTotalBytes: () => null,
    hostMemoryTotalBytes: 1000,
    ...options,
  });
  const source = modelsSource({
    servers,
    directory,
    fastestMs: 100,
    backgroundMs: 1000,
    sampleMsMax: 5000,
    ...options,
  });
  onTestFinished(async () => source[Symbol.asyncDispose]?.());
  return source;
}

interface SampleContent {
  readonly models: Record<string, ModelStatus | null>;
  readonly servers: Record<string, ModelServerStatus>;
  readonly events: readonly (readonly [string, string])[];
}

function contentOf({ gauges, events = [] }: Sample): SampleContent {
  const of = (topic: string) =>
    Object.fromEntries(
      gauges.filter((gauge) => gauge.topic.name === topic).map(({ key, payload }) => [key, payload]),
    );
  return {
    models: of(modelStatusChanged.name) as SampleContent['models'],
    servers: of(modelServerChanged.name) as SampleContent['servers'],
    events: events.map(({ type, key }) => [type, key] as const),
  };
}

/** Takes a sample and marks its events as stored. */
async function take(source: Source): Promise<SampleContent> {
  const sample = await source.sample(SIGNAL);
  sample.recorded?.();
  return contentOf(sample);
}

describe('Ollama', () => {
  test('lists loaded models with their names and memory', async () => {
    const server = await serveRoutes(ollamaRoutes([LLAMA]));
    const { models, servers, events } = await take(sourceOf([address(server.url)]));
    expect(models).toEqual({
      'ollama:llama3': {
        modelId: 'ollama:llama3',
        modelName: 'Meta Llama 3',
        server: 'ollama',
        status: 'LOADED',
        memoryUsedBytes: 6 * MB,
        memoryTotalBytes: 1000,
        inferenceTimeMs: null,
        tokensPerSecond: null,
        activeSessionCount: null,
        updatedAt: expect.any(Number),
        lastReportedAt: null,
      },
      'ollama:qwen:7b': expect.objectContaining({
        modelName: 'qwen:7b',
        status: 'UNLOADED',
        memoryUsedBytes: null,
        memoryTotalBytes: null,
      }),
    });
    expect(servers['ollama']).toMatchObject({
      url: server.url,
      kind: 'OLLAMA',
      reachable: true,
      responseTimeMs: expect.any(Number),
    });
    expect(events).toEqual([['modelLoaded', 'ollama:llama3']]);
  });

  test('receives one request for the title of each model', async () => {
    const server = await serveRoutes(ollamaRoutes([LLAMA]));
    const source = sourceOf([address(server.url)]);
    await take(source);
    await take(source);
    expect(server.requests.filter((one) => one === 'POST /api/show')).toHaveLength(2);
    expect(server.requests.filter((one) => one === 'GET /api/ps')).toHaveLength(2);
  });

  test('that returns titles slowly has its models listed without titles', async () => {
    const server = await serveRoutes({ ...ollamaRoutes([LLAMA]), '/api/show': () => undefined });
    const { models } = await take(sourceOf([address(server.url)]));
    expect(models['ollama:llama3']).toMatchObject({ status: 'LOADED', modelName: 'llama3' });
  });

  test('causes events when it loads, unloads and removes models', async () => {
    const server = await serveRoutes(ollamaRoutes());
    const source = sourceOf([address(server.url)]);
    expect((await take(source)).events).toEqual([]);
    server.routes = ollamaRoutes([LLAMA]);
    expect((await take(source)).events).toEqual([['modelLoaded', 'ollama:llama3']]);
    server.routes = ollamaRoutes();
    expect((await take(source)).events).toEqual([['modelUnloaded', 'ollama:llama3']]);
    server.routes = { ...ollamaRoutes([LLAMA]) };
    await take(source);
    server.routes = { '/api/tags': { models: null }, '/api/ps': { models: [] } };
    const { models, events } = await take(source);
    expect(events).toEqual([['modelUnloaded', 'ollama:llama3']]);
    expect(models).toEqual({ 'ollama:llama3': null, 'ollama:qwen:7b': null });
  });

  test('can list invalid entries, which are ignored', async () => {
    const server = await serveRoutes({
      '/api/tags': { models: [null, 5, { digest: 'x' }, { name: 'a' }, { name: 'y'.repeat(1000) }] },
      '/api/ps': { models: [{ name: 'a', size: -1 }, { name: 'b' }] },
    });
    const { models } = await take(sourceOf([address(server.url)]));
    expect(models).toEqual({
      'ollama:a': expect.objectContaining({ status: 'LOADED', memoryUsedBytes: null }),
      'ollama:b': expect.objectContaining({ status: 'LOADED', memoryUsedBytes: null }),
    });
  });
});

describe('Ollama without a list of loaded models', () => {
  test.each<[string, Answer | undefined]>([
    ['the version is too old', undefined],
    ['a gateway forbids the request', status(403)],
    ['a web page is returned', '<html>not here</html>'],
    ['the server fails', status(500)],
    ['the connection is closed', (_request, response) => response.socket?.destroy()],
  ])('because %s is reachable, and no model is unloaded', async (_why, answer) => {
    const server = await serveRoutes(ollamaRoutes([LLAMA]));
    const source = sourceOf([address(server.url)]);
    await take(source);
    const { '/api/ps': _ps, ...others } = ollamaRoutes();
    server.routes = answer === undefined ? others : { ...others, '/api/ps': answer };
    const { models, servers, events } = await take(source);
    expect(events).toEqual([]);
    expect(servers['ollama']).toMatchObject({ reachable: true, errorCode: null });
    expect(models['ollama:llama3']).toMatchObject({ status: 'LOADED', memoryUsedBytes: null });
    expect(models['ollama:qwen:7b']).toMatchObject({ status: 'UNLOADED' });
  });

  test('is not asked for the list again soon, and meanwhile gets the status from reports', async () => {
    const { '/api/ps': _ps, ...routes } = ollamaRoutes();
    const server = await serveRoutes(routes);
    const servers = [address(server.url)];
    const directory = createModelDirectory({
      servers,
      gpuMemoryTotalBytes: () => null,
      hostMemoryTotalBytes: null,
    });
    const source = sourceOf(servers, { directory });
    expect((await take(source)).models['ollama:qwen:7b']).toMatchObject({ status: 'UNLOADED' });
    directory.report({ modelId: 'ollama:qwen:7b', status: 'LOADED' }, Date.now());
    const { models, events } = await take(source);
    expect(models['ollama:qwen:7b']).toMatchObject({ status: 'LOADED' });
    expect(events).toEqual([['modelLoaded', 'ollama:qwen:7b']]);
    expect(server.requests.filter((one) => one === 'GET /api/ps')).toHaveLength(1);
  });
});

describe('an invalid property', () => {
  test('of an Ollama model is ignored without dropping the model', async () => {
    const odd = { name: 7, model: 'odd', digest: { a: 1 }, size: '6', size_vram: [], details: null };
    const server = await serveRoutes({
      '/api/tags': {
        models: [
          { name: 'odd', model: 'x'.repeat(1000), digest: 5 },
          { name: 'a', digest: '' },
          { name: 'b', digest: '' },
        ],
      },
      '/api/ps': { models: [odd, { name: 'a', size: 6 * MB, size_vram: null, digest: null }] },
      '/api/show': (request, response) => {
        let body = '';
        request.on('data', (chunk: Buffer) => (body += chunk.toString()));
        request.on('end', () => {
          const { model } = JSON.parse(body) as { model: string };
          response.end(JSON.stringify({ model_info: { 'general.name': `Model ${model}`, more: [1] } }));
        });
      },
    });
    const { models, servers } = await take(sourceOf([address(server.url)]));
    expect(servers['ollama']).toMatchObject({ reachable: true });
    // Two entries without a digest are two models with separate titles.
    expect(models).toMatchObject({
      'ollama:odd': { status: 'LOADED', memoryUsedBytes: null, modelName: 'Model odd' },
      'ollama:a': { status: 'LOADED', memoryUsedBytes: 6 * MB, modelName: 'Model a' },
      'ollama:b': { status: 'UNLOADED', modelName: 'Model b' },
    });
  });
});

const VLLM_MODELS = { object: 'list', data: [{ id: 'org/m', object: 'model' }] };

describe('a server that fails', () => {
  test('because the connection is refused or the host name is unknown has that error code', async () => {
    const server = await serveRoutes({});
    await server.close();
    const source = sourceOf([address(server.url), address('http://no-such-host.invalid', { name: 'no' })]);
    const { servers } = await take(source);
    expect(servers).toMatchObject({
      ollama: { reachable: false, errorCode: 'CONNECTION_REFUSED' },
      no: { reachable: false, errorCode: 'CONNECTION_TIMEOUT' },
    });
  });

  test('because the key is wrong has that error code', async () => {
    const server = await serveRoutes({ '/v1/models': status(401) });
    const { servers, events } = await take(
      sourceOf([address(server.url, { name: 's', kind: 'OPENAI', key: 'k' })]),
    );
    expect(events).toEqual([['modelServerUnreachable', 's']]);
    expect(servers['s']).toMatchObject({
      reachable: false,
      errorCode: 'AUTHENTICATION_FAILED',
      errorMessage: 'answered with status 401',
    });
  });

  test('because the response is not JSON has that error code', async () => {
    const server = await serveRoutes({ ...ollamaRoutes(), '/api/tags': 'hello' });
    const { servers } = await take(sourceOf([address(server.url)]));
    expect(servers['ollama']).toMatchObject({ reachable: false, errorCode: 'INVALID_RESPONSE' });
  });

  test('because of too many requests is not probed again within the requested time', async () => {
    const server = await serveRoutes({ '/v1/models': status(429, { 'retry-after': '30' }) });
    const source = sourceOf([address(server.url, { name: 's', kind: 'OPENAI' })]);
    await take(source);
    await take(source);
    expect(server.requests).toHaveLength(1);
  });

  test('causes one event, and one when it responds again', async () => {
    const server = await serveRoutes(ollamaRoutes([LLAMA]));
    const source = sourceOf([address(server.url)]);
    await take(source);
    await server.close();
    const lost = await take(source);
    expect(lost.events).toEqual([['modelServerUnreachable', 'ollama']]);
    expect(lost.models['ollama:llama3']?.status).toBe('ERROR');
    expect((await take(source)).events).toEqual([]);
    await serveRoutes(ollamaRoutes([LLAMA]), Number(new URL(server.url).port));
    const found = await take(source);
    expect(found.events).toEqual([['modelServerRecovered', 'ollama']]);
    expect(found.models['ollama:llama3']?.status).toBe('LOADED');
    expect((await take(source)).events).toEqual([]);
  });
});

describe('a slow server', () => {
  test('delays no sample, is not probed twice at the same time, and appears in a later sample', async () => {
    let respond = (): void => {};
    const slow = await serveRoutes({
      ...ollamaRoutes([LLAMA]),
      '/api/ps': (_request, response) => {
        respond = () => void response.end(JSON.stringify({ models: [LLAMA] }));
      },
    });
    const fast = await serveRoutes({ '/v1/models': VLLM_MODELS });
    const servers = [address(slow.url), address(fast.url, { name: 'fast', kind: 'OPENAI' })];
    const source = sourceOf(servers, { sampleMsMax: 200, timeoutMs: 60_000 });
    const first = await take(source);
    expect(Object.keys(first.models)).toEqual(['fast:org/m']);
    expect(first.servers['ollama']?.reachable).toBeNull();
    await take(source);
    expect(slow.requests.filter((path) => path === 'GET /api/ps')).toHaveLength(1);
    expect(fast.requests.filter((path) => path === 'GET /v1/models')).toHaveLength(2);
    respond();
    await expect
      .poll(async () => Object.keys((await take(source)).models), { timeout: 5000 })
      .toContain('ollama:llama3');
  });

  test('fails after the timeout without delaying the other servers', async () => {
    const slow = await serveRoutes({ '/api/tags': () => undefined, '/api/ps': () => undefined });
    const fast = await serveRoutes({ '/v1/models': VLLM_MODELS });
    const servers = [address(slow.url), address(fast.url, { name: 'fast', kind: 'OPENAI' })];
    const { models, servers: seen } = await take(sourceOf(servers, { timeoutMs: 100 }));
    expect(models['fast:org/m']?.status).toBe('LOADED');
    expect(seen['ollama']).toMatchObject({
      reachable: false,
      errorCode: 'CONNECTION_TIMEOUT',
      errorMessage: 'no response within 100 ms',
    });
  });

  test('does not delay closing the source', async () => {
    const slow = await serveRoutes({ '/api/tags': () => undefined, '/api/ps': () => undefined });
    const source = sourceOf([address(slow.url)], { sampleMsMax: 10, timeoutMs: 60_000 });
    await source.sample(SIGNAL);
    await source[Symbol.asyncDispose]?.();
    expect(contentOf(await source.sample(SIGNAL)).servers['ollama']?.reachable).toBeNull();
  });
});

test('a sample contains the events of earlier samples until they are recorded', async () => {
  const server = await serveRoutes(ollamaRoutes([LLAMA]));
  const source = sourceOf([address(server.url)]);
  const first = await source.sample(SIGNAL);
  const second = await source.sample(SIGNAL);
  expect(second.events).toEqual(first.events);
  expect(second.events).toMatchObject([{ type: 'modelLoaded', id: expect.any(String) }]);
  second.recorded?.();
  expect((await source.sample(SIGNAL)).events).toEqual([]);
});

test('a sample is empty without configured servers', async () => {
  expect(await sourceOf([]).sample(SIGNAL)).toMatchObject({ gauges: [], events: [] });
});
