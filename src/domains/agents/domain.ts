import { retainedEntries } from '../../journal/retention.ts';
import type { Gauge } from '../../journal/topic.ts';
import { CoalescedRefresh } from '../../lib/coalesced-refresh.ts';
import { waitAtMost } from '../../lib/wait-at-most.ts';
import { polledGauges } from '../../sources/polled-gauge.ts';
import type { Domain, DomainContext } from '../domain.ts';
import { createAgentBoard, mean } from './status.ts';
import type { AgentsConfig } from './config.ts';
import { decisionTable, retainedDecisions, readFigures } from './decisions.store.ts';
import { agentEvents, agentStatusChanged, everyAgent, kpisChanged, type Kpis } from './events.ts';
import './events.graph.ts';
import './interventions.graph.ts';
import {
  agentTable,
  interventionTable,
  kpiTable,
  readAgents,
  readKpis,
  retainedInterventions,
} from './store.ts';

/** Agents that fall silent are noticed within this. */
const backgroundMs = 5_000;
/** How long a sample waits for what is being read from the store. */
const patienceMs = 300;
/** Retention changes figures without an event. */
const rereadMs = 60_000;

/** Agents that decide by themselves: what they report, what they decided, and what operators did to them. */
export function agentsDomain(config: AgentsConfig): Domain {
  return {
    name: 'agents',
    handlers: [agentTable, decisionTable, interventionTable, kpiTable],
    retained: [retainedInterventions, ...retainedDecisions, retainedEntries(agentEvents.name)],
    async start(context) {
      const board = await followAgents(context, config);
      const kpis = await openKpis(context);
      return {
        sources: [
          // one that has fallen silent goes offline without saying so
          polledGauges({ name: 'agents', topics: [agentStatusChanged], backgroundMs, read: board.look }),
          polledGauges({ name: 'kpis', topics: [kpisChanged], read: kpis.look }),
        ],
        stop: board.stop,
      };
    },
  };
}

/** Keeps the gauge of every agent at what the log says, and puts what changes at once. */
async function followAgents({ database, journal, log }: DomainContext, { ids, staleAfterMs }: AgentsConfig) {
  const board = createAgentBoard(staleAfterMs);
  let readAt = performance.now();
  const refresh = new CoalescedRefresh(
    async () => {
      readAt = performance.now();
      board.known(await readAgents(database.kysely, ids));
      journal.gauges.put(board.changed(Date.now()));
    },
    (error) => log.warn({ err: error }, 'the agents cannot be read; trying again'),
  );

  const following = journal.log.onAppend((entries) => {
    let any = false;
    for (const { topic, type, key } of entries) {
      if (topic !== agentEvents.name || type === 'kpisReported') continue;
      any = true;
      if (type === 'agentReported' || type === 'agentIntervened') board.concerned(key);
    }
    if (any) void refresh.request();
  });
  board.known(await readAgents(database.kysely, ids));
  journal.gauges.put(board.all(Date.now()));

  return {
    /** What was stored before it is asked for is in the answer, unless the store keeps it waiting. */
    async look() {
      if (performance.now() - readAt > rereadMs) void refresh.request();
      await waitAtMost(patienceMs, refresh.settled());
      return board.all(Date.now());
    },
    async stop() {
      following[Symbol.dispose]();
      await refresh.stop();
    },
  };
}

/** Reads the key figures; what was known last stands for them while the store does not answer. */
async function openKpis({ database, journal, log }: DomainContext) {
  async function read(): Promise<Kpis> {
    const sampledAt = Date.now();
    const [values, figures] = await Promise.all([
      readKpis(database.kysely),
      readFigures(database.kysely, sampledAt),
    ]);
    return {
      ...values,
      decisionCount: figures.decisions,
      recentDecisionCount: figures.recentDecisions,
      meanResponseTimeSeconds: mean(figures.responseTimeSum, figures.responseTimes),
      sampledAt,
    };
  }

  let last = await read();
  const gauge = (): Gauge<Kpis> => ({
    topic: kpisChanged,
    key: everyAgent,
    payload: last,
    occurredAt: last.sampledAt,
  });
  journal.gauges.put([gauge()]);
  return {
    async look() {
      try {
        last = await read();
      } catch (error) {
        log.debug({ err: error }, 'the key figures cannot be read; they stay as they were');
      }
      return [gauge()];
    },
  };
}
