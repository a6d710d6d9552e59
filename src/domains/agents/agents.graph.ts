import { AppError } from '../../errors.ts';
import { builder } from '../../graph/builder.ts';
import { exposedFields, int, nullable, of, string } from '../../graph/exposed-fields.ts';
import type { GraphContext } from '../../graph/context.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import { gaugeSubscription } from '../../graph/gauge-subscription.ts';
import { agentStatusChanged, type AgentState as State, type AgentStatus } from './events.ts';

export const AgentState = describedEnum<State>('AgentStatus', 'What an agent is doing.', {
  ACTIVE: 'It works, as it reported.',
  IDLE: 'It waits for work, as it reported.',
  PAUSED: 'An operator paused it, or it reported so.',
  ERROR: 'It cannot work, as it reported.',
  OFFLINE: 'It has not reported for AGENT_STALE_AFTER_S seconds, never has, or says so.',
});

export const Agent = builder.objectRef<AgentStatus>('Agent').implement({
  description:
    'An agent that decides by itself. Source: AUTOOPS_AGENTS, its reports and decisions, and the interventions of operators.',
  fields: (t) => ({
    ...exposedFields(t, {
      name: string('For people: as reported, else made of the id.'),
      status: of(AgentState, 'What it is doing.'),
      currentActivity: nullable.string(
        'As its last report says; null when it is offline, was reset, or has not said.',
      ),
      lastDecisionAt: nullable.dateTime('When it decided last; null when it never has.'),
      decisionCount: int('Its stored decisions.'),
      successRate: nullable.float(
        'Successful ones of its decisions whose outcome is known, 0 to 100; null without any.',
      ),
      meanResponseTimeSeconds: nullable.float('Seconds its decisions took in the mean; null when none says.'),
      reportedAt: nullable.dateTime('Its last report; null when it never has.'),
    }),
    id: t.exposeID('agentId', { description: 'As configured: `pricing_agent`.' }),
  }),
});

/** Every agent in the configured order. */
export function agentsNow({ journal }: GraphContext): AgentStatus[] {
  return journal.gauges.all(agentStatusChanged).map(({ payload }) => payload);
}

/** What was stored before the question is in the answer. */
export function freshAgents({ journal }: GraphContext): Promise<void> {
  return journal.demand.refresh(agentStatusChanged.name, 0, 1_000);
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

gaugeSubscription('agentStatus', {
  type: Agent,
  topic: agentStatusChanged,
  description:
    'Each agent, all of them at once first; after a report, an intervention or a change of its status at once.',
  args: (t) => ({
    agentId: t.id({ description: 'Only this agent, which has to be configured; default all.' }),
  }),
  keys: ({ agentId }, context) => keysOf(agentId, context),
  everyMs: { defaultMs: 3_000, between: 'rounds' },
});

function keysOf(agentId: string | null | undefined, { facts }: GraphContext): readonly string[] | null {
  if (agentId === null || agentId === undefined) return null;
  const { ids } = facts.agents;
  if (ids.includes(agentId)) return [agentId];
  const allowed = `one of ${ids.join(', ')}`;
  throw new AppError('BAD_USER_INPUT', `agentId must be ${allowed}.`, {
    details: { argument: 'agentId', allowed },
  });
}
