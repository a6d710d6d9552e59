import { builder } from '../../graph/builder.ts';
import { dateTime, exposedFields, int, nullable } from '../../graph/exposed-fields.ts';
import { gaugeSubscription } from '../../graph/gauge-subscription.ts';
import { producerEvent } from '../../graph/producer-event.ts';
import { rejectField, requireRange } from '../../graph/reported-values.ts';
import { activeAlertsChanged, activeAlertsKey } from '../alerts/events.ts';
import { Agent, currentAgents, refreshAgents } from './agents.graph.ts';
import {
  agentEvents,
  allAgents,
  kpiNames,
  kpisChanged,
  type KpiName,
  type Kpis as Values,
} from './events.ts';

const valueMax = 1e15;
/** The allowed range and the description of each KPI. */
const kpis: Readonly<Record<KpiName, readonly [min: number, max: number, description: string]>> = {
  totalRevenue: [-valueMax, valueMax, 'Revenue in the currency of the producer.'],
  totalProfit: [-valueMax, valueMax, 'Profit in the currency of the producer.'],
  inventoryTurnover: [0, valueMax, 'How often the stock was sold and replaced.'],
  stockoutIncidentCount: [0, 2 ** 31 - 1, 'Number of times that a product was out of stock.'],
  wasteReductionPercent: [-valueMax, 100, 'Reduction of waste in percent, negative for an increase.'],
  priceOptimizationScore: [0, 1, 'Quality of the prices, from 0 to 1.'],
  promotionEffectiveness: [0, 1, 'Success of the promotions, from 0 to 1.'],
  agentCollaborationScore: [0, 1, 'How well the agents cooperate, from 0 to 1.'],
};

/** A field for each KPI, in an object type or in an input type. */
const kpiFields = <Field>(declare: (name: KpiName, type: 'Int' | 'Float', description: string) => Field) =>
  Object.fromEntries(
    kpiNames.map((name) => [
      name,
      declare(name, name === 'stockoutIncidentCount' ? 'Int' : 'Float', kpis[name][2]),
    ]),
  );

type KpiValues = Readonly<Partial<Record<KpiName, number | null>>>;

const KpiInterface = builder.interfaceRef<KpiValues>('KeyFigures').implement({
  description: 'KPIs of the business. Source: the producer event `kpi`.',
  fields: (t) =>
    kpiFields((name, type, description) => t.expose(name, { type, nullable: true, description })),
});

export const KpiReport = builder.objectRef<KpiValues>('KpiReport').implement({
  description: 'KPIs that were reported together. Null for a KPI that the report does not contain.',
  interfaces: [KpiInterface],
});

const Kpis = builder.objectRef<Values>('Kpis').implement({
  description: 'The last reported value of each KPI, null before the first, and statistics of the agents.',
  interfaces: [KpiInterface],
  fields: (t) => ({
    ...exposedFields(t, {
      decisionCount: int('Number of stored decisions of all agents.'),
      recentDecisionCount: int('Number of decisions in the last hour.'),
      avgResponseTimeMs: nullable.float(
        'Mean response time of the decisions in the last 24 hours, in milliseconds. Null if none is known.',
      ),
      sampledAt: dateTime('When the values were read.'),
    }),
    agents: t.field({
      type: [Agent],
      description: 'All known agents, in the order of the query `agents`.',
      resolve: (_kpis, _args, context) => currentAgents(context),
    }),
    activeAlertCount: t.int({
      description: 'Number of alerts that are neither acknowledged, resolved nor silenced, at most 500.',
      resolve: (_kpis, _args, { journal }) =>
        journal.gauges.newest(activeAlertsChanged, activeAlertsKey)?.payload.alerts.length ?? 0,
    }),
  }),
});

builder.queryField('kpis', (t) =>
  t.field({
    type: Kpis,
    requires: 'read',
    description: 'Returns the current KPIs.',
    resolve: async (_root, _args, context) => {
      const { demand, gauges } = context.journal;
      await Promise.all([refreshAgents(context), demand.refresh(kpisChanged.name, 0, 1_000)]);
      const entry = gauges.newest(kpisChanged, allAgents);
      if (entry === undefined) throw new Error('the KPIs were not read at startup');
      return entry.payload;
    },
  }),
);

gaugeSubscription('kpis', {
  type: Kpis,
  topic: kpisChanged,
  description: 'The KPIs, read again in each interval.',
  keys: () => [allAgents],
  everyMs: { defaultMs: 5_000 },
  freshMs: 0, // the first value contains everything that was reported before the client subscribed
});

producerEvent('kpi', {
  description: 'KPIs of the business, at least one. A KPI that the report does not contain keeps its value.',
  instant: {
    description: 'When the KPIs were measured.',
    note: 'A value older than the last one changes nothing.',
  },
  topic: agentEvents,
  type: 'kpisReported',
  fields: (t) => kpiFields((_name, type, description) => t.field({ type, description })),
  draft: (fields) => {
    const values = kpiNames.flatMap((name) => {
      const [min, max] = kpis[name];
      const value = fields[name];
      requireRange(name, value, min, max);
      return value === null ? [] : [[name, value] as const];
    });
    if (values.length === 0) rejectField('kpi', `at least one of ${kpiNames.join(', ')}`);
    return { key: allAgents, payload: Object.fromEntries(values) };
  },
});
