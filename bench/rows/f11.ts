import { temporaryFolder } from '../lib/folder.ts';
import { against, progress, type Row } from '../lib/row.ts';
import { quantile, spreadOf } from '../lib/stats.ts';
import { number } from '../lib/table.ts';
import { auditFilters, type AuditServer } from '../servers/audit.ts';

const slowestMaxMs = 50;

export const f11: Row = {
  name: 'F11',
  what: 'the audit log with 5,000,000 entries: a deep page, and every filter on a rare value',
  async measure(stage, options) {
    const entries = options.quick ? 100_000 : 5_000_000;
    const deep = options.quick ? 100 : 50_000;
    await using folder = await temporaryFolder();
    const server = await stage.start<AuditServer>('servers/audit.ts', 'ours');
    await server.call('start', { dir: folder.path, entries });
    const first: number[] = [];
    const far: number[] = [];
    const times = new Map<string, number[]>(Object.keys(auditFilters).map((name) => [name, []]));
    for (let round = -1; round < options.rounds; round++) {
      const pages = [await server.call('page', { page: 1 }), await server.call('page', { page: deep })];
      const filtered = new Map<string, number>();
      for (const name of times.keys()) filtered.set(name, await server.call('filter', { name }));
      if (round < 0) continue; // warms up the cache of PostgreSQL
      first.push(pages[0] ?? 0);
      far.push(pages[1] ?? 0);
      for (const [name, ms] of filtered) times.get(name)?.push(ms);
      const slowest = Math.max(...filtered.values());
      progress(
        `  round ${round + 1}: page 1 ${number(pages[0] ?? 0)} ms, slowest filter ${number(slowest)} ms`,
      );
    }
    await server.call('stop', null);
    const slowest = [...times].reduce((a, b) => (quantile(b[1], 0.5) > quantile(a[1], 0.5) ? b : a));
    return [
      against({
        row: 'F11',
        what: `the audit log, ${entries} entries: page ${deep} of 100 entries, ms`,
        unit: 'median of 20 reads',
        ours: spreadOf(far),
        peer: { name: 'page 1', spread: spreadOf(first) },
        goal: { relation: '≤', value: 1.2 },
        notes: [],
      }),
      {
        row: 'F11',
        what: `the audit log, ${entries} entries: slowest filter on a rare value, ms`,
        unit: 'one read',
        ours: spreadOf(slowest[1]),
        peer: null,
        value: quantile(slowest[1], 0.5),
        goal: { relation: '≤', value: slowestMaxMs },
        notes: [...times].map(([name, ms]) => `${name} ${number(quantile(ms, 0.5))}`),
      },
    ];
  },
};
