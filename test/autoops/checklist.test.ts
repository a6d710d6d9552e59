import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** What the documentation of AutoOps Retail promised. Each number is named by a test of this repository. */
const promises: Readonly<Record<string, string>> = {
  R1: '/api/dashboard/ws/live-updates',
  R2: 'connection_established at once',
  R3: 'metrics_update every 5 s, with five fields',
  R4: 'ten key figures',
  R5: 'agent_intervention',
  R6: 'system_event',
  R7: '/api/dashboard/ws/agents/{agent_id}/status',
  R8: 'agent_status at once, with eight fields',
  R9: 'agent_status_update every 3 s',
  R10: '/api/dashboard/ws/metrics/real-time',
  R11: 'metrics_stream at once, metrics_update every 2 s',
  R12: 'GET agents/status',
  R13: 'GET metrics/current',
  R14: 'GET decisions/recent',
  R15: 'GET alerts/active',
  R16: 'POST agents/{agent_id}/intervention',
  R17: 'pause, resume, reset, override',
  R18: '4004 for an invalid agent id',
  R19: '1000, 1001, 1006',
  R20: 'the sample clients',
  R21: 'cleanup when a client leaves',
  R22: 'the same to every client',
  R23: 'an agent’s clients hear of that agent only',
  R24: 'errors are handled, the feed goes on',
  R25: 'clients come back',
  R26: 'pages of http://localhost:3000',
  R27: 'pages of http://localhost:8501',
  R28: '100 connections of one address',
  R29: 'no credential in development',
  R30: 'JWT',
  R31: 'sessions, roles and tokens in production',
  R32: 'roles',
  R33: 'logs/websocket.log',
  R34: '10 messages a second',
  R35: 'LOG_LEVEL=DEBUG',
};

const root = new URL('../..', import.meta.url).pathname;

/** The names of all tests of old systems: what stands in quotes right after `it(`, `test(` or a table of cases. */
function namesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && file.name.endsWith('.test.ts') && file.name !== 'checklist.test.ts')
    .flatMap((file) => {
      const code = readFileSync(join(file.parentPath, file.name), 'utf8');
      return [
        ...code.matchAll(/\b(?:it|test)\b[^'"`]*?\(\s*(['"`])(.*?)\1/g),
        ...code.matchAll(/()'((?:R\d+ ?)+)'/g),
      ].map(([, , name = '']) => name);
    });
}

describe('the documentation of AutoOps Retail', () => {
  const named = new Set(
    ['src/legacy', 'test'].flatMap(namesBelow).flatMap((name) => name.match(/\bR\d+\b/g) ?? []),
  );

  it.each(Object.entries(promises))('promises %s, %s, and a test names it', (number) => {
    expect(named).toContain(number);
  });

  it('has exactly the checklist numbers 1 to 35', () => {
    expect(Object.keys(promises)).toEqual(Array.from({ length: 35 }, (_, index) => `R${index + 1}`));
  });

  it('has every checklist number that a test names', () => {
    expect([...named].filter((number) => !(number in promises))).toEqual([]);
  });
});
