import { retainedEntries } from '../../journal/retention.ts';
import type { Entry, Gauge } from '../../journal/topic.ts';
import { CoalescedRefresh } from '../../lib/coalesced-refresh.ts';
import { waitAtMost } from '../../lib/wait-at-most.ts';
import { polledGauges } from '../../sources/polled-gauge.ts';
import type { Domain, DomainContext } from '../domain.ts';
import { initialAgents, type AgentsConfig } from './config.ts';
import { decisionTable, readDecisionStats, retainedDecisions } from './decisions.store.ts';
import {
  agentEvents,
  agentStatusChanged,
  allAgents,
  kpisChanged,
  type AgentEventPayload,
  type Kpis,
} from './events.ts';
import './events.graph.ts';
import './links.graph.ts';
import { AgentStates, mean } from './status.ts';
import {
  agentRegistration,
  agentTable,
  interventionTable,
  kpiTable,
  readAgents,
  readAllAgents,
  readKpis,
  retainedAgents,
  retainedInterventions,
} from './store.ts';
import './history.graph.ts';
import './rule-fields.graph.ts';

/** Time within which an agent that stops reporting is shown as offline. */
const backgroundMs = 5_000;
/** How long a sample waits for a read of the agents that is in progress. */
const refreshWaitMs = 300;
/** Interval of reads without an event, because retention changes the statistics without one. */
const rereadMs = 60_000;

export interface AgentsOptions extends AgentsConfig {
  /** The interval at which the KPIs are read without readers, for their history. */
  readonly historyMs: number;
}

/**
 * Autonomous agents: their reports and decisions, the interventions of operators, and the KPIs of the business. The
 * state of an agent is a gauge, which is derived from tables and read again after each event. This server never
 * contacts an agent: agents report, and subscribe to their interventions.
 */
export function agentsDomain({ historyMs, ...config }: AgentsOptions): Domain {
  return {
    name: 'agents',
    handlers: [
      ...(config.ids === null ? [agentRegistration(initialAgents, config.max)] : []),
      agentTable,
      decisionTable,
      interventionTable,
      kpiTable,
    ],
    retained: [
      retainedAgents,
      retainedInterventions,
      ...retainedDecisions,
      retainedEntries(agentEvents.name),
    ],
    async start(context) {
      const agents = await followAgents(context, config);
      const readKpiGauges = await followKpis(context);
      return {
        sources: [
          // polled, because an agent that stops reporting goes offline without an event
          polledGauges({ name: 'agents', topics: [agentStatusChanged], backgroundMs, read: agents.read }),
          polledGauges({ name: 'kpis', topics: [kpisChanged], backgroundMs: historyMs, read: readKpiGauges }),
        ],
        stop: agents.stop,
      };
    },
  };
}

/** Puts the states of all agents, then after each event those that have changed. */
async function followAgents({ database, journal, log }: DomainContext, { ids, staleAfterMs }: AgentsConfig) {
  const readRows = () =>
    ids === null ? readAllAgents(database.kysely, initialAgents) : readAgents(database.kysely, ids);
  const states = new AgentStates(staleAfterMs);
  let readAt = performance.now();
  const refresh = new CoalescedRefresh(
    async () => {
      readAt = performance.now();
      states.update(await readRows());
      journal.gauges.put(states.gauges(Date.now(), 'changed'));
    },
    (error) => log.warn({ err: error }, 'failed to read the agents; retrying'),
  );

  const following = journal.log.onAppend((entries) => {
    const own = entries.filter(
      ({ topic, type }) => topic === agentEvents.name && type !== 'kpisReported',
    ) as readonly Entry<AgentEventPayload>[];
    for (const { type, key } of own)
      if (type === 'agentReported' || type === 'agentIntervened') states.markUrgent(key);
    if (ids === null && own.filter((entry) => states.register(entry)).length > 0)
      journal.gauges.put(states.gauges(Date.now(), 'changed'));
    if (own.length > 0) void refresh.request();
  });
  states.update(await readRows());
  journal.gauges.put(states.gauges(Date.now(), 'all'));

  return {
    /** Contains everything that was stored before the call, unless the database does not answer in time. */
    async read() {
      if (performance.now() - readAt > rereadMs) void refresh.request();
      await waitAtMost(refreshWaitMs, refresh.settled());
      return states.gauges(Date.now(), 'all');
    },
    async stop() {
      following[Symbol.dispose]();
      await refresh.stop();
    },
  };
}

/** @returns the read function of the KPIs, which returns the previous values while the database does not answer. */
async function followKpis({ database, journal, log }: DomainContext): Promise<() => Promise<Gauge<Kpis>[]>> {
  async function read(): Promise<Gauge<Kpis>[]> {
    const sampledAt = Date.now();
    const [values, stats] = await Promise.all([
      readKpis(database.kysely),
      readDecisionStats(database.kysely, sampledAt),
    ]);
    const payload = {
      ...values,
      decisionCount: stats.decisions,
      recentDecisionCount: stats.recentDecisions,
      avgResponseTimeMs: mean(stats.responseTimeSum * 1_000, stats.responseTimes),
      sampledAt,
    };
    return [{ topic: kpisChanged, key: allAgents, payload, occurredAt: sampledAt }];
  }

  let last = await read();
  journal.gauges.put(last);
  return async () => {
    try {
      last = await read();
    } catch (error) {
      log.debug({ err: error }, 'failed to read the KPIs; keeping the previous values');
    }
    return last;
  };
}
