import { z } from 'zod';
import { listOf, rejectEntry, seconds } from '../../config/parsers.ts';
import { section } from '../../config/setting.ts';

const agentsMax = 256;
const dayS = 86_400;

const agentIds = z.string().transform((value, context): readonly string[] => {
  const ids = listOf(value);
  if (ids.length === 0 || ids.length > agentsMax)
    rejectEntry(context, value, `must list 1 to ${agentsMax} agents`);
  for (const [index, id] of ids.entries()) {
    if (!/^[a-z0-9_-]{1,64}$/.test(id))
      rejectEntry(
        context,
        id,
        'must be a comma-separated list of ids, each 1 to 64 characters of a-z, 0-9, _ and -',
      );
    if (ids.indexOf(id) < index) rejectEntry(context, id, 'must not list the same id twice');
  }
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
      type: seconds(1, dayS),
      default: '300',
      description: 'Seconds after its last report until an agent counts as offline.',
    },
  },
});

export type AgentsConfig = ReturnType<typeof agentSettings.resolve>;
