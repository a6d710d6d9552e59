import { AppError } from '../../errors.ts';
import { builder } from '../../graph/builder.ts';
import type { GraphContext } from '../../graph/context.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import { exposedFields, dateTime, int, nullable, of, string } from '../../graph/exposed-fields.ts';
import { gaugeSubscription } from '../../graph/gauge-subscription.ts';
import { activeAlertsChanged, activeAlertsKey } from '../alerts/events.ts';
import {
  agentStatusChanged,
  everyAgent,
  kpisChanged,
  type AgentState as State,
  type AgentStatus,
  type KpiName,
  type KpiReport,
  type Kpis as KpiValues,
} from './events.ts';

export const AgentState = describedEnum<State>('AgentStatus', 'What an agent is doing.', {
  ACTIVE: 'It works, as it reported.',
  IDLE: 'It waits for work, as it reported.',
  PAUSED: 'An operator paused it, or it reported so.',
  ERROR: 'It cannot work, as it reported.',
  OFFLINE: 'It has not reported for AGENT_STALE_AFTER_S seconds, never has, or says so.',
});

export const Agent = builder.objectRef<AgentStatus>('Agent').implement({
  description:
    'An agent that decides by itself. Source: AUTOOPS_AGENTS, its reports and decisions, and the interventions of operators.',
  fields: (t) => ({
    ...exposedFields(t, {
      name: string('For people: as reported, else made of the id.'),
      status: of(AgentState, 'What it is doing.'),
      currentActivity: nullable.string(
        'As its last report says; null when it is offline, was reset, or has not said.',
      ),
      lastDecisionAt: nullable.dateTime('When it decided last; null when it never has.'),
      decisionCount: int('Its stored decisions.'),
      successRate: nullable.float(
        'Successful ones of its decisions whose outcome is known, 0 to 100; null without any.',
      ),
      meanResponseTimeSeconds: nullable.float('Seconds its decisions took in the mean; null when none says.'),
      reportedAt: nullable.dateTime('Its last report; null when it never has.'),
    }),
    id: t.exposeID('agentId', { description: 'As configured: `pricing_agent`.' }),
  }),
});

/** Every agent in the configured order. */
export function agentsNow({ journal }: GraphContext): AgentStatus[] {
  return journal.gauges.all(agentStatusChanged).map(({ payload }) => payload);
}

/** What was stored before the question is in the answer. */
export function freshAgents({ journal }: GraphContext): Promise<void> {
  return journal.demand.refresh(agentStatusChanged.name, 0, 1_000);
}

builder.queryField('agents', (t) =>
  t.field({
    type: [Agent],
    requires: 'read',
    description: 'All agents that are configured, in that order.',
    resolve: async (_root, _args, context) => {
      await freshAgents(context);
      return agentsNow(context);
    },
  }),
);

builder.queryField('agent', (t) =>
  t.field({
    type: Agent,
    nullable: true,
    requires: 'read',
    description: 'One agent, or null when none with this id is configured.',
    args: { id: t.arg.id({ required: true, description: 'As configured.' }) },
    resolve: async (_root, { id }, context) => {
      await freshAgents(context);
      return context.journal.gauges.newest(agentStatusChanged, id)?.payload;
    },
  }),
);

gaugeSubscription('agentStatus', {
  type: Agent,
  topic: agentStatusChanged,
  description:
    'Each agent, all of them at once first; after a report, an intervention or a change of its status at once.',
  args: (t) => ({
    agentId: t.id({ description: 'Only this agent, which has to be configured; default all.' }),
  }),
  keys: ({ agentId }, context) => keysOf(agentId, context),
  everyMs: { defaultMs: 3_000, between: 'rounds' },
});

function keysOf(agentId: string | null | undefined, { serverInfo }: GraphContext): readonly string[] | null {
  if (agentId === null || agentId === undefined) return null;
  const { ids } = serverInfo.agents;
  if (ids.includes(agentId)) return [agentId];
  const allowed = `one of ${ids.join(', ')}`;
  throw new AppError('BAD_USER_INPUT', `agentId must be ${allowed}.`, {
    details: { argument: 'agentId', allowed },
  });
}

const KeyFigures = builder
  .interfaceRef<Readonly<Partial<Record<KpiName, number | null>>>>('KeyFigures')
  .implement({
    description: 'Key figures of the business, as producers measure them. Source: `kpi`.',
    fields: (t) =>
      exposedFields(t, {
        totalRevenue: nullable.float('In the producer’s currency.'),
        totalProfit: nullable.float('In the producer’s currency.'),
        inventoryTurnover: nullable.float('How often the stock is sold, as the producer counts.'),
        stockoutIncidents: nullable.int('How often something was out of stock.'),
        wasteReductionPercentage: nullable.float(
          'Percent of waste less than before, at most 100; negative: more.',
        ),
        priceOptimizationScore: nullable.float('0 to 1.'),
        promotionEffectiveness: nullable.float('0 to 1.'),
        agentCollaborationScore: nullable.float('0 to 1.'),
      }),
  });

export const KpiReportType = builder.objectRef<KpiReport>('KpiReport').implement({
  description: 'Key figures that were reported together; null: not among them.',
  interfaces: [KeyFigures],
});

const Kpis = builder.objectRef<KpiValues>('Kpis').implement({
  description:
    'The last reported value of each key figure, null until there is one, and what the agents did.',
  interfaces: [KeyFigures],
  fields: (t) => ({
    ...exposedFields(t, {
      decisionCount: int('Stored decisions of all agents.'),
      recentDecisionCount: int('Of the last hour.'),
      meanResponseTimeSeconds: nullable.float(
        'Seconds the decisions of the last 24 hours took in the mean; null when none says.',
      ),
      sampledAt: dateTime('When they were read.'),
    }),
    agents: t.field({
      type: [Agent],
      description: 'All agents that are configured, in that order.',
      resolve: (_kpis, _args, context) => agentsNow(context),
    }),
    activeAlertCount: t.int({
      description: 'Alerts that are neither acknowledged nor resolved.',
      resolve: (_kpis, _args, { journal }) =>
        journal.gauges.newest(activeAlertsChanged, activeAlertsKey)?.payload.alerts.length ?? 0,
    }),
  }),
});

builder.queryField('kpis', (t) =>
  t.field({
    type: Kpis,
    requires: 'read',
    description: 'The key figures now.',
    resolve: async (_root, _args, context) => {
      const { demand, gauges } = context.journal;
      await Promise.all([freshAgents(context), demand.refresh(kpisChanged.name, 0, 1_000)]);
      const entry = gauges.newest(kpisChanged, everyAgent);
      if (entry === undefined) throw new Error('the key figures were not put at start');
      return entry.payload;
    },
  }),
);

gaugeSubscription('kpis', {
  type: Kpis,
  topic: kpisChanged,
  description: 'The key figures, at once and then again and again.',
  keys: () => [everyAgent],
  everyMs: { defaultMs: 5_000 },
  freshMs: 0, // what was reported before somebody comes is in the first value
});
