import { censusTaken } from '../connections/events.ts';
import type { Domain, House } from '../domain.ts';
import { providerSummarySampled } from '../providers/events.ts';
import type { MonitorLook } from './events.ts';
import './graph.ts';
import { monitorSource } from './source.ts';
import { countUnacknowledged } from './store.ts';

/** What is younger is not measured again. */
const maxAgeMs = 50;
/** A part that takes longer is shown as it was. */
const patienceMs = 1_000;
const hourMs = 3_600_000;

/** Providers, alerts and readers at a glance: a view of what other nouns know. It keeps nothing of its own. */
export function monitorDomain(): Domain {
  return {
    name: 'monitor',
    async start(house) {
      return {
        sources: [monitorSource({ hostId: house.hostId, look: () => lookOf(house) })],
        stop: () => {},
      };
    },
  };
}

async function lookOf({ journal, database, log }: House): Promise<MonitorLook> {
  const [unacknowledgedAlerts] = await Promise.all([
    countUnacknowledged(database.kysely, new Date(Date.now() - hourMs)).catch((error: unknown) => {
      log.debug({ err: error }, 'alerts cannot be counted');
      return null;
    }),
    ...[providerSummarySampled, censusTaken].map(({ name }) =>
      journal.demand.freshen(name, maxAgeMs, patienceMs),
    ),
  ]);
  return { sampledAt: Date.now(), unacknowledgedAlerts: unacknowledgedAlerts ?? null };
}
