import { sql } from 'kysely';
import type { GraphTypes } from '../../graph/builder.ts';
import { eventConnection, eventsLink } from '../../graph/event-links.ts';
import { eventSubscription } from '../../graph/event-subscription.ts';
import { eventVariants } from '../../graph/event.ts';
import { id, payloadFields } from '../../graph/exposed-fields.ts';
import { linkField } from '../../graph/links.ts';
import type { Entry } from '../../journal/topic.ts';
import { Agent, AgentReportType } from './agents.graph.ts';
import { Decision, DecisionOutcomeType, DecisionSnapshot } from './decisions.graph.ts';
import {
  agentEvents,
  decisionIdOf,
  type AgentEventPayload,
  type AgentEventPayloads,
  type AgentEventType,
} from './events.ts';
import { Intervention, InterventionSnapshot } from './interventions.graph.ts';
import { KpiReport } from './kpis.graph.ts';

const agentId = id('Identifies the agent that the event is about.');

const decisionText =
  'The present state of the decision. Null if it was not reported or is no longer retained.';

function agentLink<Payload extends { readonly agentId: string }>(
  t: PothosSchemaTypes.ObjectFieldBuilder<GraphTypes, Entry<Payload>>,
) {
  return linkField<Entry<Payload>>(t, {
    to: Agent,
    description: 'The present state of the agent. Null if it is unknown.',
    key: ({ payload }) => payload.agentId,
  });
}

const agentEvent = eventVariants<AgentEventPayloads>('AgentEvent', agentEvents, {
  kind: 'AGENT',
  description: 'An event about an agent, or a report of the KPIs that agents are to improve.',
  typesDescription: 'Types of events about agents.',
  variants: (of) => ({
    REPORTED: of('agentReported', 'AgentReported', 'An agent reported its state.', (t) => ({
      ...payloadFields(t, { agentId }),
      agent: agentLink(t),
      report: t.expose('payload', {
        type: AgentReportType,
        description: 'What the agent reported about itself.',
      }),
    })),
    DECIDED: of('decisionMade', 'AgentDecided', 'An agent made a decision.', (t) => ({
      ...payloadFields(t, { agentId }),
      agent: agentLink(t),
      decisionId: t.id({
        description: 'Identifies the decision.',
        resolve: ({ id: eventId, payload }) => decisionIdOf(eventId, payload),
      }),
      decision: linkField(t, {
        to: Decision,
        description: decisionText,
        key: ({ id: eventId, payload }) => decisionIdOf(eventId, payload),
      }),
      decisionSnapshot: t.field({
        type: DecisionSnapshot,
        description: 'The decision as it was reported, with the outcome that was known then.',
        resolve: ({ seq, occurredAt, payload }) => ({ ...payload, seq, occurredAt: new Date(occurredAt) }),
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
        decision: linkField(t, {
          to: Decision,
          description: decisionText,
          key: ({ payload }) => payload.decisionId,
        }),
        outcome: t.expose('payload', {
          type: DecisionOutcomeType,
          description: 'Whether the action was successful, and how long the agent needed.',
        }),
      }),
    ),
    INTERVENED: of('agentIntervened', 'AgentIntervened', 'An operator intervened with an agent.', (t) => ({
      ...payloadFields(t, { agentId }),
      agent: agentLink(t),
      interventionId: t.id({
        description: 'Identifies the intervention.',
        resolve: ({ payload }) => payload.interventionId,
      }),
      intervention: linkField(t, {
        to: Intervention,
        description: 'The stored intervention. Null if it is no longer retained.',
        key: ({ payload }) => payload.interventionId,
      }),
      interventionSnapshot: t.expose('payload', {
        type: InterventionSnapshot,
        description: 'The intervention of the operator.',
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

eventsLink(Agent, eventConnection('AgentEvent', { ...agentEvent, followedBy: 'agentEvents' }), {
  description: 'The reports and decisions of the agent, and the interventions with it',
  of: ({ agentId: key }) => ({ key }),
  types: ['agentReported', 'decisionMade', 'agentIntervened'] satisfies readonly AgentEventType[],
});

eventsLink(
  Decision,
  eventConnection('DecisionEvent', {
    type: agentEvent.type,
    topic: agentEvents,
    followedBy: 'agentEvents',
    // the id of a decision may be that of an agent, which is the key of other events
    about: sql`(
      examined.type = ${'decisionOutcomeKnown' satisfies AgentEventType} or examined.seq = wanted.subject::bigint
    )`,
  }),
  {
    description:
      'The event of the decision itself, and those of its outcome, which may be reported before and repeatedly',
    of: ({ decisionId: key, seq }) => ({ key, subject: String(seq), also: seq }),
  },
);
