import { builder } from '../../graph/builder.ts';
import { boolean, exposedFields, id, nullable, of } from '../../graph/exposed-fields.ts';
import { eventEnum } from '../../graph/event-enum.ts';
import { eventSubscription } from '../../graph/event-subscription.ts';
import { eventType } from '../../graph/event.ts';
import type { Entry } from '../../journal/topic.ts';
import { AgentState, KpiReportType } from './agents.graph.ts';
import {
  agentEvents,
  decisionIdOf,
  payloadIf,
  type AgentEventPayload,
  type AgentEventType as EventType,
  type AgentReport,
  type DecisionOutcome,
} from './events.ts';
import { Decision, Intervention } from './interventions.graph.ts';

const AgentEventType = eventEnum<EventType>('AgentEventType', 'What can happen to agents.', {
  REPORTED: ['agentReported', 'An agent reported how it is.'],
  DECIDED: ['decisionMade', 'An agent decided something.'],
  OUTCOME_KNOWN: ['decisionOutcomeKnown', 'It is known how a decision went.'],
  INTERVENED: ['agentIntervened', 'An operator intervened.'],
  KPIS_REPORTED: ['kpisReported', 'Key figures were reported.'],
});

const AgentReportType = builder.objectRef<AgentReport>('AgentReport').implement({
  description: 'How an agent said it is. Source: `agentStatus` of producers.',
  fields: (t) =>
    exposedFields(t, {
      status: of(AgentState, 'As reported.'),
      currentActivity: nullable.string('What it is doing.'),
      name: nullable.string('For people; null: as before.'),
    }),
});

const DecisionOutcomeType = builder.objectRef<DecisionOutcome>('DecisionOutcome').implement({
  description: 'How a decision went. Source: `decisionOutcome` of producers.',
  fields: (t) =>
    exposedFields(t, {
      decisionId: id('The decision.'),
      success: boolean('Whether it went well.'),
      responseTimeSeconds: nullable.float('Seconds it took; null: as the decision said.'),
    }),
});

/** Of outcomes and key figures nobody says whose they are. */
function agentIdOf({ payload }: Entry<AgentEventPayload>): string | null {
  return 'agentId' in payload ? payload.agentId : null;
}

const AgentEvent = eventType('AgentEvent', agentEvents, {
  kind: 'AGENT',
  description:
    'Something that an agent did or that was done to it. The member of its type is there, all others are null.',
  types: AgentEventType,
  fields: (t) => ({
    agentId: t.id({
      nullable: true,
      description: 'The agent; null for outcomes and key figures.',
      resolve: agentIdOf,
    }),
    report: t.field({
      type: AgentReportType,
      nullable: true,
      description: 'What it reported.',
      resolve: (entry) => payloadIf('agentReported', entry),
    }),
    decision: t.field({
      type: Decision,
      nullable: true,
      description: 'What it decided, as it was reported then.',
      resolve: (entry) => {
        const payload = payloadIf('decisionMade', entry);
        if (payload === null) return null;
        const decisionId = decisionIdOf({ id: entry.id, payload });
        return { ...payload, decisionId, occurredAt: new Date(entry.occurredAt) };
      },
    }),
    outcome: t.field({
      type: DecisionOutcomeType,
      nullable: true,
      description: 'How a decision went.',
      resolve: (entry) => payloadIf('decisionOutcomeKnown', entry),
    }),
    intervention: t.field({
      type: Intervention,
      nullable: true,
      description: 'What an operator did.',
      resolve: (entry) => {
        const payload = payloadIf('agentIntervened', entry);
        return payload === null ? null : { ...payload, occurredAt: new Date(entry.occurredAt) };
      },
    }),
    kpis: t.field({
      type: KpiReportType,
      nullable: true,
      description: 'The key figures that were reported.',
      resolve: (entry) => payloadIf('kpisReported', entry),
    }),
  }),
});

eventSubscription('agentEvents', {
  type: AgentEvent,
  topic: agentEvents,
  description: 'What agents do and what is done to them',
  note: 'An agent that subscribes to its own `INTERVENED` with the cursor it kept gets what it was told while it was away.',
  args: (t) => ({
    agentId: t.id({
      description: 'Only of this agent, without outcomes and key figures, which belong to none; default all.',
    }),
  }),
  types: AgentEventType,
  matches:
    ({ agentId }) =>
    (entry) =>
      !agentId || agentIdOf(entry) === agentId,
});
