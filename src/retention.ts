import { Cron } from 'croner';
import type { Config } from './config.ts';
import type { Domain, House } from './domains/domain.ts';

const dayMs = 86_400_000;

export interface Scheduler {
  running(): boolean;
  readonly jobs: readonly string[];
  /** Runs the job now; resolves when it has ended. */
  run(): Promise<void>;
  stop(): void;
}

/** The job `database_cleanup`: daily at 03:00, local time, every domain removes what retention does not keep. */
export function startRetention(
  domains: readonly Domain[],
  house: House,
  retention: Config['retention'],
): Scheduler {
  const job = 'database_cleanup';

  async function clean(): Promise<void> {
    const kept = {
      since: new Date(Date.now() - retention.days * dayMs),
      auditSince: new Date(Date.now() - retention.auditDays * dayMs),
    };
    for (const domain of domains) {
      try {
        const removed = (await domain.prune?.(house, kept)) ?? 0;
        if (removed > 0) house.log.info({ job, domain: domain.name, removed }, 'old rows are removed');
      } catch (error) {
        house.log.error({ job, domain: domain.name, err: error }, 'old rows could not be removed');
      }
    }
  }

  const cron = new Cron('0 3 * * *', { protect: true, unref: true }, clean);
  return { running: () => cron.isRunning(), jobs: [job], run: clean, stop: () => cron.stop() };
}
