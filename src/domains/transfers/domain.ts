import { retainedEntries } from '../../journal/retention.ts';
import type { Domain, DomainContext } from '../domain.ts';
import { beginAssembly } from './assembly.ts';
import { dropAbandoned } from './bytes.store.ts';
import './deliveries.graph.ts';
import { transferDeliveries, transferEvents } from './events.ts';
import './graph.ts';
import './send.graph.ts';
import { deliveryTable, retainedDeliveries, retainedTransfers, transferTable } from './store.ts';

/** How often transfers that were given up are dropped from memory. */
const sweepMs = 15_000;
/** How often bytes that a killed instance has left in the store are removed, and how old they are at least. */
const dropEveryMs = 600_000;
const abandonedAfterMs = 3_600_000;

/** Large data that clients send in chunks and that is delivered to users. */
export function transfersDomain(): Domain {
  return {
    name: 'transfers',
    handlers: [transferTable, deliveryTable],
    retained: [
      retainedTransfers,
      retainedEntries(transferEvents.name),
      retainedDeliveries,
      retainedEntries(transferDeliveries.name),
    ],
    async start(context) {
      const { journal, memory } = context;
      const assembly = beginAssembly(journal.log, memory.share('transfers'));
      const sweeping = setInterval(() => assembly.sweep(performance.now()), sweepMs).unref();
      const dropping = setInterval(() => void drop(context), dropEveryMs).unref();
      void drop(context);
      return {
        stop() {
          clearInterval(sweeping);
          clearInterval(dropping);
        },
      };
    },
  };
}

async function drop({ database, log }: DomainContext): Promise<void> {
  try {
    await dropAbandoned(database.kysely, abandonedAfterMs);
  } catch (error) {
    log.debug(
      { err: error },
      'cannot remove the bytes of transfers that were not stored completely; trying again later',
    );
  }
}
