import { AppError } from '../../errors.ts';
import { builder } from '../../graph/builder.ts';
import type { GraphContext } from '../../graph/context.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import { exposedFields, id, int, nullable, of, string } from '../../graph/exposed-fields.ts';
import { gaugeSubscription } from '../../graph/gauge-subscription.ts';
import { producerEvent } from '../../graph/producer-event.ts';
import { reportingAgent, reportingAgentText } from '../../graph/reported-values.ts';
import { fromGauge, nodeType } from '../../graph/node.ts';
import {
  agentEvents,
  agentStatusChanged,
  type AgentReport,
  type AgentState as State,
  type AgentStatus,
} from './events.ts';

export const AgentState = describedEnum<State>('AgentStatus', 'The state of an agent.', {
  ACTIVE: 'The agent reported that it is working.',
  IDLE: 'The agent reported that it is waiting for work.',
  PAUSED: 'An operator paused the agent, or the agent reported a pause.',
  ERROR: 'The agent reported that it cannot work.',
  OFFLINE:
    'The agent has never reported, has not reported for AGENT_STALE_AFTER_S seconds, or reported that it is offline.',
});

export const Agent = nodeType<AgentStatus>('Agent', {
  description:
    'An autonomous agent. Source: AUTOOPS_AGENTS, the producer events `agentStatus`, `agentDecision` and ' +
    '`decisionOutcome`, and the mutation `intervene`.',
  key: ({ agentId }) => agentId,
  load: async (keys, context) => {
    await refreshAgents(context);
    return fromGauge(agentStatusChanged)(keys, context);
  },
  fields: (t) =>
    exposedFields(t, {
      agentId: id('Identifies the agent, such as `pricing_agent`: as configured, or as in its first report.'),
      name: string('Display name: the last reported name, or one derived from the id.'),
      status: of(AgentState, 'What the agent is doing.'),
      currentActivity: nullable.string(
        'Activity according to the last report. Null if the report had none, while the agent is offline, and after a ' +
          'reset.',
      ),
      lastDecisionAt: nullable.dateTime('Time of the most recent decision. Null if there is none.'),
      decisionCount: int('Number of stored decisions.'),
      successPercent: nullable.float(
        'Successful decisions in percent of those with a known outcome, 0 to 100. Null if no outcome is known.',
      ),
      avgResponseTimeMs: nullable.float(
        'Mean response time of the stored decisions, in milliseconds. Null if none is known.',
      ),
      reportedAt: nullable.dateTime('Time of the last report. Null if the agent has never reported.'),
    }),
});

export const AgentReportType = builder.objectRef<AgentReport>('AgentReport').implement({
  description: 'A report of an agent about itself. Source: the producer event `agentStatus`.',
  fields: (t) =>
    exposedFields(t, {
      status: of(AgentState, 'What the agent is doing.'),
      currentActivity: nullable.string('What the agent is working on. Null if the report had none.'),
      name: nullable.string('Display name. Null if the report had none.'),
    }),
});

/** Every known agent: configured ones in their order, others in the order of their first reports. */
export function currentAgents({ journal }: GraphContext): AgentStatus[] {
  return journal.gauges.all(agentStatusChanged).map(({ payload }) => payload);
}

/** Waits until the gauges contain everything that was stored before the call, for at most a second. */
export function refreshAgents({ journal }: GraphContext): Promise<void> {
  return journal.demand.refresh(agentStatusChanged.name, 0, 1_000);
}

builder.queryField('agents', (t) =>
  t.field({
    type: [Agent],
    requires: 'read',
    description:
      'Returns all known agents: the configured ones in the configured order, or, without AUTOOPS_AGENTS, those that have ' +
      'reported, in the order of their first reports.',
    resolve: async (_root, _args, context) => {
      await refreshAgents(context);
      return currentAgents(context);
    },
  }),
);

builder.queryField('agent', (t) =>
  t.field({
    type: Agent,
    nullable: true,
    requires: 'read',
    description: 'Returns one agent. Null if it is not known.',
    args: { agentId: t.arg.id({ required: true, description: 'Identifies the agent.' }) },
    resolve: async (_root, { agentId }, context) => {
      await refreshAgents(context);
      return context.journal.gauges.newest(agentStatusChanged, agentId)?.payload;
    },
  }),
);

gaugeSubscription('agentStatus', {
  type: Agent,
  topic: agentStatusChanged,
  description:
    'One value per agent. A report, an intervention or a change of the state is sent without waiting for the interval.',
  args: (t) => ({
    agentId: t.id({ description: 'Returns only this agent, which must be known. Default: all agents.' }),
  }),
  keys: ({ agentId }, { serverInfo, journal }) => {
    if (agentId === null || agentId === undefined) return null;
    if (journal.gauges.has(agentStatusChanged.name, agentId)) return [agentId];
    const { ids } = serverInfo.agents;
    const allowed = ids === null ? 'the id of a known agent' : `one of ${ids.join(', ')}`;
    const details = { argument: 'agentId', allowed };
    throw new AppError('BAD_USER_INPUT', `agentId must be ${allowed}.`, { details });
  },
  everyMs: { defaultMs: 3_000, between: 'rounds' },
});

producerEvent('agentStatus', {
  description:
    'A report of an agent about itself. It is valid until the next one, for at most AGENT_STALE_AFTER_S seconds.',
  instant: {
    description: 'When the agent was in this state.',
    note: 'A report older than the last one changes nothing.',
  },
  topic: agentEvents,
  type: 'agentReported',
  fields: (t) => ({
    agentId: t.id({ required: true, description: reportingAgentText }),
    status: t.field({ type: AgentState, required: true, description: 'What the agent is doing.' }),
    currentActivity: t.string({
      bounds: { chars: 500 },
      description: 'What the agent is working on. Default: nothing.',
    }),
    name: t.string({ bounds: { chars: [1, 200] }, description: 'Display name. Default: no change.' }),
  }),
  draft: (payload, context) => ({ key: reportingAgent(payload.agentId, context), payload }),
});
