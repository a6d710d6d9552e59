import type { Domain } from '../domain.ts';
import type { Census } from './events.ts';
import './graph.ts';
import { connectionsSource } from './source.ts';

/** Who is connected to this instance. */
export function connectionsDomain(census: () => Census): Domain {
  return {
    name: 'connections',
    start: async ({ hostId }) => ({
      sources: [connectionsSource({ hostId, census })],
    }),
  };
}
