import { retainedEntries } from '../../journal/retention.ts';
import type { Domain, DomainContext } from '../domain.ts';
import { createAssembly } from './assembly.ts';
import { dropAbandoned } from './bytes.store.ts';
import './deliveries.graph.ts';
import { transferDeliveries, transferEvents } from './events.ts';
import './graph.ts';
import './send.graph.ts';
import { deliveryTable, retainedDeliveries, retainedTransfers, transferTable } from './store.ts';

/** How often transfers that have been open for too long are dropped from memory. */
const dropExpiredEveryMs = 15_000;
/** How often bytes that killed instances have left in the database are removed, and their minimum age. */
const dropAbandonedEveryMs = 600_000;
const abandonedAfterMs = 3_600_000;

/**
 * Large data that clients send in chunks. A complete transfer is stored in the database and can be delivered to a user,
 * who is notified by an event; sending the bytes to the sockets of the user is left to the old system's dialect.
 */
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
      const assembly = createAssembly(journal.log, memory.share('transfers'));
      const timers = [
        setInterval(() => assembly.dropExpired(performance.now()), dropExpiredEveryMs).unref(),
        setInterval(() => void removeAbandoned(context), dropAbandonedEveryMs).unref(),
      ];
      void removeAbandoned(context);
      return { stop: () => timers.forEach(clearInterval) };
    },
  };
}

async function removeAbandoned({ database, log }: DomainContext): Promise<void> {
  try {
    await dropAbandoned(database.kysely, abandonedAfterMs);
  } catch (error) {
    log.debug({ err: error }, 'cannot remove the bytes of incomplete transfers; retrying later');
  }
}
