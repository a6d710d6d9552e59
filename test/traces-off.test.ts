import { Session, type Profiler } from 'node:inspector/promises';
import { describe, expect, it } from 'vitest';
import { startTestApp } from './_util/app.ts';
import { graphqlClient } from './_util/clients.ts';
import { startCollector } from './_util/collector.ts';
import { publishMutation } from './_util/publish.ts';

/** The functions that were called from the start of a server until it had delivered samples and events, by file. */
async function calledBy(env: Record<string, string>): Promise<readonly string[]> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  try {
    const app = await startTestApp(env, { keep: true });
    const client = graphqlClient(app.wsUrl);
    const samples = client.iterate({ query: 'subscription { systemMetrics(everyMs: 100) { sampledAt } }' });
    const events = client.iterate({
      query: 'subscription { events(after: "earliest", types: [CUSTOM]) { id } }',
    });
    for (let message = 0; message < 5; message++) {
      await app.graphql(publishMutation(), {
        events: [{ event: { type: 'traces.off', message: 'reported' } }],
      });
      await events.next();
      await samples.next();
    }
    await Promise.all([samples.return?.(), events.return?.()]);
    await app.stop();
    const { result } = await session.post('Profiler.takePreciseCoverage');
    return result.flatMap(({ url, functions }) =>
      functions.filter(isCalled).map((one) => `${url} ${one.functionName}`),
    );
  } finally {
    await session.post('Profiler.stopPreciseCoverage');
    session.disconnect();
  }
}

/** A function without a name is a module, whose evaluation is no call. */
function isCalled({ functionName, ranges }: Profiler.FunctionCoverage): boolean {
  return functionName !== '' && (ranges[0]?.count ?? 0) > 0;
}

const traces = /\/src\/traces\/|\/@opentelemetry\//;

describe('a server without traces', () => {
  it('calls no code of them and of their SDK, from a sample and a request to the sockets', async () => {
    const called = await calledBy({});
    expect(called.filter((one) => traces.test(one))).toEqual([]);
    expect(called.filter((one) => one.endsWith('/src/delivery/latency.ts taken'))).toHaveLength(1);
  });

  it('is distinguished by that test from one with traces', async () => {
    await using collector = await startCollector();
    const env = { TRACES: 'true', OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_TRACES_SAMPLER_ARG: '1' };
    const called = await calledBy(env);
    expect(called.filter((one) => one.endsWith('/src/traces/traced-latency.ts taken'))).toHaveLength(1);
    expect(called.some((one) => one.includes('/@opentelemetry/'))).toBe(true);
  });
});
