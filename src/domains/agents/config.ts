import { z } from 'zod';
import { entriesOf, integer, listOf, rejectEntry, seconds } from '../../config/parsers.ts';
import { section } from '../../config/setting.ts';
import { agentIdRule, isAgentId } from '../../lib/agent-id.ts';

const agentsMax = 256;

/** Known from the start if no agents are configured: existing clients open their feeds before they report. */
export const initialAgents: readonly string[] = ['pricing_agent', 'inventory_agent', 'promotion_agent'];

const agentIds = z.string().transform((value, context) => {
  const ids = entriesOf(value, context, {
    rule: `must be a comma-separated list of ids, each ${agentIdRule}`,
    parse: (id) => (isAgentId(id) ? id : null),
    nameOf: (id) => id,
  });
  const { length } = listOf(value);
  if (length === 0 || length > agentsMax) rejectEntry(context, value, `must list 1 to ${agentsMax} agents`);
  return ids;
});

export const agentSettings = section({
  title: 'Agents',
  prefix: 'AUTOOPS_',
  settings: {
    ids: {
      env: 'AUTOOPS_AGENTS',
      type: agentIds,
      unset: 'any agent',
      description: `Agents that may report, a comma-separated list of ids of a-z, 0-9, _ and -. Clients show them in this order. If it is not set, an agent is registered by its first report; ${initialAgents.join(', ')} are known from the start.`,
    },
    max: {
      env: 'AGENTS_MAX',
      type: integer(initialAgents.length, 2_000),
      default: '256',
      description:
        'Number of known agents if AUTOOPS_AGENTS is not set. A report of a further agent is rejected. An agent without reports is forgotten after RETENTION_DAYS.',
    },
    staleAfterMs: {
      env: 'AGENT_STALE_AFTER_S',
      type: seconds(1),
      default: '300',
      description: 'Seconds after its last report until an agent counts as offline.',
    },
  },
});

export type AgentsConfig = ReturnType<typeof agentSettings.resolve>;
