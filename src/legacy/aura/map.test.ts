import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type {
  AuraDatabaseMetricsSubscription,
  AuraModelEventsSubscription,
  AuraModelStatusSubscription,
  AuraSystemMetricsSubscription,
} from '../documents.generated.ts';
import * as map from './map.ts';

/** 1702500000 in Unix seconds. */
const at = '2023-12-13T20:40:00.000Z';
const seconds = 1_702_500_000;
const mb = 2 ** 20;
const moment = { atMs: seconds * 1000 + 999 };

const model: AuraModelStatusSubscription['modelStatus'] = {
  model_id: 'ollama:llama3',
  model_name: 'Llama 3',
  status: 'LOADED',
  memoryUsedBytes: 4096 * mb,
  memoryTotalBytes: 8192 * mb,
  inference_time_ms: 2500,
  tokens_per_second: 45.2,
  active_sessions: 3,
  updatedAt: '2023-12-13T20:40:00.987Z',
};

const happened = {
  __typename: 'ModelLoaded',
  cursor: 'e_1',
  occurredAt: at,
  modelId: 'ollama:llama3',
} satisfies AuraModelEventsSubscription['modelEvents'];

const sample: AuraSystemMetricsSubscription['systemMetrics'] = {
  sampledAt: at,
  cpu: { percent: 45.2, cores: 8, frequency_mhz: 2400 },
  memory: { percent: 62.5, totalBytes: 6553.6 * mb, availableBytes: 2457.6 * mb },
  disk: {
    percent: 45.2,
    usedBytes: 450 * 1024 * mb,
    totalBytes: 1000 * 1024 * mb,
    readBytesPerSecond: 125.5 * mb,
    writeBytesPerSecond: 98.2 * mb,
  },
  network: { bytes_sent: 1e12, bytes_recv: 2, packets_sent: 3, packets_recv: 4, errors_in: 0, errors_out: 5 },
  gpuAvailable: true,
  gpu: {
    gpu_id: 0,
    name: 'NVIDIA GeForce RTX 3080',
    percent: 75.5,
    memoryUsedBytes: 4096 * mb,
    memoryTotalBytes: 10240 * mb,
    temperature_c: 62,
  },
  temperature: { cpu_c: 45.5, gpu_c: 62 },
};

const database: AuraDatabaseMetricsSubscription['databaseMetrics'] = {
  sampledAt: at,
  connection: {
    active_connections: 8,
    idle_connections: 2,
    max_connections: 100,
    connection_pool_utilization: 0.1,
  },
  performance: {
    active_queries: 3,
    avg_query_time_ms: 45.2,
    slow_queries_count: 2,
    slow_query_threshold_ms: 1000,
    query_cache_hit_rate: 0.92,
  },
  storage: {
    databaseSizeBytes: 5.2 * 1024 * mb,
    indexesSizeBytes: 1.8 * 1024 * mb,
    tables: [{ table_name: 'chat_messages', sizeBytes: 512 * mb, row_count: 1_000_000, last_vacuum: at }],
  },
  health: { status: 'HEALTHY', replication_lag_ms: 0, backup_status: 'COMPLETED', last_backup: at },
};

function dataOf(message: Readonly<Record<string, unknown>>): Record<string, Record<string, unknown>> {
  return message['data'] as Record<string, Record<string, unknown>>;
}

/** Every key at every depth, with null for every value. */
function keysOf(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, keysOf(inner)]));
}

