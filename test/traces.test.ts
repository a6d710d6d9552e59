import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from './_util/app.ts';
import { graphqlClient } from './_util/clients.ts';
import { startCollector, type Collector, type ReceivedSpan } from './_util/collector.ts';
import { publishMutation } from './_util/publish.ts';

// Traces as a collector receives them. One server with traces, whose spans arrive in batches every second.

describe('a server with traces', () => {
  let collector: Collector;
  let app: TestApp;

  beforeAll(async () => {
    collector = await startCollector();
    app = await startTestApp(
      {
        TRACES: 'true',
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
        OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20secret-of-the-collector',
        OTEL_TRACES_SAMPLER_ARG: '1',
      },
      { keep: true },
    );
  });
  afterAll(async () => {
    await app.stop();
    await collector[Symbol.asyncDispose]();
  });

  /** The first span that matches, as soon as it has arrived. */
  async function span(name: string, matches: (span: ReceivedSpan) => boolean = () => true) {
    let found: ReceivedSpan | undefined;
    await expect
      .poll(() => (found = collector.spans.find((one) => one.name === name && matches(one))), {
        timeout: 10_000,
      })
      .toBeDefined();
    return found as unknown as ReceivedSpan;
  }

  const traceId = (digit: string): string => digit.repeat(32);
  const traceparent = (digit: string, sampled = true) => ({
    traceparent: `00-${traceId(digit)}-${'b'.repeat(16)}-0${sampled ? 1 : 0}`,
  });
  const inTrace =
    (digit: string) =>
    (one: ReceivedSpan): boolean =>
      one.traceId === traceId(digit);

  it('continues the trace of a client through the operation to its statements', async () => {
    await app.graphql('query Named { auditLogs(first: 1) { totalCount } }', {}, traceparent('1'));
    const operation = await span('query auditLogs', inTrace('1'));
    const request = await span('POST /graphql', inTrace('1'));
    const statement = await span('SELECT', inTrace('1'));
    expect(request.parentId).toBe('b'.repeat(16));
    expect(operation.parentId).toBe(request.spanId);
    expect(request.attributes).toMatchObject({
      'http.request.method': 'POST',
      'url.path': '/graphql',
      'http.response.status_code': 200,
    });
    expect(operation.attributes).toMatchObject({
      'graphql.operation.type': 'query',
      'graphql.operation.name': 'Named',
    });
    expect(statement.parentId).toBe(operation.spanId);
    expect(statement.attributes['db.query.text']).toContain('audit_counts');
  });

  it('follows an event from the request through the log to the sockets', async () => {
    const client = graphqlClient(app.wsUrl);
    const results = client.iterate({
      query: 'subscription { events(after: "earliest", types: [CUSTOM]) { id } }',
    });
    const events = [{ event: { type: 'traces.tested', message: 'reported' } }];
    await app.graphql(publishMutation(), { events });
    await results.next(); // the next one is delivered live
    await app.graphql(publishMutation(), { events }, traceparent('2'));
    await results.next();
    const written = await span('append', inTrace('2'));
    const dispatched = await span('dispatch custom.events', inTrace('2'));
    const executed = await span('execute custom.events', inTrace('2'));
    const sent = await span('send custom.events', inTrace('2'));
    expect((await span('mutation publish', inTrace('2'))).spanId).toBe(written.parentId);
    expect(dispatched.parentId).toBe(written.spanId);
    expect(executed.parentId).toBe(dispatched.spanId);
    expect(sent.parentId).toBe(dispatched.spanId);
    expect(sent.attributes['opsgraph.latency_ms']).toBeGreaterThanOrEqual(0);
    await results.return?.();
  });

  it('follows a sample from its source to the sockets', async () => {
    const client = graphqlClient(app.wsUrl);
    const results = client.iterate({ query: 'subscription { systemMetrics(everyMs: 500) { sampledAt } }' });
    await results.next();
    await results.next();
    const sent = await span('send host.sampled');
    const above =
      ({ parentId }: ReceivedSpan) =>
      (one: ReceivedSpan) =>
        one.spanId === parentId;
    const dispatched = await span('dispatch host.sampled', above(sent));
    const put = await span('put gauges', above(dispatched));
    const sample = await span('sample host', above(put));
    expect(sample).toMatchObject({ parentId: '', traceId: sent.traceId });
    await results.return?.();
  });

  it('traces subscriptions until they have started, and a failed operation as failed', async () => {
    const response = await fetch(`${app.url}/graphql?query=subscription{connections{sampledAt}}`, {
      headers: { accept: 'text/event-stream', ...traceparent('3') },
    });
    const request = await span('GET /graphql', inTrace('3'));
    expect((await span('subscription connections', inTrace('3'))).parentId).toBe(request.spanId);
    await response.body?.cancel();
    await app.graphql('query ($id: ID!) { node(id: $id) { id } }', {}, traceparent('4'));
    expect((await span('query node', inTrace('4'))).failed).toBe(true); // the variable is missing
    expect((await span('POST /graphql', inTrace('4'))).failed).toBe(false);
  });

  it('continues the trace that an operation over WebSocket has in its extensions', async () => {
    const client = graphqlClient(app.wsUrl);
    const run = async (query: string, extensions: Record<string, unknown>): Promise<void> => {
      const results = client.iterate({ query, extensions });
      await results.next();
      await results.return?.();
    };
    await run('{ auditLogs(first: 1) { totalCount } }', traceparent('a'));
    await run('subscription { kpis { totalRevenue } }', traceparent('c'));
    await run('{ agents { name } }', { traceparent: 'invalid' });
    for (const [name, digit] of [
      ['query auditLogs', 'a'],
      ['subscription kpis', 'c'],
    ] as const)
      expect((await span(name, inTrace(digit))).parentId).toBe('b'.repeat(16));
    expect((await span('query agents')).parentId).toBe('');
  });

  it('does not trace a request whose sender does not, and sends the credential of the collector', async () => {
    await app.graphql('{ health { ready } }', {}, traceparent('5', false));
    await app.graphql('{ health { ready } }', {}, traceparent('6'));
    await span('POST /graphql', inTrace('6'));
    expect(collector.spans.filter(inTrace('5'))).toEqual([]);
    expect(collector.headers.at(-1)?.['authorization']).toBe('Bearer secret-of-the-collector');
    expect(collector.resources.at(-1)).toMatchObject({
      'service.name': 'opsgraph',
      'service.version': expect.any(String) as string,
      'service.instance.id': expect.any(String) as string,
    });
    expect(JSON.stringify(app.logged)).not.toContain('secret-of-the-collector');
  });

  it('serves without a collector, logs once that spans cannot be sent, and once that they are sent again', async () => {
    collector.status = 400;
    const logged = (message: string) => () => app.logged.filter(({ msg }) => msg === message).length;
    await app.graphql('{ health { ready } }', {}, traceparent('7'));
    await expect.poll(logged('traces cannot be sent'), { timeout: 10_000 }).toBe(1);
    expect((await app.graphql('{ health { ready } }', {}, traceparent('8'))).errors).toBeUndefined();
    collector.status = 200;
    await app.graphql('{ health { ready } }', {}, traceparent('9'));
    await expect.poll(logged('traces are sent again'), { timeout: 10_000 }).toBe(1);
    expect(logged('traces cannot be sent')()).toBe(1);
  });
});
