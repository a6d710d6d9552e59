import { latest } from '../../journal/topic.ts';

/** A moment at which everything that a pipeline's status is made of was looked at; the values are gauges of their own. */
export interface PipelineLook {
  /** Unix milliseconds. */
  readonly sampledAt: number;
}

/** Keyed by host id. */
export const pipelineLookedAt = latest<PipelineLook>('pipeline.status');
