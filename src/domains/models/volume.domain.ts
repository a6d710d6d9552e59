import { setTimeout as delay } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import { ownId } from '../../journal/own-ids.ts';
import type { DurableLog } from '../../journal/journal.ts';
import type { Log } from '../../log/log.ts';
import { readVolume } from './deployments.store.ts';
import { modelEvent, modelEvents, type ModelEventDraft } from './events.ts';
import { milestonePassed, rateChanged } from './volume.ts';

export interface VolumeOptions {
  readonly db: Kysely<Database>;
  readonly journal: DurableLog;
  readonly log: Log;
  /** The distance between milestones. */
  readonly milestone: number;
  /** How often the rate is looked at. Default: 10 s. */
  readonly everyMs?: number;
  /** Unix milliseconds. Default: the clock. */
  readonly now?: () => number;
}

const everyMsDefault = 10_000;
/** Reports that come thick and fast are looked at together. */
const pauseMs = 100;

/**
 * Tells when the predictions pass a milestone and when their rate changes much. Whether there is anything to tell is
 * decided where it is stored, under the lock of the log, from what the tables say: several instances tell it once, and
 * what happened while none ran is told by the one that starts.
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
        log.debug({ err: error }, 'the volume of predictions cannot be looked at; the next turn does');
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
