import type { Source } from '../../sources/source.ts';
import { pipelineLookedAt } from './events.ts';

/** Has everything measured that a pipeline's status is made of, so that its readers get all of it at once. */
export function pipelineSource(options: { hostId: string; measure: () => Promise<void> }): Source {
  return {
    name: 'pipeline',
    feeds: [pipelineLookedAt.name],
    backgroundMs: null,
    timeoutMs: 5_000,
    async sample() {
      await options.measure();
      return {
        gauges: [{ topic: pipelineLookedAt, key: options.hostId, payload: { sampledAt: Date.now() } }],
      };
    },
  };
}
