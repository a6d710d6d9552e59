import { expect, test } from 'vitest';
import type { AuraDatabaseNowQuery, AuraModelsQuery, AuraSystemNowQuery } from '../documents.generated.ts';
import * as map from './map.ts';

/** 1702500000 in Unix seconds. */
const at = '2023-12-13T20:40:00.000Z';
const seconds = 1_702_500_000;
const moment = { atMs: seconds * 1000 + 999 };

const sample: NonNullable<AuraSystemNowQuery['systemMetrics']> = {
  sampledAt: at,
  cpu: { percent: 45.2 },
  memory: { percent: 62.5 },
  disk: { percent: 45.2 },
  network: { bytes_sent: 1e12, bytes_recv: 2 },
};

const model: AuraModelsQuery['models'][number] = {
  model_id: 'ollama:llama3',
  model_name: 'Llama 3',
  status: 'LOADED',
  memoryUsedBytes: 4096 * 2 ** 20,
  inference_time_ms: 2500,
  active_sessions: 3,
};

const database: NonNullable<AuraDatabaseNowQuery['databaseMetrics']> = {
  connection: { activeConnectionCount: 8, poolUsedRatio: 0.1 },
  performance: { avgQueryTimeMs: 45.2 },
  health: { status: 'HEALTHY', replicationLagMs: 0, backupStatus: 'COMPLETED' },
};

test('A30: /api/system/metrics has five keys, network with two, and a Unix timestamp', () => {
  expect(map.systemNow({ systemMetrics: sample }, {}, moment)).toEqual({
    body: {
      cpu_percent: 45.2,
      memory_percent: 62.5,
      disk_percent: 45.2,
      network: { bytes_sent: 1e12, bytes_recv: 2 },
      timestamp: seconds,
    },
  });
});

test('A30: /api/system/metrics keeps its keys while there is no sample', () => {
  expect(map.systemNow({ systemMetrics: null }, {}, moment)).toEqual({
    body: {
      cpu_percent: null,
      memory_percent: null,
      disk_percent: null,
      network: { bytes_sent: null, bytes_recv: null },
      timestamp: seconds,
    },
  });
});

const role = { role_id: 'developer', role_name: 'Developer', capabilities: ['debug'], member_count: 1 };

test('A32: /api/governance/roles has four keys for each role', () => {
  expect(map.roles({ roles: [role] })).toEqual({ body: { roles: [role] } });
});

test('A33: with include_members each role lists the ids of its members', () => {
  const members = ['ann'];
  expect(map.roles({ roles: [{ ...role, members }] })).toEqual({
    body: { roles: [{ ...role, members: ['ann'] }] },
  });
});

test('A34: with include_permissions each role lists capabilities with the role that grants them', () => {
  const permissions = [{ capability: 'read', source_role: 'user', inherited: true }];
  expect(map.roles({ roles: [{ ...role, permissions }] })).toEqual({
    body: { roles: [{ ...role, permissions }] },
  });
});

test('A35, A41: /api/governance/audit-logs has five keys for each entry and echoes total, limit and offset', () => {
  const node = {
    event_id: 'evt_7',
    event_type: 'role_assignment',
    actor_id: 'ann',
    timestamp: at,
    status: 'success',
  };
  const asked = { limit: 100, offset: 50 };
  expect(map.auditLogs({ auditLogPage: { totalCount: 1500, entries: [node] } }, asked)).toEqual({
    body: {
      audit_logs: [
        {
          event_id: 'evt_7',
          event_type: 'role_assignment',
          actor_id: 'ann',
          timestamp: at,
          status: 'success',
        },
      ],
      total: 1500,
      limit: 100,
      offset: 50,
    },
  });
});

test('A42: /api/models/status has six keys for each model that is not unloaded', () => {
  expect(map.models({ models: [model, { ...model, status: 'UNLOADED' }] })).toEqual({
    body: {
      models: [
        {
          model_id: 'ollama:llama3',
          model_name: 'Llama 3',
          status: 'loaded',
          memory_usage_mb: 4096,
          inference_time_ms: 2500,
          active_sessions: 3,
        },
      ],
    },
  });
});

test('A43: /api/database/health has six keys', () => {
  expect(map.databaseNow({ databaseMetrics: database })).toEqual({
    status: 200,
    body: {
      status: 'healthy',
      active_connections: 8,
      connection_pool_utilization: 0.1,
      avg_query_time_ms: 45.2,
      replication_lag_ms: 0,
      backup_status: 'completed',
    },
  });
});

test.each([
  ['HEALTHY', 200],
  ['DEGRADED', 200],
  ['UNHEALTHY', 503],
] as const)('A43: a database that is %s is answered with %d and the same keys', (status, code) => {
  const reply = map.databaseNow({
    databaseMetrics: { ...database, health: { ...database.health, status } },
  });
  expect(reply).toMatchObject({
    status: code,
    body: { status: status.toLowerCase(), backup_status: 'completed' },
  });
});

test('A43: a database without a sample is unhealthy, with null for the rest', () => {
  expect(map.databaseNow({ databaseMetrics: null })).toEqual({
    status: 503,
    body: {
      status: 'unhealthy',
      active_connections: null,
      connection_pool_utilization: null,
      avg_query_time_ms: null,
      replication_lag_ms: null,
      backup_status: 'unknown',
    },
  });
});

test('A44: /api/websocket/connections counts the four feeds only, and handshakes at unknown paths below /ws/ as failed', () => {
  const endpoint = (dialect: string, path: string, open: number, refused = 0) => ({
    dialect,
    path,
    open,
    accepted: open * 2,
    refused,
    reconnections: 1,
  });
  const endpoints = [
    endpoint('aura', '/ws/system', 4),
    endpoint('aura', '/ws/models', 3, 2),
    endpoint('graphql', '/graphql', 100, 100),
    endpoint('unknown', '/ws/*', 0, 5),
  ];
  expect(map.connections({ connections: { endpoints } })).toEqual({
    body: {
      total_connections: 14,
      active_connections: 7,
      failed_connections: 7,
      reconnections: 2,
      endpoints: { '/ws/models': 3, '/ws/system': 4, '/ws/governance': 0, '/ws/database': 0 },
    },
  });
});
