import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** What the documentation of the MLOps pipeline dashboard promised. Each number is named by a test of this repository. */
const promises: Readonly<Record<string, string>> = {
  P1: '/ws, on port 8001 where old clients look for it',
  P2: 'events of the connection, made by the client',
  P3: 'quality of a connection by ping and pong',
  P4: 'model_deployed',
  P5: 'model_status_change with four statuses',
  P6: 'prediction_volume at milestones and at great changes',
  P7: 'training_progress in five stages',
  P8: 'training_completed',
  P9: 'training_failed with suggestions',
  P10: 'system_metrics with all its fields',
  P11: 'healthy, warning, critical',
  P12: 'health_change with reason, metrics and recommended action',
  P13: 'file_validated, error only on error',
  P14: 'upload_progress',
  P15: 'activity_update with the activity in it',
  P16: 'system_alert with the alert in it, three priorities',
  P17: 'GET /api/models',
  P18: 'GET /api/monitoring/system',
  P19: 'GET /api/activity',
  P20: 'polling is enough to redraw',
  P21: 'pages are updated by what messages hold',
  P22: 'reconnecting with growing waits, at most five times',
  P23: 'errors are logged and concern nobody else',
  P24: 'each documented event can be brought about',
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

describe('the documentation of the MLOps pipeline dashboard', () => {
  const named = new Set(['src', 'test'].flatMap(namesBelow).flatMap((name) => name.match(/\bP\d+\b/g) ?? []));

  it.each(Object.entries(promises))('promises %s, %s, and a test names it', (number) => {
    expect(named).toContain(number);
  });

  it('has 24 checklist numbers, and no test names another', () => {
    expect(Object.keys(promises)).toEqual(Array.from({ length: 24 }, (_, index) => `P${index + 1}`));
    expect([...named].filter((number) => !(number in promises))).toEqual([]);
  });
});
