import { describe, expect, test } from 'vitest';
import { readConfig } from '../settings.ts';

const read = (env: Record<string, string>) => readConfig(env, { cwd: '/srv/ops' }).config.traces;

describe('the settings of traces', () => {
  test('are not used by default, whatever a platform sets for other programs', () => {
    expect(read({ OTEL_EXPORTER_OTLP_ENDPOINT: 'x', OTEL_TRACES_SAMPLER_ARG: 'y' })).toBeNull();
  });

  test('have the names and forms of OpenTelemetry', () => {
    expect(read({ TRACES: 'true' })).toEqual({
      serviceName: 'opsgraph',
      endpoint: 'http://localhost:4318',
      headers: {},
      sampleRatio: 0.1,
    });
    expect(
      read({
        TRACES: 'true',
        OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.example/otlp/',
        OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20abc, x-tenant = ops',
        OTEL_SERVICE_NAME: 'ops',
        OTEL_TRACES_SAMPLER_ARG: '1',
      }),
    ).toEqual({
      serviceName: 'ops',
      endpoint: 'https://collector.example/otlp',
      headers: { authorization: 'Bearer abc', 'x-tenant': 'ops' },
      sampleRatio: 1,
    });
  });

  test.each([
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318', 'must be a URL'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'Bearer abc', 'comma-separated list of name=value'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'a=%zz', 'comma-separated list of name=value'],
    ['OTEL_TRACES_SAMPLER_ARG', '2', 'from 0 to 1'],
    ['OTEL_TRACES_SAMPLER_ARG', 'half', 'from 0 to 1'],
  ])('rejects %s=%s', (name, value, message) => {
    expect(() => read({ TRACES: 'true', [name]: value })).toThrow(new RegExp(`${name}.*${message}`));
  });
});
