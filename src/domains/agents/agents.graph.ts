import { AppError } from '../../errors.ts';
import { builder } from '../../graph/builder.ts';
import type { GraphContext } from '../../graph/context.ts';
import { everyMsDescription, paceOf, stream, throughTheDoor } from '../../graph/stream.ts';
import { agentStatusChanged, everyAgent, rosterSet, type AgentRoster, type AgentStatus } from './events.ts';

export const AgentState = builder.enumType('AgentStatus', {
  description: 'What an agent is doing.',
  values: {
    ACTIVE: { description: 'It works, as it reported.' },
    IDLE: { description: 'It waits for work, as it reported.' },
    PAUSED: { description: 'An operator paused it, or it reported so.' },
    ERROR: { description: 'It cannot work, as it reported.' },
    OFFLINE: { description: 'It has not reported for AGENT_STALE_AFTER_S seconds, never has, or says so.' },
  } as const,
});

export const Agent = builder.objectRef<AgentStatus>('Agent').implement({
  description:
    'An agent that decides by itself. Source: AUTOOPS_AGENTS, its reports and decisions, and the interventions of operators.',
  fields: (t) => ({
    id: t.exposeID('agentId', { description: 'As configured: `pricing_agent`.' }),
    name: t.exposeString('name', { description: 'For people: as reported, else made of the id.' }),
    status: t.field({ type: AgentState, description: 'What it is doing.', resolve: ({ status }) => status }),
    currentActivity: t.exposeString('currentActivity', {
      nullable: true,
      description: 'As its last report says; null when it is offline, was reset, or has not said.',
    }),
    lastDecisionAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it decided last; null when it never has.',
      resolve: ({ lastDecisionAt }) => (lastDecisionAt === null ? null : new Date(lastDecisionAt)),
    }),
    decisionCount: t.exposeInt('decisionCount', { description: 'Its stored decisions.' }),
    successRate: t.exposeFloat('successRate', {
      nullable: true,
      description: 'Successful ones of its decisions whose outcome is known, 0 to 100; null without any.',
    }),
    meanResponseTimeSeconds: t.exposeFloat('meanResponseTimeSeconds', {
      nullable: true,
      description: 'Seconds its decisions took in the mean; null when none says.',
    }),
    reportedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Its last report; null when it never has.',
      resolve: ({ reportedAt }) => (reportedAt === null ? null : new Date(reportedAt)),
    }),
  }),
});

/** The agents there are, as this server was told at start. */
export function rosterOf({ journal }: GraphContext): AgentRoster {
  return journal.gauges.newest(rosterSet, everyAgent)?.payload ?? { agentIds: [], staleAfterMs: 0 };
}

/** Every agent in the configured order. */
export function agentsNow({ journal }: GraphContext): AgentStatus[] {
  return journal.gauges.all(agentStatusChanged).map(({ payload }) => payload);
}

/** What was stored before the question is in the answer. */
export function freshAgents({ journal }: GraphContext): Promise<void> {
  return journal.demand.freshen(agentStatusChanged.name, 0, 1_000);
}

builder.queryField('agents', (t) =>
  t.field({
    type: [Agent],
    requires: 'read',
    description: 'All agents that are configured, in that order.',
    resolve: async (_root, _args, context) => {
      await freshAgents(context);
      return agentsNow(context);
    },
  }),
);

builder.queryField('agent', (t) =>
  t.field({
    type: Agent,
    nullable: true,
    requires: 'read',
    description: 'One agent, or null when none with this id is configured.',
    args: { id: t.arg.id({ required: true, description: 'As configured.' }) },
    resolve: async (_root, { id }, context) => {
      await freshAgents(context);
      return context.journal.gauges.newest(agentStatusChanged, id)?.payload;
    },
  }),
);

builder.subscriptionField('agentStatus', (t) =>
  t.field({
    type: Agent,
    requires: 'read',
    description:
      'LATEST, not again while it stays the same. Each agent, all of them at once first; after a report, an intervention or a change of its status at once.',
    args: {
      agentId: t.arg.id({ description: 'Only this agent, which has to be configured; default all.' }),
      everyMs: t.arg.int({ description: everyMsDescription({ defaultMs: 3_000, between: 'rounds' }) }),
    },
    extensions: stream({
      delivery: 'LATEST',
      topic: agentStatusChanged.name,
      keys: ({ agentId }, context) => keysOf(agentId as string | null | undefined, context),
      everyMs: (args) => paceOf(args, 3_000),
    }),
    subscribe: throughTheDoor<AgentStatus>,
    resolve: (entry) => entry.payload,
  }),
);

function keysOf(agentId: string | null | undefined, context: GraphContext): readonly string[] | null {
  if (agentId === null || agentId === undefined) return null;
  const { agentIds } = rosterOf(context);
  if (agentIds.includes(agentId)) return [agentId];
  const allowed = `one of ${agentIds.join(', ')}`;
  throw new AppError('BAD_USER_INPUT', `agentId must be ${allowed}.`, {
    details: { argument: 'agentId', allowed },
  });
}
