import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { totalmem } from 'node:os';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { startTestApp, type TestApp } from '../../_util/app.ts';
import {
  count,
  dashboardFile,
  dataOf,
  errorMessage,
  freePort,
  justNow,
  listOf,
  maybe,
  milliseconds,
  modelStatus,
  oneOf,
  open,
  publish,
  size,
  text,
  until,
  type FeedClient,
} from '../_old-client.ts';

const quiet = { FEATURE_SYSTEM_MONITORING: 'false', FEATURE_DATABASE_MONITORING: 'false' };
const gibibyte = 2 ** 30;
let fast = '';

beforeAll(async () => {
  fast = await dashboardFile('updates:', '  model_status: 150');
});

/** A model server that can be stopped and started again on the same port. */
class FakeServer {
  readonly asked: string[] = [];
  port = 0;
  answer: (request: IncomingMessage, response: ServerResponse) => void;
  #server = createServer();
  #answering = 0;

  constructor(answer: FakeServer['answer']) {
    this.answer = answer;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The server stops with the test unless `keep` is set; then the caller stops it. */
  async start({ keep = false } = {}): Promise<this> {
    this.#server = createServer((request, response) => {
      this.asked.push(`${request.method} ${request.url}`);
      this.#answering++;
      response.once('close', () => this.#answering--);
      response.setHeader('connection', 'close'); // a request on a kept connection would fail when the server stops
      response.setHeader('content-type', 'application/json');
      this.answer(request, response);
    }).listen(this.port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.port = (this.#server.address() as AddressInfo).port;
    if (!keep) onTestFinished(() => this.stop());
    return this;
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** Stops the server while no request is open, so that the next request is refused instead of interrupted. */
  async leave(): Promise<void> {
    await vi.waitUntil(() => this.#answering === 0, { interval: 1 });
    this.stop();
  }
}

interface Ollama extends FakeServer {
  tags: string[];
  ps: Record<string, { size: number; size_vram: number }>;
}

async function ollama(options: { keep?: boolean } = {}): Promise<Ollama> {
  const names: Record<string, string> = { 'llama3:latest': 'Llama 3' };
  const server: Ollama = Object.assign(
    new FakeServer((request, response) => {
      if (request.url === '/api/tags')
        return void response.end(
          JSON.stringify({ models: server.tags.map((name) => ({ name, model: name, digest: `d-${name}` })) }),
        );
      if (request.url === '/api/ps')
        return void response.end(
          JSON.stringify({
            models: Object.entries(server.ps).map(([name, sizes]) => ({
              name,
              model: name,
              digest: `d-${name}`,
              ...sizes,
            })),
          }),
        );
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        const { model = '' } = JSON.parse(body === '' ? '{}' : body) as { model?: string };
        response.end(JSON.stringify({ model_info: { 'general.name': names[model] } }));
      });
      return undefined;
    }),
    { tags: ['llama3:latest', 'mistral:7b'], ps: { 'llama3:latest': { size: 4 * gibibyte, size_vram: 0 } } },
  );
  await server.start(options);
  return server;
}

function openAi(
  models: () => string[],
  more: { token?: string; metrics?: string } = {},
): Promise<FakeServer> {
  return new FakeServer((request, response) => {
    if (more.token !== undefined && request.headers.authorization !== `Bearer ${more.token}`)
      return void response.writeHead(401).end('{"error":"bad credentials"}');
    if (request.url === '/v1/models')
      return void response.end(JSON.stringify({ data: models().map((id) => ({ id, object: 'model' })) }));
    if (request.url === '/metrics' && more.metrics !== undefined)
      return void response.setHeader('content-type', 'text/plain').end(more.metrics);
    return void response.writeHead(404).end('{}');
  }).start();
}

function statusOf(id: string): (message: Record<string, unknown>) => boolean {
  return (message) => message['type'] === 'model_status' && dataOf(message)['model_id'] === id;
}

function isStatus(id: string, status: string): (message: Record<string, unknown>) => boolean {
  return (message) => statusOf(id)(message) && dataOf(message)['status'] === status;
}

const byText = (a: unknown, b: unknown): number => String(a).localeCompare(String(b));

function errorsOf(client: FeedClient): Record<string, unknown>[] {
  return client.messages.filter(({ type }) => type === 'error');
}

async function known(app: TestApp, id: string, status: string): Promise<void> {
  await until(async () => {
    const { data } = await app.graphql<{ model: { status: string } | null }>(
      'query ($id: ID!) { model(modelId: $id) { status } }',
      { id },
    );
    return data.model?.status === status;
  });
}

describe('models of Ollama', () => {
  let servers: readonly Ollama[] = [];
  /** A server with the default intervals. */
  let standard: TestApp;
  /** A server with short intervals and a third model. */
  let eager: TestApp;

  beforeAll(async () => {
    const [two, three] = await Promise.all([ollama({ keep: true }), ollama({ keep: true })]);
    three.tags.push('phi:latest');
    three.ps['phi:latest'] = { size: 4 * gibibyte, size_vram: 0 };
    servers = [two, three];
    [standard, eager] = await Promise.all([
      startTestApp({ ...quiet, OLLAMA_URL: two.url }, { keep: true }),
      startTestApp({ ...quiet, OLLAMA_URL: three.url, DASHBOARD_CONFIG: fast }, { keep: true }),
    ]);
  });

  afterAll(async () => {
    await Promise.all([standard.stop(), eager.stop()]);
    for (const server of servers) server.stop();
  });

  it('A2 A86: have eight fields in model_status, from responses of Ollama', async () => {
    const client = await open(eager, '/ws/models');
    const message = await client.next(isStatus('ollama:llama3', 'loaded'));
    expect(message).toFit(modelStatus);
    const named = await client.next(
      (one) => statusOf('ollama:llama3')(one) && dataOf(one)['model_name'] !== 'llama3:latest',
    );
    const { memory_total_mb: total, ...rest } = dataOf(named);
    expect(rest).toEqual({
      model_id: 'ollama:llama3',
      model_name: 'Llama 3',
      status: 'loaded',
      memory_usage_mb: 4096,
      inference_time_ms: null,
      tokens_per_second: null,
      active_sessions: null,
    });
    expect(total).toBeCloseTo(totalmem() / 2 ** 20, 2); // the model is in the memory of this machine, not of a GPU
    const unloaded = await client.next(statusOf('ollama:mistral:7b'));
    expect(unloaded).toFit(modelStatus);
    expect(dataOf(unloaded)).toMatchObject({ status: 'unloaded', memory_usage_mb: null });
  });

  it('A2: are sent immediately at connect, except unloaded ones, and nothing else is sent', async () => {
    await known(standard, 'ollama:llama3', 'LOADED');
    let fastest = Number.POSITIVE_INFINITY;
    for (let attempt = 0; attempt < 3; attempt++) {
      const client = await open(standard, '/ws/models');
      const openedAt = Date.now();
      expect(dataOf(await client.next())).toMatchObject({ model_id: 'ollama:llama3', status: 'loaded' });
      fastest = Math.min(fastest, Date.now() - openedAt);
      client.send({ type: 'ping' });
      expect(await client.next()).toMatchObject({ type: 'pong' });
      await client.ended();
    }
    expect(fastest).toBeLessThan(500);
  });

  it('A2: are sent every 3000 ms by default, the same for every client', async () => {
    const clients = await Promise.all([open(standard, '/ws/models'), open(standard, '/ws/models')]);
    const [first, second] = clients;
    await first.next(statusOf('ollama:mistral:7b'));
    const from = first.arrivedAt.at(-1) ?? 0;
    await first.next(statusOf('ollama:mistral:7b'));
    const span = (first.arrivedAt.at(-1) ?? 0) - from;
    expect(span).toBeGreaterThan(2_400);
    expect(span).toBeLessThan(4_200);
    const round = (client: FeedClient): string[] =>
      client.texts.filter((one) => one.includes('mistral') || one.includes('llama3'));
    await until(() => round(second).length >= round(first).length);
    expect(round(second).slice(-4)).toEqual(round(first).slice(-4));
  });

  it('A3: are sent as model_loaded and model_unloaded once each when Ollama loads and unloads them', async () => {
    const changing = await ollama();
    const app = await startTestApp({ ...quiet, OLLAMA_URL: changing.url, DASHBOARD_CONFIG: fast });
    const client = await open(app, '/ws/models');
    await client.next(isStatus('ollama:mistral:7b', 'unloaded'));
    changing.ps = { ...changing.ps, 'mistral:7b': { size: gibibyte, size_vram: 0 } };
    const loaded = await client.next((one) => one['model_id'] === 'ollama:mistral:7b');
    expect(loaded).toFit({
      type: oneOf('model_loaded'),
      model_id: oneOf('ollama:mistral:7b'),
      timestamp: justNow,
    });
    await client.next(isStatus('ollama:mistral:7b', 'loaded'));
    changing.ps = {};
    const gone = new Set<unknown>();
    while (gone.size < 2) {
      const message = await client.ofType('model_unloaded');
      expect(message).toFit({ type: oneOf('model_unloaded'), model_id: text, timestamp: justNow });
      gone.add(message['model_id']);
    }
    expect(gone).toEqual(new Set(['ollama:llama3', 'ollama:mistral:7b']));
    for (let n = 0; n < 4; n++) await client.ofType('model_status');
    const events = client.messages.filter(({ type }) => /^model_(un)?loaded$/.test(String(type)));
    expect(events.filter((event) => event['model_id'] === 'ollama:mistral:7b')).toHaveLength(2);
    const { body } = await app.get('/api/models/status');
    expect(body).toEqual({ models: [] });
  });

  it('A2: get values from reports that the server lacks, but not their status', async () => {
    const client = await open(eager, '/ws/models');
    await client.next(isStatus('ollama:phi', 'loaded'));
    await publish(eager, [
      {
        modelReport: {
          modelId: 'ollama:phi',
          status: 'UNLOADED',
          inferenceTimeMs: 1234.5,
          activeSessionCount: 2,
        },
      },
    ]);
    const message = await client.next(
      (one) => statusOf('ollama:phi')(one) && dataOf(one)['active_sessions'] === 2,
    );
    expect(dataOf(message)).toMatchObject({
      status: 'loaded',
      memory_usage_mb: 4096,
      inference_time_ms: 1234.5,
    });
  });
});

describe('models of other servers', () => {
  it('A2: are loaded when an OpenAI-compatible server lists them, with open sessions from its metrics', async () => {
    const metrics = 'vllm:num_requests_running{model_name="qwen"} 3.0\n';
    const server = await openAi(() => ['qwen'], { metrics });
    const app = await startTestApp({
      ...quiet,
      MODEL_SERVERS: `gpu-box=${server.url}`,
      DASHBOARD_CONFIG: fast,
    });
    const client = await open(app, '/ws/models');
    const message = await client.next(
      (one) => statusOf('gpu-box:qwen')(one) && dataOf(one)['active_sessions'] !== null,
    );
    expect(message).toFit(modelStatus);
    expect(dataOf(message)).toMatchObject({
      model_name: 'qwen',
      status: 'loaded',
      memory_usage_mb: null,
      active_sessions: 3,
    });
  });

  it('A60: use GITHUB_TOKEN for the server github, and report AUTHENTICATION_FAILED when it is wrong', async () => {
    const server = await openAi(() => ['gpt'], { token: 'ghp_right' });
    const env = { ...quiet, MODEL_SERVERS: `github=${server.url}`, DASHBOARD_CONFIG: fast };
    const allowed = await startTestApp({ ...env, GITHUB_TOKEN: 'ghp_right' });
    const client = await open(allowed, '/ws/models');
    await client.next(isStatus('github:gpt', 'loaded'));
    expect(errorsOf(client)).toEqual([]);
    for (const GITHUB_TOKEN of ['ghp_wrong', '']) {
      const app = await startTestApp({ ...env, GITHUB_TOKEN });
      const refused = await open(app, '/ws/models');
      const message = await refused.ofType('error');
      expect(message).toFit(errorMessage('AUTHENTICATION_FAILED'));
      expect(JSON.stringify([refused.texts, app.logged])).not.toContain('ghp_wrong');
    }
  });

  it('A2: of several servers are shown together, and a slow server delays no other', async () => {
    const slow = await new FakeServer(() => {}).start();
    const [one, two] = await Promise.all([openAi(() => ['a']), openAi(() => ['b'])]);
    const app = await startTestApp({
      ...quiet,
      MODEL_SERVERS: `slow=${slow.url},one=${one.url},two=${two.url}`,
      DASHBOARD_CONFIG: fast,
    });
    const client = await open(app, '/ws/models');
    const openedAt = Date.now();
    const seen = new Set<unknown>();
    while (seen.size < 2) seen.add(dataOf(await client.ofType('model_status'))['model_id']);
    expect(seen).toEqual(new Set(['one:a', 'two:b']));
    expect(Date.now() - openedAt).toBeLessThan(2_000);
  });
});

describe('model servers that fail', () => {
  it('A2: do not delay messages at connect when they hang', async () => {
    const silent = await new FakeServer(() => {}).start();
    const app = await startTestApp({ ...quiet, OLLAMA_URL: silent.url, DASHBOARD_CONFIG: fast });
    await publish(app, [{ modelReport: { modelId: 'lab:there', status: 'LOADED' } }]);
    await known(app, 'lab:there', 'LOADED');
    let fastest = Number.POSITIVE_INFINITY;
    for (let attempt = 0; attempt < 3; attempt++) {
      const client = await open(app, '/ws/models');
      const openedAt = Date.now();
      expect(statusOf('lab:there')(await client.next())).toBe(true);
      fastest = Math.min(fastest, Date.now() - openedAt);
    }
    expect(fastest).toBeLessThan(500);
  });

  it('A8 A58 A59: are sent as errors at connect with their codes, and a lasting failure only once', async () => {
    const silent = await new FakeServer(() => {}).start();
    const busy = await new FakeServer((_request, response) => response.writeHead(429).end()).start();
    const app = await startTestApp({
      ...quiet,
      MODEL_SERVERS: [
        `refusing=http://127.0.0.1:${await freePort()}`,
        `silent=${silent.url}`,
        'nowhere=http://nowhere.invalid:8080',
        `busy=${busy.url}`,
      ].join(','),
      DASHBOARD_CONFIG: fast,
    });
    const client = await open(app, '/ws/models');
    await until(() => errorsOf(client).length >= 4);
    const codes = (one: FeedClient): unknown[] =>
      errorsOf(one)
        .map(({ code }) => code)
        .toSorted(byText);
    const expected = ['CONNECTION_REFUSED', 'CONNECTION_TIMEOUT', 'CONNECTION_TIMEOUT', 'RATE_LIMITED'];
    expect(codes(client)).toEqual(expected);
    for (const message of errorsOf(client)) {
      expect(message).toFit(errorMessage(String(message['code'])));
    }
    const words = errorsOf(client).flatMap(({ code, message }) => (code === 'RATE_LIMITED' ? [] : [message]));
    expect(new Set(words)).toEqual(new Set(['Failed to connect to model service']));

    const late = await open(app, '/ws/models');
    const openedAt = Date.now();
    for (let n = 0; n < 4; n++) await late.ofType('error');
    expect(Date.now() - openedAt).toBeLessThan(1_000);
    expect(codes(late)).toEqual(expected);

    const probes = silent.asked.length;
    await until(() => silent.asked.length > probes + 1); // the server is probed repeatedly
    for (const one of [client, late]) {
      one.send({ type: 'ping' });
      await one.ofType('pong');
      expect(codes(one)).toEqual(expected);
    }
  });

  it('A8 A59: are sent as an error when they become unreachable, each time', async () => {
    const server = await openAi(() => ['qwen']);
    const app = await startTestApp({
      ...quiet,
      MODEL_SERVERS: `box=${server.url}`,
      DASHBOARD_CONFIG: fast,
    });
    const client = await open(app, '/ws/models');
    await client.next(isStatus('box:qwen', 'loaded'));
    for (let round = 1; round <= 2; round++) {
      await server.leave();
      const message = await client.ofType('error');
      // If a probe was under way, its connection was broken.
      const code = message['code'] === 'CONNECTION_TIMEOUT' ? 'CONNECTION_TIMEOUT' : 'CONNECTION_REFUSED';
      expect(message).toFit(errorMessage(code));
      expect(message['message']).toBe('Failed to connect to model service');
      await client.next(isStatus('box:qwen', 'error'));
      await server.start();
      await client.next(isStatus('box:qwen', 'loaded'));
      expect(errorsOf(client)).toHaveLength(round);
    }
    const healthy = await open(app, '/ws/models');
    await healthy.next(isStatus('box:qwen', 'loaded'));
    expect(errorsOf(healthy)).toEqual([]);
    const changes = client.messages.filter(({ type }) => /^model_(un)?loaded$/.test(String(type)));
    expect(changes.slice(1)).toEqual([]); // no model was loaded or unloaded since
  });

  it('A8: are unreachable when their response is invalid, and the feed continues', async () => {
    const server = await new FakeServer((_request, response) => response.end('<html>')).start();
    const app = await startTestApp({ ...quiet, OLLAMA_URL: server.url, DASHBOARD_CONFIG: fast });
    const client = await open(app, '/ws/models');
    expect(await client.ofType('error')).toFit(errorMessage('CONNECTION_TIMEOUT'));
    await publish(app, [{ modelReport: { modelId: 'lab:x', status: 'LOADED' } }]);
    await client.next(isStatus('lab:x', 'loaded'));
  });
});

describe('what producers report', () => {
  const full = {
    modelId: 'lab:llama',
    modelName: 'Llama of the lab',
    status: 'LOADED',
    memoryUsedBytes: 4096 * 2 ** 20,
    memoryTotalBytes: 8192 * 2 ** 20,
    inferenceTimeMs: 2500,
    tokensPerSecond: 45.2,
    activeSessionCount: 3,
  };

  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp(quiet, { keep: true });
  });

  afterAll(() => app.stop());

  it('A2 A3: is sent immediately, with model_loaded, and again every interval', async () => {
    const client = await open(app, '/ws/models');
    client.send({ type: 'ping' });
    await client.ofType('pong');
    const at = Date.now();
    await publish(app, [{ modelReport: full }]);
    const isOfIt = (message: object): boolean => JSON.stringify(message).includes('lab:llama');
    const seen = [await client.next(isOfIt), await client.next(isOfIt)];
    expect(Date.now() - at).toBeLessThan(1_500);
    expect(seen.map(({ type }) => type).toSorted(byText)).toEqual(['model_loaded', 'model_status']);
    const shown = seen.find(({ type }) => type === 'model_status') ?? {};
    expect(shown).toFit(modelStatus);
    expect(dataOf(shown)).toEqual({
      model_id: 'lab:llama',
      model_name: 'Llama of the lab',
      status: 'loaded',
      memory_usage_mb: 4096,
      memory_total_mb: 8192,
      inference_time_ms: 2500,
      tokens_per_second: 45.2,
      active_sessions: 3,
    });
  });

  it('A2: is sent immediately for a changed status, and at the next interval for measured values', async () => {
    const client = await open(app, '/ws/models');
    await publish(app, [{ modelReport: { ...full, modelId: 'lab:changing' } }]);
    await client.next(isStatus('lab:changing', 'loaded'));
    for (const status of ['error', 'loading', 'loaded']) {
      const at = Date.now();
      await publish(app, [{ modelReport: { modelId: 'lab:changing', status: status.toUpperCase() } }]);
      expect(await client.next(isStatus('lab:changing', status))).toFit(modelStatus);
      expect(Date.now() - at).toBeLessThan(1_500);
    }
    await publish(app, [
      { modelReport: { modelId: 'lab:changing', activeSessionCount: 0, tokensPerSecond: 12.345678 } },
    ]);
    const measured = await client.next(
      (one) => statusOf('lab:changing')(one) && dataOf(one)['active_sessions'] === 0,
    );
    expect(dataOf(measured)).toMatchObject({ memory_usage_mb: 4096, inference_time_ms: 2500 });
  });

  it('A3 A42: is sent for an unloaded model, which is neither sent at connect nor listed', async () => {
    const own = await startTestApp(quiet);
    const client = await open(own, '/ws/models');
    await publish(own, [
      { modelReport: full },
      { modelReport: { ...full, modelId: 'lab:other', status: 'LOADING' } },
    ]);
    await client.ofType('model_loaded');
    await known(own, 'lab:other', 'LOADING');
    const { body } = await own.get('/api/models/status');
    expect(body).toFit({
      models: listOf({
        model_id: text,
        model_name: text,
        status: oneOf('loaded', 'loading'),
        memory_usage_mb: maybe(size),
        inference_time_ms: maybe(milliseconds),
        active_sessions: maybe(count),
      }),
    });
    expect(body).toEqual({
      models: [
        {
          model_id: 'lab:llama',
          model_name: 'Llama of the lab',
          status: 'loaded',
          memory_usage_mb: 4096,
          inference_time_ms: 2500,
          active_sessions: 3,
        },
        expect.objectContaining({ model_id: 'lab:other', status: 'loading' }),
      ],
    });
    await publish(own, [{ modelReport: { modelId: 'lab:llama', status: 'UNLOADED' } }]);
    expect(await client.ofType('model_unloaded')).toFit({
      type: oneOf('model_unloaded'),
      model_id: oneOf('lab:llama'),
      timestamp: justNow,
    });
    await known(own, 'lab:llama', 'UNLOADED');
    const later = await open(own, '/ws/models');
    expect(dataOf(await later.next())).toMatchObject({ model_id: 'lab:other' });
    later.send({ type: 'ping' });
    expect(await later.next()).toMatchObject({ type: 'pong' });
    const listed = (await own.get('/api/models/status')).body as { models: { model_id: string }[] };
    expect(listed.models.map(({ model_id }) => model_id)).toEqual(['lab:other']);
  });
});
