import { notifyChannel } from '../journal/news.ts';
import type { DurableLog } from '../journal/journal.ts';
import type { CarrierName, OpenCarrier } from './carrier.ts';

/** Poll intervals while no news arrive, and as a safety net while they do. */
const pollUnnotifiedMs = 250;
const pollNotifiedMs = 10_000;

export interface NewsReceiver extends AsyncDisposable {
  readonly carrier: CarrierName;
  /** Whether news are proven to arrive, so that the log need not be polled. */
  receiving(): boolean;
}

export interface NewsReceiverOptions {
  readonly openCarrier: OpenCarrier;
  readonly eventLog: Pick<DurableLog, 'catchUp' | 'receive'>;
  /** What instances send each other besides their commits: a listener per channel. */
  readonly channels?: Readonly<Record<string, (text: string) => void>>;
}

/**
 * Hands the news of other instances to the log and to other listeners. A log that lacks an entry before those of a
 * commit reads the table, so lost news cause a delay and no loss. While no news arrive, the table is polled four times a
 * second.
 */
export function receiveNews({ openCarrier, eventLog, channels = {} }: NewsReceiverOptions): NewsReceiver {
  let receiving = false;
  let polling: NodeJS.Timeout | null = null;

  function pollEvery(everyMs: number): void {
    if (polling !== null) clearInterval(polling);
    polling = setInterval(() => eventLog.catchUp(), everyMs);
  }

  pollEvery(pollUnnotifiedMs);
  const carrier = openCarrier(
    {
      news(channel, text) {
        if (channel === notifyChannel) eventLog.receive(text);
        else channels[channel]?.(text);
      },
      arrive(proven) {
        if (proven === receiving) return;
        receiving = proven;
        if (proven) eventLog.catchUp(); // reads what was committed before
        pollEvery(proven ? pollNotifiedMs : pollUnnotifiedMs);
      },
    },
    [notifyChannel, ...Object.keys(channels)],
  );

  return {
    carrier: carrier.name,
    receiving: () => receiving,
    async [Symbol.asyncDispose]() {
      if (polling !== null) clearInterval(polling);
      await carrier[Symbol.asyncDispose]();
    },
  };
}
