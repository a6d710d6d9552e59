import { z } from 'zod';
import { entriesOf, listOf, rejectEntry, seconds } from '../../config/parsers.ts';
import { section } from '../../config/setting.ts';

const agentsMax = 256;

const agentIds = z.string().transform((value, context) => {
  const ids = entriesOf(value, context, {
    rule: 'must be a comma-separated list of ids, each 1 to 64 characters of a-z, 0-9, _ and -',
    parse: (id) => (/^[a-z0-9_-]{1,64}$/.test(id) ? id : null),
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
      default: 'pricing_agent,inventory_agent,promotion_agent',
      description:
        'Agents that may report, a comma-separated list of ids of a-z, 0-9, _ and -. Clients show them in this order.',
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
