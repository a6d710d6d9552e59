import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** What the documentation of the crypto API monitoring promised. Each number is named by a test of this repository. */
const promises: Readonly<Record<string, string>> = {
  C1: '/ws/live, many clients at once',
  C2: 'connection_established with client_id',
  C3: 'status_update every 10 s',
  C4: 'new_log_entry in real time',
  C5: 'rate_limit_alert from 80 %',
  C6: 'provider_status_change',
  C7: 'ping every 30 s, pong accepted',
  C8: 'client ids and what is known of connections',
  C9: 'clients that fail are dropped',
  C10: 'background loops: status, heartbeat, rate limits',
  C11: 'GET /api/providers',
  C12: 'GET /api/providers/{name}',
  C13: 'GET /api/providers/{name}/stats',
  C14: 'GET /api/status',
  C15: 'GET /api/status/metrics',
  C16: 'GET /api/rate-limits',
  C17: 'GET /api/rate-limits/{name}',
  C18: 'GET /api/logs/{log_type}',
  C19: 'GET /api/alerts',
  C20: 'POST /api/alerts/{id}/acknowledge',
  C21: 'GET /api/scheduler/status',
  C22: 'POST /api/scheduler/trigger/{job_id}',
  C23: 'GET /api/database/stats',
  C24: 'GET /api/database/health',
  C25: 'GET /api/analytics/failures',
  C26: 'GET /api/config/stats',
  C27: 'title and version',
  C28: 'port 7860',
  C29: 'Swagger UI at /docs',
  C30: 'ReDoc at /redoc',
  C31: 'CORS for every origin, with credentials',
  C32: 'GET /',
  C33: 'GET /health',
  C34: 'GET /info',
  C35: 'unexpected errors are JSON, and the server lives on',
  C36: 'GET /ws/stats',
  C37: 'rate limits of providers are kept',
  C38: 'providers are checked by real requests',
  C39: 'the order of the start',
  C40: 'the order of the stop',
  C41: 'keys are masked',
  C42: 'PostgreSQL as the store',
  C43: 'metrics, alerts and logs in the store',
  C44: 'memory is bounded, the data directory is made',
  C45: 'credentials on sockets, replay, GraphQL, figures for Prometheus',
};

const root = new URL('../..', import.meta.url).pathname;

/** The names of all tests: what stands in quotes right after `it(`, `test(` or a table of cases. */
function namesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && file.name.endsWith('.test.ts') && file.name !== 'checklist.test.ts')
    .flatMap((file) => {
      const code = readFileSync(join(file.parentPath, file.name), 'utf8');
      return [...code.matchAll(/\b(?:it|test)\b[^'"`]*?\(\s*(['"`])(.*?)\1/g)].map(([, , name = '']) => name);
    });
}

describe('the documentation of the crypto API monitoring', () => {
  const named = new Set(
    ['src/legacy', 'test'].flatMap(namesBelow).flatMap((name) => name.match(/\bC\d+\b/g) ?? []),
  );

  it.each(Object.entries(promises))('promises %s, %s, and a test names it', (number) => {
    expect(named).toContain(number);
  });

  it('has exactly the checklist numbers 1 to 45', () => {
    expect(Object.keys(promises)).toEqual(Array.from({ length: 45 }, (_, index) => `C${index + 1}`));
  });

  it('has every checklist number that a test names', () => {
    expect([...named].filter((number) => !(number in promises))).toEqual([]);
  });
});