describe('/ws/models', () => {
  test('A2: model_status carries all eight fields', () => {
    expect(map.modelStatus({ modelStatus: model })).toEqual({
      type: 'model_status',
      timestamp: seconds,
      data: {
        model_id: 'ollama:llama3',
        model_name: 'Llama 3',
        status: 'loaded',
        memory_usage_mb: 4096,
        memory_total_mb: 8192,
        inference_time_ms: 2500,
        tokens_per_second: 45.2,
        active_sessions: 3,
      },
    });
  });

  test('A86: model_status has null for unknown values, and keeps every key', () => {
    const unknown = {
      ...model,
      memoryUsedBytes: null,
      memoryTotalBytes: null,
      inference_time_ms: null,
      tokens_per_second: null,
      active_sessions: null,
    };
    const message = map.modelStatus({ modelStatus: unknown });
    expect(keysOf(message)).toEqual(keysOf(map.modelStatus({ modelStatus: model })));
    expect(dataOf(message)['tokens_per_second']).toBeNull();
  });

  test.each(['LOADED', 'LOADING', 'UNLOADED', 'ERROR'] as const)(
    'A2: the status %s is written in lower case',
    (status) => {
      expect(dataOf(map.modelStatus({ modelStatus: { ...model, status } }))['status']).toBe(
        status.toLowerCase(),
      );
    },
  );

  test('a client that connects gets every model except unloaded ones', () => {
    const shown = (['LOADED', 'LOADING', 'UNLOADED', 'ERROR'] as const).map((status) =>
      map.isModelShownAtConnect({ modelStatus: { ...model, status } }),
    );
    expect(shown).toEqual([true, true, false, true]);
  });

  test('A3: model_loaded and model_unloaded are flat, with model_id and timestamp', () => {
    const loaded = { type: 'model_loaded', model_id: 'ollama:llama3', timestamp: seconds };
    expect(map.modelChange({ modelEvents: happened })).toEqual(loaded);
    expect(map.modelChange({ modelEvents: { ...happened, __typename: 'ModelUnloaded' } })).toEqual({
      ...loaded,
      type: 'model_unloaded',
    });
  });

  test('A8: a model service that fails is an error with code, message and timestamp', () => {
    const failed = {
      __typename: 'ModelServerUnreachable',
      cursor: 'e_1',
      occurredAt: at,
      probeError: 'CONNECTION_TIMEOUT',
      errorMessage: null,
    } as const;
    expect(map.serverFailure({ modelEvents: failed })).toEqual({
      type: 'error',
      code: 'CONNECTION_TIMEOUT',
      message: 'Failed to connect to model service',
      timestamp: seconds,
    });
  });

  test.each([
    ['A58', 'CONNECTION_TIMEOUT', 'CONNECTION_TIMEOUT', 'Failed to connect to model service'],
    ['A59', 'CONNECTION_REFUSED', 'CONNECTION_REFUSED', 'Failed to connect to model service'],
    ['A8', 'INVALID_RESPONSE', 'CONNECTION_TIMEOUT', 'Failed to connect to model service'],
    ['A60', 'AUTHENTICATION_FAILED', 'AUTHENTICATION_FAILED', 'in words'],
    ['A62', 'RATE_LIMITED', 'RATE_LIMITED', 'in words'],
  ] as const)('%s: %s of a model server is sent as %s', (_number, errorCode, code, message) => {
    const servers = [{ errorCode, errorMessage: 'in words', lastProbeAt: at }];
    expect(map.failedServers({ modelServers: servers }, moment)).toEqual([
      { type: 'error', code, message, timestamp: seconds },
    ]);
  });

  test('A8: a client that connects gets an error for each server whose last probe failed', () => {
    const well = { errorCode: null, errorMessage: null, lastProbeAt: at };
    const refused = { errorCode: 'CONNECTION_REFUSED' as const, errorMessage: null, lastProbeAt: null };
    expect(map.failedServers({ modelServers: [well, refused, well] }, moment)).toMatchObject([
      { timestamp: seconds },
    ]);
  });
});

