import { temporaryFolder } from '../lib/folder.ts';
import { against, progress, type Row } from '../lib/row.ts';
import { quantile, spreadOf } from '../lib/stats.ts';
import { number } from '../lib/table.ts';
import type { StoreServer } from '../servers/store.ts';

const writers = 10;
const batch = 100;

export const f9: Row = {
  name: 'F9',
  what: 'durable publish, compared with a bare multi-row INSERT loop over the same pool',
  async measure(stage, options) {
    await using folder = await temporaryFolder();
    const server = await stage.start<StoreServer>('servers/store.ts', 'ours');
    await server.call('start', folder.path);
    const writing = { writers, batch, seconds: options.seconds };
    const ours: number[] = [];
    const bare: number[] = [];
    const audit: number[] = [];
    for (let round = -1; round < options.rounds; round++) {
      const rates = {
        bare: await server.call('insert', writing),
        ours: await server.call('publish', { ...writing, audit: false }),
        audit: await server.call('publish', { ...writing, audit: true }),
      };
      if (round < 0 && !options.quick) continue; // warms up
      progress(
        `  round ${round + 1}: ours ${number(rates.ours)} events/s, INSERT ${number(rates.bare)}, ` +
          `ours with the tables of the audit log ${number(rates.audit)}`,
      );
      bare.push(rates.bare);
      ours.push(rates.ours);
      audit.push(rates.audit);
    }
    await server.call('stop', null);
    return [
      against({
        row: 'F9',
        what: `durable publish, ${writers} publishers of ${batch} events per call`,
        unit: 'events/s',
        ours: spreadOf(ours),
        peer: { name: 'INSERT', spread: spreadOf(bare) },
        goal: { relation: '≥', value: 0.6 },
        notes: [
          `audit entries, which are also written to two further tables: ${number(quantile(audit, 0.5))}`,
        ],
      }),
    ];
  },
};
