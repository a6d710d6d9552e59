import { eventSubscription } from '../../graph/event-subscription.ts';
import { eventVariants } from '../../graph/event.ts';
import { id, payloadFields } from '../../graph/exposed-fields.ts';
import type { Entry } from '../../journal/topic.ts';
import { AgentReportType } from './agents.graph.ts';
import { DecisionOutcomeType, DecisionSnapshot } from './decisions.graph.ts';
import { agentEvents, decisionIdOf, type AgentEventPayload, type AgentEventPayloads } from './events.ts';
import { Intervention } from './interventions.graph.ts';
import { KpiReport } from './kpis.graph.ts';

const agentId = id('Identifies the agent that the event is about.');

const agentEvent = eventVariants<AgentEventPayloads>('AgentEvent', agentEvents, {
  kind: 'AGENT',
  description: 'An event about an agent, or a report of the KPIs that agents are to improve.',
  typesDescription: 'Types of events about agents.',
  variants: (of) => ({
    REPORTED: of('agentReported', 'AgentReported', 'An agent reported its state.', (t) => ({
      ...payloadFields(t, { agentId }),
      report: t.expose('payload', {
        type: AgentReportType,
        description: 'What the agent reported about itself.',
      }),
    })),
    DECIDED: of('decisionMade', 'AgentDecided', 'An agent made a decision.', (t) => ({
      ...payloadFields(t, { agentId }),
      decisionId: t.id({
        description: 'Identifies the decision.',
        resolve: ({ id: eventId, payload }) => decisionIdOf(eventId, payload),
      }),
      decisionSnapshot: t.field({
        type: DecisionSnapshot,
        description: 'The decision as it was reported, with the outcome that was known then.',
        resolve: ({ occurredAt, payload }) => ({ ...payload, occurredAt: new Date(occurredAt) }),
      }),
    })),
    OUTCOME_KNOWN: of(
      'decisionOutcomeKnown',
      'DecisionOutcomeKnown',
      'The outcome of a decision became known.',
      (t) => ({
        decisionId: t.id({
          description: 'Identifies the decision.',
          resolve: ({ payload }) => payload.decisionId,
        }),
        outcome: t.expose('payload', {
          type: DecisionOutcomeType,
          description: 'Whether the action was successful, and how long the agent needed.',
        }),
      }),
    ),
    INTERVENED: of('agentIntervened', 'AgentIntervened', 'An operator intervened with an agent.', (t) => ({
      ...payloadFields(t, { agentId }),
      intervention: t.field({
        type: Intervention,
        description: 'The intervention of the operator.',
        resolve: ({ occurredAt, payload }) => ({ ...payload, occurredAt: new Date(occurredAt) }),
      }),
    })),
    KPIS_REPORTED: of('kpisReported', 'KpisReported', 'KPIs of the business were reported.', (t) => ({
      kpis: t.expose('payload', {
        type: KpiReport,
        description: 'The values of the report. KPIs that it does not contain are null.',
      }),
    })),
  }),
});

function agentIdOf({ payload }: Entry<AgentEventPayload>): string | null {
  return 'agentId' in payload ? payload.agentId : null;
}

eventSubscription('agentEvents', {
  ...agentEvent,
  description: 'Events about agents',
  note: 'An agent that resumes after its last cursor receives every intervention that it has missed.',
  args: (t) => ({
    agentId: t.id({
      description: 'Returns only events of this agent, without outcomes and KPIs. Default: all events.',
    }),
  }),
  matches:
    ({ agentId: wanted }) =>
    (entry) =>
      !wanted || agentIdOf(entry) === wanted,
});
