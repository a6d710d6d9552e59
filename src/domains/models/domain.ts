import type { Domain } from '../domain.ts';
import './graph.ts';

export function modelsDomain(): Domain {
  return { name: 'models', start: async () => ({ sources: [], stop: () => {} }) };
}
