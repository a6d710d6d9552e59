import { censusTaken } from '../connections/events.ts';
import type { Domain } from '../domain.ts';
import { hostSampled } from '../host/events.ts';
import { deploymentsSampled } from '../models/events.ts';
import { trainingActivityChanged } from '../training/events.ts';
import './graph.ts';
import { pipelineSource } from './source.ts';

/** What is younger is not measured again. */
const maxAgeMs = 50;
/** A part that takes longer is shown as it was. */
const patienceMs = 1_000;

/** A machine learning pipeline at a glance: a view of what other nouns measure. It keeps nothing of its own. */
export function pipelineDomain(): Domain {
  return {
    name: 'pipeline',
    async start({ journal, hostId }) {
      const parts = [deploymentsSampled, trainingActivityChanged, hostSampled, censusTaken];
      const measure = async (): Promise<void> => {
        await Promise.all(parts.map(({ name }) => journal.demand.freshen(name, maxAgeMs, patienceMs)));
      };
      return { sources: [pipelineSource({ hostId, measure })], stop: () => {} };
    },
  };
}
