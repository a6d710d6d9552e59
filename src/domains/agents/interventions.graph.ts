import { randomUUID } from 'node:crypto';
import { builder, type GraphTypes } from '../../graph/builder.ts';
import type { GraphContext } from '../../graph/context.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import { exposedFields, id, json, nullable, of } from '../../graph/exposed-fields.ts';
import { NotFound } from '../../graph/failures.ts';
import { InvalidInput } from '../../graph/invalid-input.ts';
import { keysetConnection, searchedRarely } from '../../graph/keyset-connection.ts';
import { timeRangeFields } from '../../graph/time-range-fields.ts';
import { fromList, nodeType } from '../../graph/node.ts';
import type { Draft } from '../../journal/topic.ts';
import { camelKeys } from '../../lib/case-keys.ts';
import { isStorable } from '../../lib/storable.ts';
import { interventionSource, raisedAlert } from '../alerts/events.ts';
import { ownAudit } from '../governance/events.ts';
import { AgentState } from './agents.graph.ts';
import { jsonObjectBounds } from './decisions.graph.ts';
import {
  agentEvents,
  agentStatusChanged,
  type AgentIntervention,
  type InterventionAction,
} from './events.ts';
import { unknownAgent } from './agent-row.ts';
import { intervened, statusAt } from './status.ts';
import { interventionList, readAgents, storeIntervened, type InterventionRecord } from './store.ts';

/** For the sentence `Successfully paused pricing_agent`. */
const pastTense: Readonly<Record<InterventionAction, string>> = {
  PAUSE: 'paused',
  RESUME: 'resumed',
  RESET: 'reset',
  OVERRIDE: 'overrode',
};

const InterventionActionType = describedEnum<InterventionAction>(
  'InterventionAction',
  'What an operator can do to an agent.',
  {
    PAUSE: 'The status of the agent is `PAUSED` until it is resumed or reset, whatever it reports.',
    RESUME: 'Ends a pause: the status of the agent is the reported one.',
    RESET: 'Ends a pause and clears the current activity.',
    OVERRIDE: 'Requests the agent to act according to the parameters. Its status does not change.',
  },
);

const parameters = 'Parameters for the agent: a JSON object';

/** The fields that an intervention has in common with the snapshots in events. */
const interventionFields = {
  agentId: id('The agent concerned.'),
  action: of(InterventionActionType, 'What the operator did.'),
  parameters: json(`${parameters}, empty if none were given.`),
  reason: nullable.string('The reason that the operator gave. Null if there is none.'),
  previousStatus: of(AgentState, 'Status of the agent before the intervention.'),
  newStatus: of(AgentState, 'Status of the agent after the intervention.'),
  actorId: id('Subject of the credential of the operator; `anonymous` if no credential is required.'),
};

function message(
  t: PothosSchemaTypes.ObjectFieldBuilder<GraphTypes, Pick<AgentIntervention, 'action' | 'agentId'>>,
) {
  return t.string({
    description: 'Message for people.',
    resolve: ({ action, agentId }) => `Successfully ${pastTense[action]} ${agentId}`,
  });
}

export const Intervention = nodeType<InterventionRecord>('Intervention', {
  description: 'An intervention of an operator with an agent. Source: the mutation `intervene`.',
  key: ({ interventionId }) => interventionId,
  load: fromList(interventionList, camelKeys),
  fields: (t) => ({
    interventionId: t.exposeID('interventionId', { description: 'Identifies the intervention.' }),
    occurredAt: t.expose('occurredAt', { type: 'DateTime', description: 'When the operator intervened.' }),
    ...exposedFields(t, interventionFields),
    message: message(t),
  }),
});

export const InterventionSnapshot = builder.objectRef<AgentIntervention>('InterventionSnapshot').implement({
  description: 'An intervention at the time of the event. Source: the mutation `intervene`.',
  fields: (t) => ({ ...exposedFields(t, interventionFields), message: message(t) }),
});

const InterventionFilterInput = builder.inputType('InterventionFilter', {
  description: 'Selects interventions that match all given conditions.',
  fields: (t) => ({
    agentId: t.id({ description: 'Only interventions with this agent.' }),
    actorId: t.id({ description: 'Only interventions of this operator, a subject of a credential.' }),
    actions: t.field({
      type: [InterventionActionType],
      description: 'Only interventions with one of these actions.',
    }),
    ...timeRangeFields(t, 'interventions'),
  }),
});