describe('/ws/system', () => {
  const data = dataOf(map.systemMetrics({ systemMetrics: sample }));

  test('A9: system_metrics carries cpu, memory, disk, network, gpu and temperature', () => {
    expect(map.systemMetrics({ systemMetrics: sample })).toMatchObject({
      type: 'system_metrics',
      timestamp: seconds,
    });
    expect(Object.keys(data)).toEqual(['cpu', 'memory', 'disk', 'network', 'gpu', 'temperature']);
  });

  test('A10: cpu carries percent, cores and frequency_mhz', () => {
    expect(data['cpu']).toEqual({ percent: 45.2, cores: 8, frequency_mhz: 2400 });
  });

  test('A11: memory carries percent, used_mb, total_mb and available_mb', () => {
    expect(data['memory']).toEqual({ percent: 62.5, used_mb: 4096, total_mb: 6553.6, available_mb: 2457.6 });
  });

  test('A11: rounded sizes of the memory have used + available = total exactly', () => {
    const pages = fc.tuple(fc.integer({ min: 1, max: 2 ** 32 }), fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(pages, ([total, share]) => {
        const memory = {
          percent: 1,
          totalBytes: total * 4096,
          availableBytes: Math.floor(total * share) * 4096,
        };
        const { used_mb, total_mb, available_mb } = dataOf(
          map.systemMetrics({ systemMetrics: { ...sample, memory } }),
        )['memory'] as Record<string, number>;
        expect(Number(used_mb) + Number(available_mb)).toBe(total_mb);
        for (const size of [used_mb, total_mb, available_mb])
          expect(`${size}`.split('.')[1]?.length ?? 0).toBeLessThanOrEqual(4);
        expect(available_mb).toBeCloseTo(memory.availableBytes / mb, 2);
        expect(used_mb).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 1000 },
    );
  });

  test('A12: disk carries percent, used_gb, total_gb and both speeds', () => {
    expect(data['disk']).toEqual({
      percent: 45.2,
      used_gb: 450,
      total_gb: 1000,
      read_speed_mbs: 125.5,
      write_speed_mbs: 98.2,
    });
  });

  test('A13: network carries its six counters, beyond 32 bits', () => {
    expect(data['network']).toEqual({
      bytes_sent: 1e12,
      bytes_recv: 2,
      packets_sent: 3,
      packets_recv: 4,
      errors_in: 0,
      errors_out: 5,
    });
  });

  test('A14: gpu carries seven fields', () => {
    expect(data['gpu']).toEqual({
      available: true,
      gpu_id: 0,
      name: 'NVIDIA GeForce RTX 3080',
      percent: 75.5,
      memory_used_mb: 4096,
      memory_total_mb: 10240,
      temperature_c: 62,
    });
  });

  test('A49, A84: without GPU monitoring available is false and the rest null, whatever was sampled before', () => {
    const nothing = {
      available: false,
      gpu_id: null,
      name: null,
      percent: null,
      memory_used_mb: null,
      memory_total_mb: null,
      temperature_c: null,
    };
    for (const gpu of [null, sample.gpu])
      expect(
        dataOf(map.systemMetrics({ systemMetrics: { ...sample, gpuAvailable: false, gpu } }))['gpu'],
      ).toEqual(nothing);
  });

  test('A15, A85: temperature carries cpu_c and gpu_c, null where missing', () => {
    expect(data['temperature']).toEqual({ cpu_c: 45.5, gpu_c: 62 });
    const cold = { ...sample, temperature: { cpu_c: null, gpu_c: null } };
    expect(dataOf(map.systemMetrics({ systemMetrics: cold }))['temperature']).toEqual({
      cpu_c: null,
      gpu_c: null,
    });
  });
});

describe('/ws/governance', () => {
  const role = {
    role_id: 'developer',
    role_name: 'Developer',
    description: 'Code execution and debugging',
    parent_role: 'user',
    capabilities: ['execute', 'read'],
    trust_level: 0.8,
    member_count: 15,
  };

  test('A19, A20: role_hierarchy carries the seven fields of each role in order', () => {
    const orphan = { ...role, role_id: 'admin', description: null, parent_role: null };
    expect(map.roleHierarchy({ roleHierarchy: { changedAt: at, roles: [orphan, role] } })).toMatchObject({
      type: 'role_hierarchy',
      timestamp: seconds,
      data: {
        roles: [
          { role_id: 'admin', description: null, parent_role: null },
          {
            role_id: 'developer',
            role_name: 'Developer',
            description: 'Code execution and debugging',
            parent_role: 'user',
            capabilities: ['execute', 'read'],
            trust_level: 0.8,
            member_count: 15,
          },
        ],
      },
    });
  });

  test('A19: role_hierarchy is sent even when there are no roles', () => {
    expect(map.roleHierarchy({ roleHierarchy: { changedAt: at, roles: [] } })).toMatchObject({
      data: { roles: [] },
    });
  });

  test('A21: audit_event carries its eight fields and the time of the event', () => {
    const entry = {
      event_id: 'evt_12345',
      cursor: 'e_1',
      occurredAt: at,
      event_type: 'role_assignment',
      actor_id: 'user_123',
      target_id: 'user_456',
      action: 'assigned role',
      role: 'developer',
      status: 'success',
      details: null,
    };
    expect(map.auditEvent({ auditEvents: entry })).toEqual({
      type: 'audit_event',
      timestamp: seconds,
      data: {
        event_id: 'evt_12345',
        event_type: 'role_assignment',
        actor_id: 'user_123',
        target_id: 'user_456',
        action: 'assigned role',
        role: 'developer',
        status: 'success',
        details: null,
      },
    });
  });
});

describe('/ws/database', () => {
  const message = map.databaseMetrics({ databaseMetrics: database });

  test('A22: database_metrics has a Unix timestamp', () => {
    expect(message).toMatchObject({ type: 'database_metrics', timestamp: seconds });
  });

  test('A23: connection carries its four fields', () => {
    expect(dataOf(message)['connection']).toEqual({
      active_connections: 8,
      idle_connections: 2,
      max_connections: 100,
      connection_pool_utilization: 0.1,
    });
  });

  test('A24: performance carries its five fields', () => {
    expect(dataOf(message)['performance']).toEqual({
      active_queries: 3,
      avg_query_time_ms: 45.2,
      slow_queries_count: 2,
      slow_query_threshold_ms: 1000,
      query_cache_hit_rate: 0.92,
    });
  });

  test('A25: storage carries both sizes and the tables, with ISO times', () => {
    expect(dataOf(message)['storage']).toEqual({
      database_size_gb: 5.2,
      indexes_size_gb: 1.8,
      tables: [{ table_name: 'chat_messages', size_mb: 512, row_count: 1_000_000, last_vacuum: at }],
    });
  });

  test('A26: health carries status, lag and backup, with ISO times', () => {
    expect(dataOf(message)['health']).toEqual({
      status: 'healthy',
      replication_lag_ms: 0,
      backup_status: 'completed',
      last_backup: at,
    });
  });
});
