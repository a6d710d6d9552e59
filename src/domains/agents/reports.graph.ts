import { producerEvent } from '../../graph/producer-event.ts';
import { configuredAgent, refuse } from '../../graph/reported-values.ts';
import { ownId } from '../../journal/own-ids.ts';
import { isStorable } from '../../lib/storable.ts';
import { AgentState } from './agents.graph.ts';
import { agentEvents, everyAgent, kpiNames, type KpiName } from './events.ts';

const decisionIdCharsMax = 128;
const nameBounds = { chars: [1, 200] } as const;
const activityCharsMax = 500;
const rationaleCharsMax = 4_096;
/** Eleven days: whatever takes longer is no time of response. */
const responseTimeMaxSeconds = 1_000_000;
const valueMax = 1e15;

/** Of an object that a client gives. */
export const jsonObjectBounds = { jsonChars: 16_384 } as const;

export const jsonObjectWords = 'a JSON object, of Unicode without U+0000';

/** The value if it is an object that can be stored, else null. */
export function jsonObject(value: unknown): Readonly<Record<string, unknown>> | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return isStorable(value) ? (value as Record<string, unknown>) : null;
}

function within(field: string, value: number | null, min: number, max: number): number | null {
  return value === null || (value >= min && value <= max)
    ? value
    : refuse(field, `a number from ${min} to ${max}`);
}

function object(field: string, value: unknown): Readonly<Record<string, unknown>> {
  return jsonObject(value ?? {}) ?? refuse(field, jsonObjectWords);
}

producerEvent('agentStatus', {
  description: 'How an agent is.',
  inputDescription:
    'How an agent is. It holds until the next report, or until AGENT_STALE_AFTER_S seconds have passed.',
  at: 'When it was so.',
  notes: { at: 'One older than the last report changes nothing.' },
  topic: agentEvents,
  type: 'agentReported',
  fields: (t) => ({
    agentId: t.id({ required: true, description: 'An agent that is configured.' }),
    status: t.field({ type: AgentState, required: true, description: 'What it is doing.' }),
    currentActivity: t.string({
      bounds: { chars: activityCharsMax },
      description: 'At what. Default: nothing.',
    }),
    name: t.string({ bounds: nameBounds, description: 'For people. Default: as before.' }),
  }),
  draft: (payload, context) => ({ key: configuredAgent(payload.agentId, context), payload }),
});

producerEvent('agentDecision', {
  description: 'What an agent decided.',
  at: 'When it decided.',
  notes: { id: 'Default: one made of decisionId.' },
  topic: agentEvents,
  type: 'decisionMade',
  fields: (t) => ({
    agentId: t.id({ required: true, description: 'An agent that is configured.' }),
    decisionId: t.id({
      bounds: { chars: [1, decisionIdCharsMax] },
      description:
        'Names it for decisionOutcome; the first decision with it counts. Default: the event’s id.',
    }),
    actionType: t.string({
      required: true,
      bounds: nameBounds,
      description: 'What kind of thing it decided to do.',
    }),
    parameters: t.field({
      type: 'JSON',
      bounds: jsonObjectBounds,
      description: 'With what: a JSON object. Default: empty.',
    }),
    rationale: t.string({ bounds: { chars: rationaleCharsMax }, description: 'Why.' }),
    confidenceScore: t.float({ description: 'How sure it was, 0 to 1.' }),
    expectedOutcome: t.field({
      type: 'JSON',
      bounds: jsonObjectBounds,
      description: 'What it expects of it: a JSON object. Default: empty.',
    }),
    success: t.boolean({ description: 'Whether it went well, if that is known already.' }),
    responseTime: t.float({ description: `Seconds it took, 0 to ${responseTimeMaxSeconds}.` }),
  }),
  draft: ({ responseTime, ...fields }, context) => ({
    key: configuredAgent(fields.agentId, context),
    ...(fields.decisionId === null ? {} : { id: ownId('decision:', fields.decisionId) }), // sent again, it is the same event
    payload: {
      ...fields,
      parameters: object('parameters', fields.parameters),
      confidenceScore: within('confidenceScore', fields.confidenceScore, 0, 1),
      expectedOutcome: object('expectedOutcome', fields.expectedOutcome),
      responseTimeSeconds: within('responseTime', responseTime, 0, responseTimeMaxSeconds),
    },
  }),
});

producerEvent('decisionOutcome', {
  description: 'How a decision went.',
  inputDescription:
    'How a decision went. The last one counts. One that comes before its decision is accepted and counts as soon as the ' +
    'decision is reported.',
  at: 'When that was known.',
  topic: agentEvents,
  type: 'decisionOutcomeKnown',
  fields: (t) => ({
    // an event's id may be longer than a decision's
    decisionId: t.id({ required: true, bounds: nameBounds, description: 'As the decision was reported.' }),
    success: t.boolean({ required: true, description: 'Whether it went well.' }),
    responseTime: t.float({
      description: `Seconds it took, 0 to ${responseTimeMaxSeconds}. Default: as the decision said.`,
    }),
  }),
  draft: ({ responseTime, ...fields }) => ({
    key: fields.decisionId,
    payload: {
      ...fields,
      responseTimeSeconds: within('responseTime', responseTime, 0, responseTimeMaxSeconds),
    },
  }),
});

const kpiRanges: Readonly<Record<KpiName, readonly [min: number, max: number]>> = {
  totalRevenue: [-valueMax, valueMax],
  totalProfit: [-valueMax, valueMax],
  inventoryTurnover: [0, valueMax],
  stockoutIncidents: [0, 2 ** 31 - 1],
  wasteReductionPercentage: [-valueMax, 100],
  priceOptimizationScore: [0, 1],
  promotionEffectiveness: [0, 1],
  agentCollaborationScore: [0, 1],
};

producerEvent('kpi', {
  description: 'Key figures of the business.',
  inputDescription: 'Key figures of the business, at least one. What is left out stays as it was.',
  at: 'When they were measured.',
  notes: { at: 'Values older than the last ones change nothing.' },
  topic: agentEvents,
  type: 'kpisReported',
  fields: (t) => ({
    totalRevenue: t.float({ description: 'In a currency of yours.' }),
    totalProfit: t.float({ description: 'In a currency of yours.' }),
    inventoryTurnover: t.float({ description: 'How often the stock is sold, not negative.' }),
    stockoutIncidents: t.int({ description: 'How often something was out of stock, not negative.' }),
    wasteReductionPercentage: t.float({ description: 'Percent, at most 100; negative: more waste.' }),
    priceOptimizationScore: t.float({ description: '0 to 1.' }),
    promotionEffectiveness: t.float({ description: '0 to 1.' }),
    agentCollaborationScore: t.float({ description: '0 to 1.' }),
  }),
  draft: (fields) => {
    const values = kpiNames.flatMap((name) => {
      const value = within(name, fields[name], ...kpiRanges[name]);
      return value === null ? [] : [[name, value] as const];
    });
    if (values.length === 0) refuse('kpi', `at least one of ${kpiNames.join(', ')}`);
    return { key: everyAgent, payload: Object.fromEntries(values) };
  },
});
