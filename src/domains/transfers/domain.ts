import { retainedEntries } from '../../journal/retention.ts';
import type { Domain, House } from '../domain.ts';
import { beginAssembly } from './assemblies.ts';
import { deliveryTable, retainedDeliveries } from './deliveries.store.ts';
import { transferDeliveries, transferEvents } from './events.ts';
import './graph.ts';
import { dropAbandoned } from './staging.store.ts';
import { transferTable, retainedTransfers } from './store.ts';

/** How often it is looked for transfers that nobody goes on with. */
const sweepMs = 15_000;
/** How often bytes are looked for that an instance left when it was killed, and how old they are then. */
const dropEveryMs = 600_000;
const abandonedAfterMs = 3_600_000;

/** Large data that clients send in chunks, and that is delivered to users. */
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
    async start(house) {
      const { journal, memory } = house;
      const assembly = beginAssembly(journal.log, memory.share('transfers'));
      const sweeping = setInterval(() => assembly.sweep(performance.now()), sweepMs).unref();
      const dropping = setInterval(() => void drop(house), dropEveryMs).unref();
      void drop(house);
      return {
        stop() {
          clearInterval(sweeping);
          clearInterval(dropping);
        },
      };
    },
  };
}

async function drop({ database, log }: House): Promise<void> {
  try {
    await dropAbandoned(database.kysely, abandonedAfterMs);
  } catch (error) {
    log.debug({ err: error }, 'transfers that were left half stored could not be removed');
  }
}