export const interventions = keysetConnection('interventions', {
  name: 'Intervention',
  type: Intervention,
  list: interventionList,
  node: camelKeys,
  description:
    'Returns interventions, most recent first. Source: the table interventions, which keeps them for RETENTION_DAYS. ' +
    searchedRarely('`actorId` or `actions`'),
  followedBy: 'agentEvents',
  page: 'A page of interventions.',
  edge: 'An intervention and its position in the list.',
  totalCount: 'Number of stored interventions that match the filter.',
  filterInput: InterventionFilterInput,
});

const InterveneInput = builder.inputType('InterveneInput', {
  description: 'An intervention with an agent.',
  fields: (t) => ({
    agentId: t.id({ required: true, description: 'A known agent.' }),
    action: t.field({ type: InterventionActionType, required: true, description: 'What to do.' }),
    parameters: t.field({
      type: 'JSON',
      bounds: jsonObjectBounds,
      description: `${parameters}. Default: empty.`,
    }),
    reason: t.string({ bounds: { chars: 500 }, description: 'The reason, for the audit log and the alert.' }),
  }),
});

function validated(
  { agentId, action, parameters: given, reason }: typeof InterveneInput.$inferInput,
  { journal: { gauges } }: GraphContext,
): Pick<AgentIntervention, 'agentId' | 'action' | 'parameters' | 'reason'> {
  if (!gauges.has(agentStatusChanged.name, agentId)) throw new NotFound('agent', agentId);
  const object: unknown = given ?? {};
  if (typeof object !== 'object' || object === null || Array.isArray(object) || !isStorable(object))
    throw new InvalidInput('parameters', 'a JSON object of Unicode text without U+0000');
  if (reason && !isStorable(reason)) throw new InvalidInput('reason', 'Unicode text without U+0000');
  return { agentId, action, parameters: object as Record<string, unknown>, reason: reason ?? null };
}

/** The event for the agent and its watchers, the audit entry, and the alert. */
function draftsOf(intervention: AgentIntervention, occurredAt: number): readonly Draft[] {
  const { interventionId, agentId, action, actorId, reason } = intervention;
  const audit = ownAudit('agent_intervention', actorId, {
    targetId: agentId,
    action: `${pastTense[action]} agent`,
    details: JSON.stringify(intervention),
  });
  const alert = raisedAlert({
    alertType: 'agent_intervention',
    level: 'INFO',
    title: `Agent intervention: ${action.toLowerCase()}`,
    message: `${actorId} ${pastTense[action]} ${agentId}${reason === null ? '' : `: ${reason}`}`,
    source: interventionSource,
    subject: agentId,
    agentId,
    autoDismiss: true,
    occurredAt,
  });
  const event = { topic: agentEvents, key: agentId, type: 'agentIntervened', id: interventionId, occurredAt };
  return [{ ...event, payload: intervention }, audit, alert];
}

builder.mutationField('intervene', (t) =>
  t.field({
    type: Intervention,
    requires: 'execute',
    description:
      'Intervenes with an agent. In one transaction, stores the intervention, sends it to `agentEvents`, writes the audit ' +
      'entry `agent_intervention`, and raises an alert of level `INFO`.',
    args: {
      input: t.arg({
        type: InterveneInput,
        required: true,
        description: 'The agent, the action and its reason.',
      }),
    },
    errors: {
      types: [InvalidInput, NotFound],
      dataField: { name: 'intervention', description: 'The stored intervention.' },
    },
    resolve: async (_root, { input }, context): Promise<InterventionRecord> => {
      const { journal, viewer, serverInfo } = context;
      const { staleAfterMs } = serverInfo.agents;
      const request = validated(input, context);
      const interventionId = randomUUID();
      const { value } = await journal.log.transact(async (db) => {
        const at = Date.now();
        const [row = unknownAgent(request.agentId)] = await readAgents(db, [request.agentId]);
        const after = intervened(row, request.action);
        await storeIntervened(db, after);
        const intervention: AgentIntervention = {
          interventionId,
          ...request,
          previousStatus: statusAt(row, at, staleAfterMs).status,
          newStatus: statusAt(after, at, staleAfterMs).status,
          actorId: viewer.subject,
        };
        return { value: { ...intervention, occurredAt: new Date(at) }, drafts: draftsOf(intervention, at) };
      });
      return value;
    },
  }),
);
