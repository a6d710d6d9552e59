import { notifyChannel } from '../journal/news.ts';
import type { Instance, NewsCarrier } from '../graph/server-stats.ts';
import type { DurableLog } from '../journal/journal.ts';
import type { OpenCarrier } from './carrier.ts';

/** Poll intervals while no news arrive, and as a safety net while they do. */
const pollUnnotifiedMs = 250;
const pollNotifiedMs = 10_000;

export interface NewsReceiver extends AsyncDisposable {
  readonly carrier: NewsCarrier;
  /** Whether news of all instances are proven to arrive, so that the log need not be polled. */
  receiving(): boolean;
  /** Compares what arrived with the reports of the other instances. */
  compare(others: readonly Pick<Instance, 'position' | 'sendsTo'>[]): void;
}

export interface NewsReceiverOptions {
  readonly openCarrier: OpenCarrier;
  readonly eventLog: Pick<DurableLog, 'catchUp' | 'receive' | 'head'>;
  /** Where the news are sent that the carrier brings. Default: POSTGRES. */
  readonly route?: string;
  /** What instances send each other besides their commits: a listener per channel. */
  readonly channels?: Readonly<Record<string, (text: string) => void>>;
}

/**
 * Hands the news of other instances to the log and to other listeners. A log that lacks an entry before those of a
 * commit reads the table, so lost news cause a delay and no loss. While no news arrive, or one of the other instances
 * cannot send any or sends them elsewhere, the table is polled four times a second. News that were lost before this is
 * known are missed by the report of an instance that has more events, which is at most two seconds old.
 */
export function receiveNews({
  openCarrier,
  eventLog,
  route = 'POSTGRES',
  channels = {},
}: NewsReceiverOptions): NewsReceiver {
  let arriving = false;
  let allSend = true;
  let receiving = false;
  let polling: NodeJS.Timeout | null = null;

  function pollEvery(everyMs: number): void {
    if (polling !== null) clearInterval(polling);
    polling = setInterval(() => eventLog.catchUp(), everyMs);
  }

  function update(): void {
    const proven = arriving && allSend;
    if (proven === receiving) return;
    receiving = proven;
    if (proven) eventLog.catchUp(); // reads what was committed before
    pollEvery(proven ? pollNotifiedMs : pollUnnotifiedMs);
  }

  pollEvery(pollUnnotifiedMs);
  const carrier = openCarrier(
    {
      news(channel, text) {
        if (channel === notifyChannel) eventLog.receive(text);
        else channels[channel]?.(text);
      },
      arrive(proven) {
        arriving = proven;
        update();
      },
    },
    [notifyChannel, ...Object.keys(channels)],
  );

  return {
    carrier: carrier.name,
    receiving: () => receiving,
    compare(others) {
      allSend = others.every(({ sendsTo }) => sendsTo === route);
      update();
      if (others.some(({ position }) => position > eventLog.head())) eventLog.catchUp();
    },
    async [Symbol.asyncDispose]() {
      if (polling !== null) clearInterval(polling);
      await carrier[Symbol.asyncDispose]();
    },
  };
}
