import type { Source } from '../../sources/source.ts';
import { deploymentsKey, deploymentsSampled, type Deployments } from './events.ts';

/** All deployed models in short, when somebody wants to know: their rates change also while nothing is reported. */
export function deploymentsSource(options: { read: () => Promise<Deployments> }): Source {
  return {
    name: 'deployments',
    feeds: [deploymentsSampled.name],
    backgroundMs: null,
    timeoutMs: 5_000,
    sample: async () => ({
      gauges: [{ topic: deploymentsSampled, key: deploymentsKey, payload: await options.read() }],
    }),
  };
}
