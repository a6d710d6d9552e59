import type { Draft } from '../../journal/topic.ts';
import { CoalescedRefresh } from '../../lib/coalesced-refresh.ts';
import type { DomainContext } from '../domain.ts';
import { silencedAlert } from './events.ts';
import { silenceDraft, silenceEvents } from './silences.events.ts';
import { endSilences, readSilenceEnds, silenceAlerts, unsilenceAlerts } from './silences.store.ts';
import { readAlertsAt } from './store.ts';

/** Alerts that one transaction silences or unsilences. */
const alertsMax = 1_000;
/** The longest timer, because clocks are changed and computers sleep. */
const sleepMaxMs = 60_000;
/** The clock of the database, which decides, may be behind. */
const sleepMinMs = 50;

/**
 * Ends silences at their time, and silences and unsilences the alerts that a mutation has left because there were too
 * many. Each instance does this, with the lock of the log held, so the first one makes the change and the others find
 * nothing to do.
 */
export function followSilences({
  database,
  journal,
  log,
}: Pick<DomainContext, 'database' | 'journal' | 'log'>): { readonly stop: () => Promise<void> } {
  const db = database.kysely;
  /** Silences that may match alerts that are not silenced yet. */
  const begun = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let started = false;
  let stopped = false;

  const refresh = new CoalescedRefresh(update, (error) =>
    log.warn({ err: error }, 'failed to apply the silences; retrying'),
  );

  async function update(): Promise<void> {
    while (!stopped && !(await endAndUnsilence()));
    if (!started) for (const id of (await readSilenceEnds(db)).ids) begun.add(id);
    started = true;
    for (const silenceId of begun) {
      while (!stopped && !(await silence(silenceId)));
      begun.delete(silenceId);
    }
    const { firstEnd } = await readSilenceEnds(db);
    clearTimeout(timer);
    if (firstEnd === null || stopped) return;
    const leftMs = Math.min(Math.max(firstEnd.getTime() - Date.now(), sleepMinMs), sleepMaxMs);
    timer = setTimeout(() => void refresh.request(), leftMs).unref();
  }

  /** @returns whether no alerts are left. */
  async function endAndUnsilence(): Promise<boolean> {
    const { value } = await journal.log.transact(async (trx) => {
      const ended = await endSilences(trx);
      const alerts = await readAlertsAt(trx, await unsilenceAlerts(trx, alertsMax));
      const at = Date.now();
      const drafts: Draft[] = [
        ...ended.map((one) => silenceDraft('silenceEnded', { silence: one, by: null })),
        ...alerts.map((alert) => silencedAlert(alert, at, null)),
      ];
      return { value: alerts.length < alertsMax, drafts };
    });
    return value;
  }

  /** @returns whether no alerts are left. */
  async function silence(silenceId: string): Promise<boolean> {
    const { value } = await journal.log.transact(async (trx) => {
      const alerts = await readAlertsAt(trx, await silenceAlerts(trx, silenceId, alertsMax));
      const at = Date.now();
      return {
        value: alerts.length < alertsMax,
        drafts: alerts.map((alert) => silencedAlert(alert, at, null)),
      };
    });
    return value;
  }

  const following = journal.log.onAppend((entries) => {
    const own = entries.filter(({ topic }) => topic === silenceEvents.name);
    if (own.length === 0) return;
    for (const { key, type } of own) if (type !== 'silenceEnded') begun.add(key);
    void refresh.request(); // not awaited: it stores events itself
  });

  void refresh.request();

  return {
    async stop() {
      stopped = true;
      following[Symbol.dispose]();
      clearTimeout(timer);
      await refresh.stop();
    },
  };
}
