import { openDatabase } from '../../src/db/database.ts';
import { postgresJobStore } from '../../src/domains/jobs/postgres-job-store.ts';
import { Demand } from '../../src/journal/demand.ts';
import { Gauges } from '../../src/journal/gauges.ts';
import { openPostgresLog } from '../../src/journal/postgres-log.ts';
import { silentLog } from '../../src/log/log.ts';
import { createScheduler } from '../../src/jobs/scheduler.ts';

/** Begins a run of a job that does not end, reports it on stdout, and waits until it is killed. */
const handle = openDatabase({ connection: process.argv[2] ?? '', log: silentLog });
const log = await openPostgresLog({ database: handle, log: silentLog });
const journal = { log, gauges: new Gauges(), demand: new Demand() };
const scheduler = createScheduler({
  jobs: [
    {
      id: 'test_job',
      name: 'Test Job',
      trigger: { everyMs: 3_600_000, firstAfterMs: 0 },
      run() {
        process.stdout.write('begun\n');
        return new Promise(() => {});
      },
    },
  ],
  store: postgresJobStore({ database: handle, journal }),
  log: silentLog,
  leaseMs: 600,
});
await scheduler.start();
