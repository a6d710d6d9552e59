import type { Config } from './config.ts';
import type { Domain, House } from './domains/domain.ts';
import type { Job } from './sources/job.ts';

const dayMs = 86_400_000;

/** The job `database_cleanup`: daily at 03:00, local time, every domain removes what retention does not keep. */
export function cleanupJob(domains: readonly Domain[], house: House, retention: Config['retention']): Job {
  const id = 'database_cleanup';
  return {
    id,
    name: 'Database Cleanup',
    trigger: { cron: '0 3 * * *' },
    notable: true,
    async run(signal) {
      const kept = {
        since: new Date(Date.now() - retention.days * dayMs),
        auditSince: new Date(Date.now() - retention.auditDays * dayMs),
      };
      const failed: string[] = [];
      for (const domain of domains) {
        signal.throwIfAborted();
        try {
          const removed = (await domain.prune?.(house, kept)) ?? 0;
          if (removed > 0) house.log.info({ job: id, domain: domain.name, removed }, 'old rows are removed');
        } catch (error) {
          house.log.error({ job: id, domain: domain.name, err: error }, 'old rows could not be removed');
          failed.push(domain.name);
        }
      }
      if (failed.length > 0) throw new Error(`Old rows of ${failed.join(', ')} could not be removed.`);
    },
  };
}
