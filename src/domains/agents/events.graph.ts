import { builder } from '../../graph/builder.ts';
import { Event, eventRef } from '../../graph/event.ts';
import { stream, throughTheDoor } from '../../graph/stream.ts';
import type { Entry } from '../../journal/topic.ts';
import { AgentState } from './agents.graph.ts';
import { Decision } from './decisions.graph.ts';
import {
  agentEvents,
  decisionIdOf,
  payloadIf,
  type AgentEventPayload,
  type AgentReport,
  type DecisionOutcome,
} from './events.ts';
import { Intervention } from './interventions.graph.ts';
import { KpiReportType } from './kpis.graph.ts';

const eventTypes = {
  REPORTED: 'agentReported',
  DECIDED: 'decisionMade',
  OUTCOME_KNOWN: 'decisionOutcomeKnown',
  INTERVENED: 'agentIntervened',
  KPIS_REPORTED: 'kpisReported',
} as const;

type EventTypeName = keyof typeof eventTypes;

const typeNames = new Map<string, EventTypeName>(
  Object.entries(eventTypes).map(([name, type]) => [type, name as EventTypeName]),
);

const AgentEventType = builder.enumType('AgentEventType', {
  description: 'What can happen to agents.',
  values: {
    REPORTED: { description: 'An agent reported how it is.' },
    DECIDED: { description: 'An agent decided something.' },
    OUTCOME_KNOWN: { description: 'It is known how a decision went.' },
    INTERVENED: { description: 'An operator intervened.' },
    KPIS_REPORTED: { description: 'Key figures were reported.' },
  } as const,
});

const AgentReportType = builder.objectRef<AgentReport>('AgentReport').implement({
  description: 'How an agent said it is. Source: `agentStatus` of producers.',
  fields: (t) => ({
    status: t.field({ type: AgentState, description: 'As reported.', resolve: ({ status }) => status }),
    currentActivity: t.exposeString('currentActivity', { nullable: true, description: 'What it is doing.' }),
    name: t.exposeString('name', { nullable: true, description: 'For people; null: as before.' }),
  }),
});

const DecisionOutcomeType = builder.objectRef<DecisionOutcome>('DecisionOutcome').implement({
  description: 'How a decision went. Source: `decisionOutcome` of producers.',
  fields: (t) => ({
    decisionId: t.exposeID('decisionId', { description: 'The decision.' }),
    success: t.exposeBoolean('success', { description: 'Whether it went well.' }),
    responseTimeSeconds: t.exposeFloat('responseTimeSeconds', {
      nullable: true,
      description: 'Seconds it took; null: as the decision said.',
    }),
  }),
});

const AgentEvent = eventRef('AgentEvent', agentEvents, { kind: 'AGENT' });

/** Of outcomes and key figures nobody says whose they are. */
function agentIdOf({ payload }: Entry<AgentEventPayload>): string | null {
  return 'agentId' in payload ? payload.agentId : null;
}

builder.objectType(AgentEvent, {
  description:
    'Something that an agent did or that was done to it. The member of its type is there, all others are null.',
  interfaces: [Event],
  fields: (t) => ({
    type: t.field({
      type: AgentEventType,
      description: 'What happened.',
      resolve: ({ type }) => typeNames.get(type) ?? 'REPORTED',
    }),
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

function typesOf(args: Readonly<Record<string, unknown>>): readonly string[] | null {
  const names = args['types'] as readonly EventTypeName[] | null | undefined;
  return names?.map((name) => eventTypes[name]) ?? null;
}

builder.subscriptionField('agentEvents', (t) =>
  t.field({
    type: AgentEvent,
    requires: 'read',
    description:
      'EVERY. What agents do and what is done to them, after the cursor `after` or from now on. An agent that subscribes ' +
      'to its own `INTERVENED` with the cursor it kept gets what it was told while it was away.',
    args: {
      agentId: t.arg.id({
        description:
          'Only of this agent, without outcomes and key figures, which belong to none; default all.',
      }),
      types: t.arg({ type: [AgentEventType], description: 'Only of these types; default all.' }),
      after: t.arg({
        type: 'Cursor',
        description: 'Go on behind this cursor; `earliest`: from the oldest event kept.',
      }),
    },
    extensions: stream({
      delivery: 'EVERY',
      topics: [agentEvents.name],
      types: typesOf,
      matches: (args) => {
        const types = typesOf(args);
        const agentId = args['agentId'] as string | null | undefined;
        return (entry) =>
          (types === null || types.includes(entry.type)) &&
          (!agentId || agentIdOf(entry as Entry<AgentEventPayload>) === agentId);
      },
    }),
    subscribe: throughTheDoor<AgentEventPayload>,
    resolve: (entry) => entry,
  }),
);
