import { setTimeout as delay } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import { CoalescedRefresh } from '../../lib/coalesced-refresh.ts';
import { reservedId } from '../../journal/reserved-ids.ts';
import type { DurableLog } from '../../journal/journal.ts';
import type { Log } from '../../log/log.ts';
import { readVolume, type VolumeState } from './deployments.store.ts';
import { modelEvent, modelEvents, type ModelEventDraft, type PredictionVolume } from './events.ts';

export interface VolumeOptions {
  readonly db: Kysely<Database>;
  readonly journal: DurableLog;
  readonly log: Log;
  /** Milestones are the multiples of this number of predictions. */
  readonly milestone: number;
  /** Interval between checks of the rate. Default: 10 s. */
  readonly everyMs?: number;
  /** Unix milliseconds. Default: the clock. */
  readonly now?: () => number;
}

const everyMsDefault = 10_000;
/** Reports within this time are checked together. */
const pauseMs = 100;

/**
 * Stores an event when the predictions of all models pass a milestone or their rate changes considerably. The decision
 * reads the tables with the lock of the log, so exactly one of several instances stores an event, and a starting
 * instance stores events that were missed while none was running.
 */
export function watchVolume(options: VolumeOptions): AsyncDisposable {
  const { db, journal, log, milestone, everyMs = everyMsDefault, now = Date.now } = options;
  const stopping = new AbortController();
  let isRateDue = false;

  async function dueEvent(from: Kysely<Database>, withRate: boolean): Promise<ModelEventDraft | null> {
    const at = now();
    const state = await readVolume(from, at);
    const passed = milestonePassed(state, milestone);
    const payload = passed ?? (withRate ? rateChanged(state) : null);
    if (payload === null) return null;
    const id =
      passed === null
        ? reservedId('prediction_rate_', Math.floor(at / everyMs))
        : reservedId('prediction_milestone_', passed.milestonePredictionCount ?? 0);
    return modelEvent('predictionVolumeChanged', { key: 'all', id, occurredAt: at, payload });
  }

  async function check(): Promise<void> {
    const withRate = isRateDue;
    isRateDue = false;
    // Usually no event is due, and the lock is not needed.
    if ((await dueEvent(db, withRate)) !== null)
      await journal.transact(async (tx) => {
        const draft = await dueEvent(tx, withRate);
        return { value: undefined, drafts: draft === null ? [] : [draft] };
      });
    await delay(pauseMs, null, { signal: stopping.signal }).catch(() => null);
  }

  const checks = new CoalescedRefresh(check, (error) => {
    log.debug({ err: error }, 'cannot check the volume of predictions; retrying');
  });
  const subscription = journal.onAppend((entries) => {
    if (entries.some(({ topic, type }) => topic === modelEvents.name && type === 'predictionsReported'))
      void checks.request();
  });
  const timer = setInterval(() => {
    isRateDue = true;
    void checks.request();
  }, everyMs);
  void checks.request();

  return {
    async [Symbol.asyncDispose]() {
      stopping.abort();
      clearInterval(timer);
      subscription[Symbol.dispose]();
      await checks.stop();
    },
  };
}

/** The minimum change of the rate for an event: in predictions per minute, and relative to the last event. */
const rateChangeMin = 10;
const rateChangeMinRatio = 0.5;

const numbers = new Intl.NumberFormat('en-US');

/** The highest milestone that was passed since the last event. */
export function milestonePassed(state: VolumeState, milestone: number): PredictionVolume | null {
  const reached = Math.floor(state.total / milestone) * milestone;
  if (reached === 0 || reached <= state.lastMilestone) return null;
  return {
    predictionCount: state.total,
    predictionsPerMinute: state.perMinute,
    milestonePredictionCount: reached,
    message: `${numbers.format(reached)} predictions reached`,
  };
}

/** The rate, if it has changed considerably since the last event. */
export function rateChanged(state: VolumeState): PredictionVolume | null {
  const { perMinute, lastPerMinute } = state;
  const difference = Math.abs(perMinute - lastPerMinute);
  if (difference < rateChangeMin || difference < rateChangeMinRatio * lastPerMinute) return null;
  const verb = perMinute > lastPerMinute ? 'rose' : 'fell';
  return {
    predictionCount: state.total,
    predictionsPerMinute: perMinute,
    milestonePredictionCount: null,
    message: `Predictions a minute ${verb} from ${numbers.format(lastPerMinute)} to ${numbers.format(perMinute)}`,
  };
}
