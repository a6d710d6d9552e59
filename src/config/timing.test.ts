import { describe, expect, test } from 'vitest';
import { config, errors, read, yaml } from '../../test/_util/config.ts';

describe('the dashboard file', () => {
  test('sets intervals and reconnect advice', () => {
    const text = `
      websocket: { reconnect: { backoff_multiplier: 2.0, max_attempts: 5, max_delay_ms: 10000 } }
      monitoring: { system: { sample_interval_ms: 2000 }, gpu: { sample_interval_ms: 5000 } }
      updates: { model_status: 500, chat_status: 250 }`;
    const { config, warnings } = read({}, yaml(text));
    expect(config.timing.realtime).toMatchObject({
      backoffMultiplier: 2,
      reconnectAttemptsMax: 5,
      reconnectDelayMsMax: 10_000,
    });
    expect(config.timing.intervals).toMatchObject({
      systemSampleMs: 2000,
      systemMetricsMs: 2000,
      gpuSampleMs: 5000,
      gpuMetricsMs: 5000,
      databaseMetricsMs: 5000,
      modelStatusMs: 500,
      chatStatusMs: 250,
    });
    expect(warnings).toEqual([]);
  });

  test('shares settings between sections with merge keys', () => {
    const text = `
x-slow: &slow { sample_interval_ms: 9000 }
monitoring:
  system: { <<: *slow }
  gpu: { <<: *slow, sample_interval_ms: 7000 }`;
    const { config, warnings } = read({}, yaml(text));
    expect(config.timing.intervals).toMatchObject({ systemSampleMs: 9000, gpuSampleMs: 7000 });
    expect(warnings).toEqual([]);
  });

  test('has values measured at least as often as they are sent', () => {
    const fast = read({}, yaml('updates: { system_metrics: 500 }')).config.timing.intervals;
    expect(fast).toMatchObject({ systemMetricsMs: 500, systemSampleMs: 500 });
    const slow = read({}, yaml('updates: { system_metrics: 4000 }')).config.timing.intervals;
    expect(slow).toMatchObject({ systemMetricsMs: 4000, systemSampleMs: 1000 });
  });

  test('is overridden by the environment', () => {
    const files = yaml('websocket: { reconnect: { max_attempts: 5 } }');
    expect(
      read({ WEBSOCKET_RECONNECT_ATTEMPTS: '7' }, files).config.timing.realtime.reconnectAttemptsMax,
    ).toBe(7);
  });

  test.each(['', '# nothing', 'websocket:', 'monitoring:\n  gpu:\n'])(
    'accepts a file without settings: %j',
    (text) => {
      expect(read({}, yaml(text)).config).toEqual(config({}));
    },
  );

  test('accepts unknown keys with a warning', () => {
    const text = 'theme: dark\nupdates: { modelstatus: 5, toString: 1 }\nmonitoring: { disk: { a: 1 } }';
    expect(read({}, yaml(text)).warnings).toEqual(
      ['theme', 'updates.modelstatus', 'updates.toString', 'monitoring.disk'].map(
        (key) => `${key} in config/dashboard_config.yaml is not a known key and has no effect`,
      ),
    );
  });

  test.each([
    ['monitoring.system.sample_interval_ms', '99'],
    ['monitoring.gpu.sample_interval_ms', '"1000"'],
    ['monitoring.database.sample_interval_ms', '.inf'],
    ['updates.system_metrics', '100.5'],
    ['updates.model_status', 'null'],
    ['updates.chat_status', '[1000]'],
    ['websocket.reconnect.max_attempts', '0'],
    ['websocket.reconnect.backoff_multiplier', '0.9'],
    ['websocket.reconnect.max_delay_ms', 'true'],
    ['websocket.reconnect', '5'],
  ])('rejects %s: %s', (key, value) => {
    const text = key.split('.').reduceRight((inner, name) => `{ ${name}: ${inner} }`, value);
    expect(errors({}, yaml(text))).toEqual([
      expect.stringMatching(new RegExp(`^${key} in config/dashboard_config\\.yaml must .+, got `)),
    ]);
  });

  test.each(['a: [', 'a: 1\na: 2', '- 1', 'text', 'a: *unknown', '\tupdates: 1'])(
    'rejects the content %j',
    (text) => {
      expect(errors({}, yaml(text))).toEqual([expect.stringMatching(/^config\/dashboard_config\.yaml .+/)]);
    },
  );

  test('has to exist only when DASHBOARD_CONFIG names it', () => {
    expect(errors({})).toEqual([]);
    expect(errors({ DASHBOARD_CONFIG: 'my.yaml' })).toEqual([
      'DASHBOARD_CONFIG must name a readable file (ENOENT), got "my.yaml"',
    ]);
    const files = { '/srv/ops/my.yaml': 'updates: { model_status: 700 }' };
    expect(read({ DASHBOARD_CONFIG: 'my.yaml' }, files).config.timing.intervals.modelStatusMs).toBe(700);
  });
});
