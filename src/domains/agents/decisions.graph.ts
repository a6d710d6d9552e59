import { builder, type GraphTypes } from '../../graph/builder.ts';
import { boolean, exposedFields, id, json, nullable, string } from '../../graph/exposed-fields.ts';
import { keysetConnection, searchedRarely } from '../../graph/keyset-connection.ts';
import { producerEvent, type InputFieldBuilder } from '../../graph/producer-event.ts';
import {
  requireObject,
  requireRange,
  reportingAgent,
  reportingAgentText,
} from '../../graph/reported-values.ts';
import { timeRangeFields } from '../../graph/time-range-fields.ts';
import { fromList, nodeType } from '../../graph/node.ts';
import { msOf, secondsOf } from '../../lib/seconds.ts';
import { reservedId } from '../../journal/reserved-ids.ts';
import { decisionList, toDecision, type DecisionRecord } from './decisions.store.ts';
import { agentEvents, type DecisionOutcome } from './events.ts';

/** Of a JSON object that a client sends. */
export const jsonObjectBounds = { jsonChars: 16_384 } as const;
const nameBounds = { chars: [1, 200] } as const;
/** Eleven days. */
const responseTimeMaxMs = 1_000_000_000;

const actionType = 'Kind of action that the agent decided to take, such as `set_price`.';
const parameters = 'Parameters of the action: a JSON object.';
const rationale = 'The reason that the agent gives for the decision.';
const confidenceScore = 'Confidence of the agent in the decision, 0 to 1.';
const expectedOutcome = 'What the agent expects of the action: a JSON object.';
const success = 'Whether the action was successful.';
const responseTime = 'Time that the agent needed, in milliseconds.';

/** The fields that a decision has in common with the snapshots in events. */
const decisionFields = {
  agentId: id('The agent that decided.'),
  actionType: string(actionType),
  parameters: json(parameters),
  rationale: nullable.string(`${rationale} Null if it gave none.`),
  confidenceScore: nullable.float(`${confidenceScore} Null if it was not reported.`),
  expectedOutcome: json(expectedOutcome),
  success: nullable.boolean(`${success} Null while the outcome is unknown.`),
};

function responseTimeMs(
  t: PothosSchemaTypes.ObjectFieldBuilder<GraphTypes, Pick<DecisionRecord, 'responseTimeSeconds'>>,
  note = 'Null if it was not reported.',
) {
  return t.float({
    nullable: true,
    description: `${responseTime} ${note}`,
    resolve: ({ responseTimeSeconds }) => msOf(responseTimeSeconds),
  });
}

export const Decision = nodeType<DecisionRecord>('Decision', {
  description: 'A decision of an agent. Source: the producer events `agentDecision` and `decisionOutcome`.',
  key: ({ decisionId }) => decisionId,
  load: fromList(decisionList, toDecision),
  fields: (t) => ({
    decisionId: t.exposeID('decisionId', { description: 'The reported id; otherwise the key of the event.' }),
    occurredAt: t.expose('occurredAt', { type: 'DateTime', description: 'When the agent decided.' }),
    ...exposedFields(t, decisionFields),
    responseTimeMs: responseTimeMs(t),
  }),
});

export const DecisionSnapshot = builder
  .objectRef<Omit<DecisionRecord, 'decisionId'>>('DecisionSnapshot')
  .implement({
    description: 'A decision at the time of an event. Source: the producer event `agentDecision`.',
    fields: (t) => ({ ...exposedFields(t, decisionFields), responseTimeMs: responseTimeMs(t) }),
  });

export const DecisionOutcomeType = builder.objectRef<DecisionOutcome>('DecisionOutcome').implement({
  description: 'The outcome of a decision. Source: the producer event `decisionOutcome`.',
  fields: (t) => ({
    ...exposedFields(t, { decisionId: id('Identifies the decision.'), success: boolean(success) }),
    responseTimeMs: responseTimeMs(t, 'Null if this report does not change it.'),
  }),
});

