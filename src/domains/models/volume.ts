import type { PredictionVolume } from './events.ts';

/** How much is predicted, and what was told of it last. */
export interface VolumeState {
  readonly total: number;
  readonly perMinute: number;
  /** The highest milestone; 0 before the first. */
  readonly toldMilestone: number;
  /** Of the event told last; 0 before the first. */
  readonly toldPerMinute: number;
}

/** A rate that differs by less, in predictions a minute or as a share of the one told last, is no news. */
const differenceMin = 10;
const shareMin = 0.5;

const numbers = new Intl.NumberFormat('en-US');

/**
 * The milestone that was passed and not yet told: the highest, when it was several at once.
 * @param every the distance between milestones.
 */
export function milestonePassed(state: VolumeState, every: number): PredictionVolume | null {
  const reached = Math.floor(state.total / every) * every;
  if (reached === 0 || reached <= state.toldMilestone) return null;
  return {
    totalPredictions: state.total,
    predictionsPerMinute: state.perMinute,
    milestoneReached: reached,
    message: `${numbers.format(reached)} predictions reached`,
  };
}

/** The rate, if it differs much from the one told last. */
export function rateChanged(state: VolumeState): PredictionVolume | null {
  const { perMinute, toldPerMinute } = state;
  const difference = Math.abs(perMinute - toldPerMinute);
  if (difference < differenceMin || difference < shareMin * toldPerMinute) return null;
  const verb = perMinute > toldPerMinute ? 'rose' : 'fell';
  return {
    totalPredictions: state.total,
    predictionsPerMinute: perMinute,
    milestoneReached: null,
    message: `Predictions a minute ${verb} from ${numbers.format(toldPerMinute)} to ${numbers.format(perMinute)}`,
  };
}
