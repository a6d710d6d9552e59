import { setTimeout as delay } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import { ownId } from '../../journal/own-ids.ts';
import type { DurableLog } from '../../journal/journal.ts';
import type { Log } from '../../log/log.ts';
import { readVolume, type VolumeState } from './deployments.store.ts';
import { modelEvent, modelEvents, type ModelEventDraft, type PredictionVolume } from './events.ts';

export interface VolumeOptions {
  readonly db: Kysely<Database>;
  readonly journal: DurableLog;
  readonly log: Log;
  /** The distance between milestones. */
  readonly milestone: number;
  /** How often the rate is checked. Default: 10 s. */
  readonly everyMs?: number;
  /** Unix milliseconds. Default: the clock. */
  readonly now?: () => number;
}

const everyMsDefault = 10_000;
/** Reports that come within this time are checked together. */
const pauseMs = 100;

/**
 * Stores an event when the predictions pass a milestone and when their rate changes much. Whether there is an event is
 * decided under the lock of the log, from what the tables say: of several instances one stores it, and an instance that
 * starts stores what happened while none ran.
 */
export function watchVolume(options: VolumeOptions): AsyncDisposable {
  const { db, journal, log, milestone, everyMs = everyMsDefault, now = Date.now } = options;
  const stopping = new AbortController();
  let wanted: 'nothing' | 'milestone' | 'both' = 'nothing';
  let looking: Promise<void> | null = null;

  async function due(from: Kysely<Database>, withRate: boolean): Promise<ModelEventDraft | null> {
    const at = now();
    const state = await readVolume(from, at);
    const passed = milestonePassed(state, milestone);
    const payload = passed ?? (withRate ? rateChanged(state) : null);
    if (payload === null) return null;
    const id =
      passed === null
        ? ownId('prediction_rate_', Math.floor(at / everyMs))
        : ownId('prediction_milestone_', passed.milestoneReached ?? 0);
    return modelEvent('predictionVolumeChanged', { key: 'all', id, occurredAt: at, payload });
  }

  async function look(withRate: boolean): Promise<void> {
    if ((await due(db, withRate)) === null) return; // most often, and without a lock
    await journal.transact(async (tx) => {
      const draft = await due(tx, withRate);
      return { value: undefined, drafts: draft === null ? [] : [draft] };
    });
  }

  async function lookWhileWanted(): Promise<void> {
    while (wanted !== 'nothing' && !stopping.signal.aborted) {
      const withRate = wanted === 'both';
      wanted = 'nothing';
      try {
        await look(withRate);
      } catch (error) {
        log.debug({ err: error }, 'cannot read the volume of predictions; trying again');
      }
      await delay(pauseMs, null, { signal: stopping.signal }).catch(() => null);
    }
    looking = null;
  }

  function soon(what: 'milestone' | 'both'): void {
    if (wanted !== 'both') wanted = what;
    looking ??= lookWhileWanted();
  }

  const following = journal.onAppend((entries) => {
    if (entries.some(({ topic, type }) => topic === modelEvents.name && type === 'predictionsReported'))
      soon('milestone');
  });
  const timer = setInterval(() => soon('both'), everyMs);
  soon('milestone');

  return {
    async [Symbol.asyncDispose]() {
      stopping.abort();
      clearInterval(timer);
      following[Symbol.dispose]();
      await looking;
    },
  };
}

/** A rate that differs by less, in predictions a minute or as a share of that of the last event, makes no event. */
const differenceMin = 10;
const shareMin = 0.5;

const numbers = new Intl.NumberFormat('en-US');

/**
 * The milestone that was passed since the last event: the highest, when there were several.
 * @param every the distance between milestones.
 */
export function milestonePassed(state: VolumeState, every: number): PredictionVolume | null {
  const reached = Math.floor(state.total / every) * every;
  if (reached === 0 || reached <= state.lastMilestone) return null;
  return {
    totalPredictions: state.total,
    predictionsPerMinute: state.perMinute,
    milestoneReached: reached,
    message: `${numbers.format(reached)} predictions reached`,
  };
}

/** The rate, if it differs much from that of the last event. */
export function rateChanged(state: VolumeState): PredictionVolume | null {
  const { perMinute, lastPerMinute } = state;
  const difference = Math.abs(perMinute - lastPerMinute);
  if (difference < differenceMin || difference < shareMin * lastPerMinute) return null;
  const verb = perMinute > lastPerMinute ? 'rose' : 'fell';
  return {
    totalPredictions: state.total,
    predictionsPerMinute: perMinute,
    milestoneReached: null,
    message: `Predictions a minute ${verb} from ${numbers.format(lastPerMinute)} to ${numbers.format(perMinute)}`,
  };
}
