import type { Source } from '../../sources/source.ts';
import { trainingActivityChanged, trainingActivityKey } from './events.ts';

/** Counts the runs that go on, when somebody wants to know. */
export function trainingSource(options: { count: () => Promise<number> }): Source {
  return {
    name: 'training',
    feeds: [trainingActivityChanged.name],
    backgroundMs: null,
    timeoutMs: 5_000,
    sample: async () => ({
      gauges: [
        {
          topic: trainingActivityChanged,
          key: trainingActivityKey,
          payload: { running: await options.count() },
        },
      ],
    }),
  };
}
