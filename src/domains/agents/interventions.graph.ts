import { randomUUID } from 'node:crypto';
import { builder } from '../../graph/builder.ts';
import { exposedFields, id, json, nullable, of, string } from '../../graph/exposed-fields.ts';
import { camelKeys } from '../../lib/case-keys.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import { NotFound } from '../../graph/failures.ts';
import { InvalidInput } from '../../graph/invalid-input.ts';
import { keysetConnection } from '../../graph/keyset-connection.ts';
import type { Draft } from '../../journal/topic.ts';
import { isStorable } from '../../lib/storable.ts';
import { interventionSource, raisedAlert } from '../alerts/events.ts';
import { ownAudit } from '../governance/events.ts';
import { AgentState } from './agents.graph.ts';
import {
  agentEvents,
  type AgentEventPayload,
  type AgentIntervention,
  type InterventionAction,
} from './events.ts';
import { decisionList, toDecision, type DecisionRecord } from './decisions.store.ts';
import { jsonObject, jsonObjectBounds, jsonObjectWords } from './reports.graph.ts';
import { intervened, statusAt, unknownAgent } from './status.ts';
import { interventionList, readAgents, storeIntervened, type InterventionRecord } from './store.ts';

export const Decision = builder.objectRef<DecisionRecord>('Decision').implement({
  description: 'What an agent decided. Source: `agentDecision` and `decisionOutcome` of producers.',
  fields: (t) => ({
    ...exposedFields(t, {
      agentId: id('Who decided.'),
      actionType: string('What kind of thing it decided to do.'),
      parameters: json('An object: with what.'),
      rationale: nullable.string('Why.'),
      confidenceScore: nullable.float('How sure it was, 0 to 1.'),
      expectedOutcome: json('An object: what it expected of it.'),
      success: nullable.boolean('Whether it went well; null while that is not known.'),
      responseTimeSeconds: nullable.float('Seconds it took.'),
    }),
    id: t.exposeID('decisionId', { description: 'As reported; else made by the server.' }),
    at: t.expose('occurredAt', { type: 'DateTime', description: 'When.' }),
  }),
});

keysetConnection('decisions', {
  name: 'Decision',
  type: Decision,
  list: decisionList,
  node: toDecision,
  description:
    'Decisions with what is known of their outcomes by now, newest first (by the time they name, then by their ' +
    'position). Paged by keyset. Source: the table decisions, kept RETENTION_DAYS.',
  page: 'A page of decisions.',
  edge: 'A decision and its place in the list.',
  totalCount: 'All stored decisions, of the agent if one is named.',
  args: (t) => ({ agentId: t.id({ description: 'Only of this agent; of an unknown one there are none.' }) }),
  filter: ({ agentId = null }) => ({ agentId }),
});

/** `Successfully paused pricing_agent`. */
const pastOf: Readonly<Record<InterventionAction, string>> = {
  PAUSE: 'paused',
  RESUME: 'resumed',
  RESET: 'reset',
  OVERRIDE: 'overrode',
};

const InterventionActionType = describedEnum<InterventionAction>(
  'InterventionAction',
  'What an operator may do to an agent.',
  {
    PAUSE: 'It is paused until it is resumed or reset, whatever it reports.',
    RESUME: 'It is no longer paused: its status is what it reports.',
    RESET: 'It is no longer paused, and what it was doing is forgotten.',
    OVERRIDE: 'It is told to do as the parameters say; its status stays.',
  },
);

export const Intervention = builder.objectRef<InterventionRecord>('Intervention').implement({
  description: 'What an operator did to an agent. Source: the mutation `intervene`.',
  fields: (t) => ({
    ...exposedFields(t, {
      agentId: id('To whom.'),
      action: of(InterventionActionType, 'What.'),
      parameters: json('An object: with what; empty without any.'),
      reason: nullable.string('Why, as given.'),
      previousStatus: of(AgentState, 'The status before.'),
      newStatus: of(AgentState, 'The status right after.'),
      actorId: id('Who did it; `anonymous` without a credential.'),
    }),
    id: t.exposeID('interventionId', { description: 'Unique; the id of its event as well.' }),
    at: t.expose('occurredAt', { type: 'DateTime', description: 'When.' }),
    message: t.string({
      description: 'A sentence for people.',
      resolve: ({ action, agentId }) => `Successfully ${pastOf[action]} ${agentId}`,
    }),
  }),
});