const DecisionFilterInput = builder.inputType('DecisionFilter', {
  description: 'Selects decisions that match all given conditions.',
  fields: (t) => ({
    agentId: t.id({ description: 'Only decisions of this agent.' }),
    actionTypes: t.stringList({
      bounds: { items: 100, chars: 200 },
      description: 'Only decisions for one of these kinds of action.',
    }),
    ...timeRangeFields(t, 'decisions that were made'),
  }),
});

export const decisions = keysetConnection('decisions', {
  name: 'Decision',
  type: Decision,
  list: decisionList,
  node: toDecision,
  description:
    'Returns decisions with their outcomes, most recent first. Source: the table decisions, which keeps them for ' +
    `RETENTION_DAYS. ${searchedRarely('`actionTypes`')}`,
  followedBy: 'agentEvents',
  page: 'A page of decisions.',
  edge: 'A decision and its position in the list.',
  totalCount: 'Number of stored decisions that match the filter.',
  filterInput: DecisionFilterInput,
});

producerEvent('agentDecision', {
  description: 'A decision that an agent made.',
  instant: { description: 'When the agent decided.' },
  keyNote: 'Default: derived from `decisionId`.',
  topic: agentEvents,
  type: 'decisionMade',
  fields: (t) => ({
    agentId: t.id({ required: true, description: reportingAgentText }),
    decisionId: t.id({
      bounds: { chars: [1, 128] },
      description:
        'Identifies the decision in `decisionOutcome`. A second decision with the same id is ignored. Default: the id ' +
        'of the event.',
    }),
    actionType: t.string({ required: true, bounds: nameBounds, description: actionType }),
    parameters: objectField(t, parameters),
    rationale: t.string({ bounds: { chars: 4_096 }, description: rationale }),
    confidenceScore: t.float({ description: confidenceScore }),
    expectedOutcome: objectField(t, expectedOutcome),
    success: t.boolean({ description: `${success} Default: unknown.` }),
    responseTimeMs: responseTimeField(t),
  }),
  draft: ({ responseTimeMs: ms, ...fields }, context) => {
    requireRange('confidenceScore', fields.confidenceScore, 0, 1);
    requireRange('responseTimeMs', ms, 0, responseTimeMaxMs);
    return {
      key: reportingAgent(fields.agentId, context),
      ...(fields.decisionId !== null && { id: reservedId('decision:', fields.decisionId) }), // a repeated report is a duplicate
      payload: {
        ...fields,
        parameters: requireObject('parameters', fields.parameters ?? {}),
        expectedOutcome: requireObject('expectedOutcome', fields.expectedOutcome ?? {}),
        responseTimeSeconds: secondsOf(ms),
      },
    };
  },
});

producerEvent('decisionOutcome', {
  description:
    'The outcome of a decision. The last report counts. It may precede the report of its decision.',
  instant: { description: 'When the outcome became known.' },
  topic: agentEvents,
  type: 'decisionOutcomeKnown',
  fields: (t) => ({
    // the id of an event may be longer than `decisionId`
    decisionId: t.id({ required: true, bounds: nameBounds, description: 'The id of the decision.' }),
    success: t.boolean({ required: true, description: success }),
    responseTimeMs: responseTimeField(t, ' Default: the response time of the decision.'),
  }),
  draft: ({ responseTimeMs: ms, ...fields }) => {
    requireRange('responseTimeMs', ms, 0, responseTimeMaxMs);
    return { key: fields.decisionId, payload: { ...fields, responseTimeSeconds: secondsOf(ms) } };
  },
});

function objectField(t: InputFieldBuilder, description: string) {
  return t.field({ type: 'JSON', bounds: jsonObjectBounds, description: `${description} Default: empty.` });
}

function responseTimeField(t: InputFieldBuilder, note = '') {
  return t.float({ description: `${responseTime} 0 to ${responseTimeMaxMs}.${note}` });
}
