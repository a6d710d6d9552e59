import { builder } from '../../graph/builder.ts';
import type { GraphContext } from '../../graph/context.ts';
import { eventMember, refuse } from '../../graph/event-input.ts';
import type { Draft } from '../../journal/topic.ts';
import { ownId } from '../../journal/own-ids.ts';
import { AgentState, rosterOf } from './agents.graph.ts';
import { agentEvents, everyAgent, kpiNames, type AgentEventPayload, type KpiName } from './events.ts';
import { jsonObject, jsonObjectBounds, jsonObjectWords } from './json-object.ts';

const decisionIdCharsMax = 128;
const nameCharsMax = 200;
const activityCharsMax = 500;
const rationaleCharsMax = 4_096;
/** Eleven days: whatever takes longer is no time of response. */
const responseTimeMaxSeconds = 1_000_000;
const valueMax = 1e15;

const idDescription = 'Idempotency key: a second event with it is accepted and not stored again.';

function configured(agentId: string, context: GraphContext): string {
  const { agentIds } = rosterOf(context);
  return agentIds.includes(agentId) ? agentId : refuse('agentId', `one of ${agentIds.join(', ')}`);
}

function within(field: string, value: number | null | undefined, min: number, max: number): number | null {
  if (value === null || value === undefined) return null;
  return value >= min && value <= max ? value : refuse(field, `a number from ${min} to ${max}`);
}

function object(field: string, value: unknown): Readonly<Record<string, unknown>> {
  return jsonObject(value ?? {}) ?? refuse(field, jsonObjectWords);
}

const AgentStatusInput = builder.inputType('AgentStatusInput', {
  description:
    'How an agent is. It holds until the next report, or until AGENT_STALE_AFTER_S seconds have passed.',
  fields: (t) => ({
    id: t.id({ description: idDescription }),
    at: t.field({
      type: 'DateTime',
      description: 'When it was so. Default: now. One older than the last report changes nothing.',
    }),
    agentId: t.id({ required: true, description: 'An agent that is configured.' }),
    status: t.field({ type: AgentState, required: true, description: 'What it is doing.' }),
    currentActivity: t.string({
      bounds: { chars: activityCharsMax },
      description: 'At what. Default: nothing.',
    }),
    name: t.string({ bounds: { chars: [1, nameCharsMax] }, description: 'For people. Default: as before.' }),
  }),
});

eventMember({
  name: 'agentStatus',
  input: AgentStatusInput,
  description: 'How an agent is.',
  draft: (fields, common, context): Draft<AgentEventPayload> => {
    const agentId = configured(fields.agentId, context);
    return {
      topic: agentEvents,
      key: agentId,
      type: 'agentReported',
      ...common,
      payload: {
        agentId,
        status: fields.status,
        currentActivity: fields.currentActivity ?? null,
        name: fields.name ?? null,
      },
    };
  },
});

const AgentDecisionInput = builder.inputType('AgentDecisionInput', {
  description: 'What an agent decided.',
  fields: (t) => ({
    id: t.id({ description: `${idDescription} Default: one made of decisionId.` }),
    at: t.field({ type: 'DateTime', description: 'When it decided. Default: now.' }),
    agentId: t.id({ required: true, description: 'An agent that is configured.' }),
    decisionId: t.id({
      bounds: { chars: [1, decisionIdCharsMax] },
      description:
        'Names it for decisionOutcome; the first decision with it counts. Default: the event’s id.',
    }),
    actionType: t.string({
      required: true,
      bounds: { chars: [1, nameCharsMax] },
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
});

eventMember({
  name: 'agentDecision',
  input: AgentDecisionInput,
  description: 'What an agent decided.',
  draft: (fields, common, context): Draft<AgentEventPayload> => {
    const agentId = configured(fields.agentId, context);
    const decisionId = fields.decisionId ?? null;
    return {
      topic: agentEvents,
      key: agentId,
      type: 'decisionMade',
      ...(decisionId === null ? {} : { id: ownId('decision:', decisionId) }), // sent again, it is the same event
      ...common,
      payload: {
        decisionId,
        agentId,
        actionType: fields.actionType,
        parameters: object('parameters', fields.parameters),
        rationale: fields.rationale ?? null,
        confidenceScore: within('confidenceScore', fields.confidenceScore, 0, 1),
        expectedOutcome: object('expectedOutcome', fields.expectedOutcome),
        success: fields.success ?? null,
        responseTimeSeconds: within('responseTime', fields.responseTime, 0, responseTimeMaxSeconds),
      },
    };
  },
});

const DecisionOutcomeInput = builder.inputType('DecisionOutcomeInput', {
  description:
    'How a decision went. The last one counts. One that comes before its decision is accepted and counts as soon as the ' +
    'decision is reported.',
  fields: (t) => ({
    id: t.id({ description: idDescription }),
    at: t.field({ type: 'DateTime', description: 'When that was known. Default: now.' }),
    // an event's id may be longer than a decision's
    decisionId: t.id({
      required: true,
      bounds: { chars: [1, nameCharsMax] },
      description: 'As the decision was reported.',
    }),
    success: t.boolean({ required: true, description: 'Whether it went well.' }),
    responseTime: t.float({
      description: `Seconds it took, 0 to ${responseTimeMaxSeconds}. Default: as the decision said.`,
    }),
  }),
});

eventMember({
  name: 'decisionOutcome',
  input: DecisionOutcomeInput,
  description: 'How a decision went.',
  draft: (fields, common): Draft<AgentEventPayload> => ({
    topic: agentEvents,
    key: fields.decisionId,
    type: 'decisionOutcomeKnown',
    ...common,
    payload: {
      decisionId: fields.decisionId,
      success: fields.success,
      responseTimeSeconds: within('responseTime', fields.responseTime, 0, responseTimeMaxSeconds),
    },
  }),
});

const KpiInput = builder.inputType('KpiInput', {
  description: 'Key figures of the business, at least one. What is left out stays as it was.',
  fields: (t) => ({
    id: t.id({ description: idDescription }),
    at: t.field({
      type: 'DateTime',
      description: 'When they were measured. Default: now. Values older than the last ones change nothing.',
    }),
    totalRevenue: t.float({ description: 'In a currency of yours.' }),
    totalProfit: t.float({ description: 'In a currency of yours.' }),
    inventoryTurnover: t.float({ description: 'How often the stock is sold, not negative.' }),
    stockoutIncidents: t.int({ description: 'How often something was out of stock, not negative.' }),
    wasteReductionPercentage: t.float({ description: 'Percent, at most 100; negative: more waste.' }),
    priceOptimizationScore: t.float({ description: '0 to 1.' }),
    promotionEffectiveness: t.float({ description: '0 to 1.' }),
    agentCollaborationScore: t.float({ description: '0 to 1.' }),
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

eventMember({
  name: 'kpi',
  input: KpiInput,
  description: 'Key figures of the business.',
  draft: (fields, common): Draft<AgentEventPayload> => {
    const values = kpiNames.flatMap((name) => {
      const value = within(name, fields[name], ...kpiRanges[name]);
      return value === null ? [] : [[name, value] as const];
    });
    if (values.length === 0) refuse('kpi', `at least one of ${kpiNames.join(', ')}`);
    return {
      topic: agentEvents,
      key: everyAgent,
      type: 'kpisReported',
      ...common,
      payload: Object.fromEntries(values),
    };
  },
});
