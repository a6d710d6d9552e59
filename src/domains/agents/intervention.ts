import type { InterventionAction } from './events.ts';

/** `Successfully paused pricing_agent`. */
export const pastOf: Readonly<Record<InterventionAction, string>> = {
  PAUSE: 'paused',
  RESUME: 'resumed',
  RESET: 'reset',
  OVERRIDE: 'overrode',
};
