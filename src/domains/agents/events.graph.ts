import { nullable, partFields } from '../../graph/exposed-fields.ts';
import { eventEnum } from '../../graph/event-enum.ts';
import { eventSubscription } from '../../graph/event-subscription.ts';
import { eventType } from '../../graph/event.ts';
import type { Entry } from '../../journal/topic.ts';
import { AgentReportType } from './agents.graph.ts';
import { Decision, DecisionOutcomeType } from './decisions.graph.ts';
import {
  agentEvents,
  decisionIdOf,
  payloadIf,
  type AgentEventPayload,
  type AgentEventType as EventType,
} from './events.ts';
import { Intervention } from './interventions.graph.ts';
import { KpiReport } from './kpis.graph.ts';

const AgentEventType = eventEnum<EventType>('AgentEventType', 'Types of events about agents.', {
  REPORTED: ['agentReported', 'An agent reported its state.'],
  DECIDED: ['decisionMade', 'An agent made a decision.'],
  OUTCOME_KNOWN: ['decisionOutcomeKnown', 'The outcome of a decision became known.'],
  INTERVENED: ['agentIntervened', 'An operator intervened with an agent.'],
  KPIS_REPORTED: ['kpisReported', 'KPIs of the business were reported.'],
});

const AgentEvent = eventType('AgentEvent', agentEvents, {
  kind: 'AGENT',
  description:
    'An event about an agent. Of the fields after `agentId`, only the one that belongs to `type` is not null.',
  types: AgentEventType,
  fields: (t) => ({
    agentId: t.id({
      nullable: true,
      description: 'The agent. Null for outcomes and KPIs, whose reports do not name an agent.',
      resolve: agentIdOf,
    }),
    ...partFields(t, detailsOf, {
      report: nullable.of(AgentReportType, 'The report of the agent, for `REPORTED`.'),
      decision: nullable.of(Decision, 'The decision as it was first reported, for `DECIDED`.'),
      outcome: nullable.of(DecisionOutcomeType, 'The outcome of a decision, for `OUTCOME_KNOWN`.'),
      intervention: nullable.of(Intervention, 'The intervention of an operator, for `INTERVENED`.'),
      kpis: nullable.of(KpiReport, 'The reported KPIs, for `KPIS_REPORTED`.'),
    }),
  }),
});

function agentIdOf({ payload }: Entry<AgentEventPayload>): string | null {
  return 'agentId' in payload ? payload.agentId : null;
}

function detailsOf(entry: Entry<AgentEventPayload>) {
  const occurredAt = new Date(entry.occurredAt);
  const decision = payloadIf('decisionMade', entry);
  const intervention = payloadIf('agentIntervened', entry);
  return {
    report: payloadIf('agentReported', entry),
    decision: decision && { ...decision, decisionId: decisionIdOf(entry.id, decision), occurredAt },
    outcome: payloadIf('decisionOutcomeKnown', entry),
    intervention: intervention && { ...intervention, occurredAt },
    kpis: payloadIf('kpisReported', entry),
  };
}

eventSubscription('agentEvents', {
  type: AgentEvent,
  topic: agentEvents,
  description: 'Events about agents',
  note: 'An agent that resumes after its last cursor receives every intervention that it has missed.',
  args: (t) => ({
    agentId: t.id({
      description: 'Returns only events of this agent, without outcomes and KPIs. Default: all events.',
    }),
  }),
  types: AgentEventType,
  matches:
    ({ agentId }) =>
    (entry) =>
      !agentId || agentIdOf(entry) === agentId,
});
