import { censusTaken } from '../connections/events.ts';
import type { Domain } from '../domain.ts';
import { hostSampled } from '../host/events.ts';
import { deploymentsSampled } from '../models/events.ts';
import { trainingActivityChanged } from '../training/events.ts';
import './graph.ts';
import { pipelineSource } from './source.ts';

/** What is younger is not measured again. Sockets are counted each time: one that asks at connect counts itself. */
const maxAgeMs = 50;
/** A part that takes longer is shown as it was. */
const patienceMs = 1_000;

/** A machine learning pipeline at a glance: a view of what other nouns measure. It keeps nothing of its own. */
export function pipelineDomain(): Domain {
  return {
    name: 'pipeline',
    async start({ journal, hostId }) {
      const measured = [deploymentsSampled, trainingActivityChanged, hostSampled];
      const measure = async (): Promise<void> => {
        await Promise.all([
          ...measured.map(({ name }) => journal.demand.freshen(name, maxAgeMs, patienceMs)),
          journal.demand.freshen(censusTaken.name, 0, patienceMs),
        ]);
      };
      return { sources: [pipelineSource({ hostId, measure })] };
    },
  };
}
