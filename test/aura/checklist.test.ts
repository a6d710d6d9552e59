import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** What the documentation of the Aura IA gateway promised. Each number is named by a test of this repository. */
const promises: Readonly<Record<string, string>> = {
  A1: '/ws/models and the other feeds on port 9200, ws:// or wss://',
  A2: 'model_status with eight fields',
  A3: 'model_loaded and model_unloaded',
  A4: 'reconnect_attempts 10',
  A5: 'reconnect delay 1000 to 30000 ms, growing',
  A6: 'ping every 30000 ms',
  A7: 'a pong within 10000 ms, or the connection ends',
  A8: 'error messages, also for model services that fail',
  A9: '/ws/system sends system_metrics',
  A10: 'cpu',
  A11: 'memory',
  A12: 'disk',
  A13: 'network',
  A14: 'gpu',
  A15: 'temperature',
  A16: 'system metrics every 1000 ms',
  A17: 'gpu values every 2000 ms, if enabled',
  A18: 'temperature every 3000 ms, if available',
  A19: '/ws/governance sends role_hierarchy',
  A20: 'seven fields of a role',
  A21: 'audit_event, streamed when it happens',
  A22: '/ws/database sends database_metrics',
  A23: 'connections of the database',
  A24: 'its performance',
  A25: 'its storage',
  A26: 'its health',
  A27: 'database metrics every 5000 ms',
  A28: 'slow queries every 10000 ms',
  A29: 'storage every 60000 ms',
  A30: 'GET /api/system/metrics',
  A31: '503 when monitoring is off',
  A32: 'GET /api/governance/roles',
  A33: 'include_members',
  A34: 'include_permissions',
  A35: 'GET /api/governance/audit-logs',
  A36: 'limit',
  A37: 'offset',
  A38: 'event_type',
  A39: 'actor_id',
  A40: 'since',
  A41: 'total, limit and offset in the answer',
  A42: 'GET /api/models/status',
  A43: 'GET /api/database/health',
  A44: 'GET /api/websocket/connections',
  A45: 'WEBSOCKET_HOST, WEBSOCKET_PORT, WEBSOCKET_PROTOCOL',
  A46: 'FEATURE_WEBSOCKET_FALLBACK',
  A47: 'FEATURE_SYSTEM_MONITORING',
  A48: 'FEATURE_DATABASE_MONITORING',
  A49: 'ENABLE_GPU_MONITORING',
  A50: 'ENABLE_TEMPERATURE_MONITORING',
  A51: 'FEATURE_REAL_TIME_UPDATES',
  A52: 'messages kept for a client that is away',
  A53: 'WEBSOCKET_RECONNECT_ATTEMPTS, WEBSOCKET_RECONNECT_DELAY_MS',
  A54: 'flags of the panels',
  A55: 'dashboard_config.yaml: reconnecting',
  A56: 'dashboard_config.yaml: sample intervals',
  A57: 'dashboard_config.yaml: update intervals',
  A58: 'CONNECTION_TIMEOUT',
  A59: 'CONNECTION_REFUSED',
  A60: 'AUTHENTICATION_FAILED',
  A61: 'PAYLOAD_TOO_LARGE',
  A62: 'RATE_LIMITED',
  A63: 'reconnections are counted',
  A64: 'polling where WebSockets do not work',
  A65: 'health endpoints',
  A66: 'wss and https',
  A67: 'CORS and origins',
  A68: 'authentication and API keys',
  A69: 'limits on connections',
  A70: 'messages are validated',
  A71: 'signed requests',
  A73: 'security events are logged',
  A74: 'secrets are masked',
  A75: 'retention',
  A76: 'changes are audited with their actor',
  A77: 'key figures in GraphQL',
  A83: 'plain clients are enough',
  A84: 'GPUs need drivers; without them no error',
  A85: 'temperature where the platform has it',
  A86: 'every documented field, under its name',
  A87: '.env, and logs on stdout',
};

const root = new URL('../..', import.meta.url).pathname;

/** The names of all tests below a folder: what stands in quotes right after `it(`, `test(` or a table of cases. */
function namesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && file.name.endsWith('.test.ts') && file.name !== 'checklist.test.ts')
    .flatMap((file) => {
      const code = readFileSync(join(file.parentPath, file.name), 'utf8');
      return [
        ...code.matchAll(/\b(?:it|test)\b[^'"`]*?\(\s*(['"`])(.*?)\1/g),
        ...code.matchAll(/()'((?:A\d+ ?)+)'/g),
      ].map(([, , name = '']) => name);
    });
}

describe('the documentation of the Aura IA gateway', () => {
  const alerts = new Set(['A72', 'A78', 'A79', 'A80', 'A81', 'A82']);
  const named = new Set(['src', 'test'].flatMap(namesBelow).flatMap((name) => name.match(/\bA\d+\b/g) ?? []));

  it.each(Object.entries(promises))('promises %s, %s, and a test names it', (number) => {
    expect(named).toContain(number);
  });

  it('has exactly the checklist numbers 1 to 87, except those of the alerts', () => {
    const numbers = Array.from({ length: 87 }, (_, index) => `A${index + 1}`);
    expect(Object.keys(promises)).toEqual(numbers.filter((number) => !alerts.has(number)));
  });

  it('has every checklist number that a test names', () => {
    expect([...named].filter((number) => !(number in promises) && !alerts.has(number))).toEqual([]);
  });
});