keysetConnection('interventions', {
  name: 'Intervention',
  type: Intervention,
  list: interventionList,
  node: camelKeys,
  description:
    'Interventions, newest first. Paged by keyset. Source: the table interventions, kept RETENTION_DAYS.',
  page: 'A page of interventions.',
  edge: 'An intervention and its place in the list.',
  args: (t) => ({ agentId: t.id({ description: 'Only to this agent; to an unknown one there are none.' }) }),
  filter: ({ agentId = null }) => ({ agentId }),
});

const InterventionInput = builder.inputType('InterventionInput', {
  description: 'What to do to which agent.',
  fields: (t) => ({
    agentId: t.id({ required: true, description: 'An agent that is configured.' }),
    action: t.field({ type: InterventionActionType, required: true, description: 'What to do.' }),
    parameters: t.field({
      type: 'JSON',
      bounds: jsonObjectBounds,
      description: 'With what, for the agent to read: a JSON object. Default: empty.',
    }),
    reason: t.string({ bounds: { chars: 500 }, description: 'Why.' }),
  }),
});

function checked(
  { agentId, action, parameters, reason }: typeof InterventionInput.$inferInput,
  agentIds: readonly string[],
): Pick<AgentIntervention, 'agentId' | 'action' | 'parameters' | 'reason'> {
  if (!agentIds.includes(agentId)) throw new NotFound('agent', agentId);
  const object = jsonObject(parameters ?? {});
  if (object === null) throw new InvalidInput('parameters', jsonObjectWords);
  if (reason && !isStorable(reason)) throw new InvalidInput('reason', 'Unicode without U+0000');
  return { agentId, action, parameters: object, reason: reason ?? null };
}

/** What an intervention tells: the agent and its watchers, the auditors, and whoever looks at the alerts. */
function draftsOf(done: AgentIntervention, occurredAt: number): readonly Draft[] {
  const { agentId, action, actorId, reason } = done;
  const event: Draft<AgentEventPayload> = {
    topic: agentEvents,
    key: agentId,
    type: 'agentIntervened',
    id: done.interventionId,
    occurredAt,
    payload: done,
  };
  const audit = ownAudit('agent_intervention', actorId, {
    targetId: agentId,
    action: `${pastOf[action]} agent`,
    details: JSON.stringify(done),
  });
  const alert = raisedAlert({
    alertType: 'agent_intervention',
    level: 'INFO',
    title: `Agent intervention: ${action.toLowerCase()}`,
    message: `${actorId} ${pastOf[action]} ${agentId}${reason === null ? '' : `: ${reason}`}`,
    source: interventionSource,
    subject: agentId,
    agentId,
    autoDismiss: true,
    occurredAt,
  });
  return [event, audit, alert];
}

builder.mutationField('intervene', (t) =>
  t.field({
    type: Intervention,
    requires: 'execute',
    description:
      'Intervenes with an agent. Stored, audited as `agent_intervention`, raised as an alert of level INFO, and told to ' +
      'whoever subscribes to `agentEvents`, the agent itself among them, all in one transaction.',
    args: {
      input: t.arg({ type: InterventionInput, required: true, description: 'What to do to which agent.' }),
    },
    errors: {
      types: [InvalidInput, NotFound],
      dataField: { name: 'intervention', description: 'What was done.' },
    },
    resolve: async (_root, { input }, context): Promise<InterventionRecord> => {
      const { ids, staleAfterMs } = context.serverInfo.agents;
      const asked = checked(input, ids);
      const { agentId, action } = asked;
      const interventionId = randomUUID();
      const { value } = await context.journal.log.transact(async (db) => {
        const at = Date.now();
        const [row = unknownAgent(agentId)] = await readAgents(db, [agentId]);
        const after = intervened(row, action);
        await storeIntervened(db, after);
        const done: AgentIntervention = {
          interventionId,
          ...asked,
          previousStatus: statusAt(row, at, staleAfterMs).status,
          newStatus: statusAt(after, at, staleAfterMs).status,
          actorId: context.viewer.subject,
        };
        return { value: { ...done, occurredAt: new Date(at) }, drafts: draftsOf(done, at) };
      });
      return value;
    },
  }),
);
