import type { Sample, Source } from '../../sources/source.ts';
import { agentStatusChanged, kpisChanged } from './events.ts';

const timeoutMs = 5_000;

/** How every agent is, again and again: one that has fallen silent goes offline without saying so. */
export function agentsSource(options: {
  readonly backgroundMs: number;
  readonly look: () => Promise<Sample['gauges']>;
}): Source {
  return {
    name: 'agents',
    feeds: [agentStatusChanged.name],
    backgroundMs: options.backgroundMs,
    timeoutMs,
    sample: async () => ({ gauges: await options.look() }),
  };
}

/** The key figures, while somebody reads them. */
export function kpisSource(options: { readonly look: () => Promise<Sample['gauges']> }): Source {
  return {
    name: 'kpis',
    feeds: [kpisChanged.name],
    backgroundMs: null,
    timeoutMs,
    sample: async () => ({ gauges: await options.look() }),
  };
}
