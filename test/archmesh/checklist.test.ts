import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** What the documentation of ArchMesh promised. Each number is named by a test of this repository. */
const promises: Readonly<Record<string, string>> = {
  M1: '/ws?token=',
  M2: 'the token is looked at when a client connects',
  M3: 'a wrong token: closed at once',
  M4: 'a token that expires: the client is told to come back',
  M5: 'connect, heartbeat, messages both ways, a clean end',
  M6: 'the state of a connection, kept by the client, seen in the graph',
  M7: 'at most 1000 connections',
  M8: '300 s without a word',
  M9: 'a heartbeat every 30 s',
  M10: 'five attempts to come back, made by the client',
  M11: 'an envelope of type, id, timestamp and data',
  M12: 'ping and pong of matching id',
  M13: 'workflow_update with six fields',
  M14: 'five statuses of a workflow',
  M15: 'five stages of a workflow',
  M16: 'notification with all fields, action and metadata',
  M17: 'five categories',
  M18: 'four priorities',
  M19: 'a notification reaches only its user',
  M20: 'error with code, message and details',
  M21: 'CONNECTION_TIMEOUT',
  M22: 'AUTHENTICATION_FAILED',
  M23: 'RATE_LIMIT_EXCEEDED',
  M24: 'MESSAGE_TOO_LARGE',
  M25: 'INVALID_MESSAGE_FORMAT',
  M26: 'SYSTEM_ERROR',
  M27: 'large_data from the client',
  M28: 'large_data to the client',
  M29: 'large_data_received',
  M30: 'lost connections: the client comes back',
  M31: 'messages that cannot be taken: answered, and the connection goes on',
  M32: 'failed authentication: told',
  M33: 'too much: told how long to wait',
  M34: 'errors are logged with type and message',
  M35: 'errors are logged with session and user, and no secret',
  M36: 'circuit breaker of connecting',
  M37: 'circuit breaker of handling messages',
  M38: 'circuit breaker of calls to others',
  M39: 'closed, open, half-open',
  M40: 'errors are logged with time, stack and what was done',
  M41: 'messages of at most 1 MiB',
  M42: 'chunks of at most 64 KiB',
  M43: 'at most 1000 chunks',
  M44: 'pooled connections',
  M45: 'stale connections are cleaned up',
  M46: 'what matters more goes first',
  M47: 'connections spread over instances',
  M48: 'what waits is written together',
  M49: 'nobody holds up others',
  M50: 'connections are counted, and how long they last',
  M51: 'throughput and latency',
  M52: 'errors and recovery',
  M53: 'the load of the host',
  M54: 'the documented clients work',
  M55: 'compression',
  M56: 'GET /api/v1/websocket/health',
  M57: 'GET /api/v1/websocket/metrics',
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
        ...code.matchAll(/\]\)\(\s*(['"`])(.*?)\1/g),
      ].map(([, , name = '']) => name);
    });
}

describe('the documentation of ArchMesh', () => {
  const named = new Set(['src', 'test'].flatMap(namesBelow).flatMap((name) => name.match(/\bM\d+\b/g) ?? []));

  it.each(Object.entries(promises))('promises %s, %s, and a test names it', (number) => {
    expect(named).toContain(number);
  });

  it('has 57 checklist numbers, and no test names another', () => {
    expect(Object.keys(promises)).toEqual(Array.from({ length: 57 }, (_, index) => `M${index + 1}`));
    expect([...named].filter((number) => !(number in promises))).toEqual([]);
  });
});
