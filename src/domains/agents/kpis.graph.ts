import { builder } from '../../graph/builder.ts';
import { dateTime, exposedFields, int, nullable } from '../../graph/exposed-fields.ts';
import { gaugeSubscription } from '../../graph/gauge-subscription.ts';
import { activeAlertsChanged, activeAlertsKey } from '../alerts/events.ts';
import { Agent, agentsNow, freshAgents } from './agents.graph.ts';
import { everyAgent, kpisChanged, type KpiName, type KpiReport, type Kpis as KpiValues } from './events.ts';

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
