import type { Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { NumericGauge } from '../../graph/rule-fields.ts';
import type { Gauges } from '../../journal/gauges.ts';
import type { Entry } from '../../journal/topic.ts';
import { growingLru } from '../../lib/growing-lru.ts';
import type { Log } from '../../log/log.ts';
import { storeSamples, type GaugeSamplesTable } from './store.ts';

/** Samples wait for this time, so that those of a moment are stored by one statement. */
const collectMs = 1_000;
/** Limit of samples that wait while the database does not respond; further ones are not stored. */
const waitingMax = 20_000;
/** Limit of objects whose last stored span is known; of further ones a span may be stored twice, which changes nothing. */
const subjectsMax = 20_000;

export interface HistoryRecorderOptions {
  readonly db: Kysely<Database>;
  readonly gauges: Gauges;
  /** The gauges to record, by name. */
  readonly recorded: ReadonlyMap<string, NumericGauge>;
  readonly everyMs: number;
  readonly log: Log;
}

/**
 * Stores samples of gauges, of each object the first in each span of `everyMs`. A sample that cannot be stored is
 * missing in the history and affects nothing else.
 */
export function recordHistory({
  db,
  gauges,
  recorded,
  everyMs,
  log,
}: HistoryRecorderOptions): AsyncDisposable {
  const byTopic = new Map([...recorded].map(([name, gauge]) => [gauge.topic.name, { name, gauge }]));
  const lastSpans = growingLru<string, number>(subjectsMax);
  let waiting: GaugeSamplesTable[] = [];
  let timer: NodeJS.Timeout | null = null;
  let storing: Promise<void> = Promise.resolve();
  let failing = false;

  const recording = gauges.onPut((entries, origin) => {
    if (origin === 'OTHER') return; // the other instance stores it
    for (const entry of entries) {
      const found = byTopic.get(entry.topic);
      if (found !== undefined) add(found.name, found.gauge, entry);
    }
  });

  function add(name: string, gauge: NumericGauge, entry: Entry): void {
    const span = Math.floor(entry.occurredAt / everyMs) * everyMs;
    for (const { subject, values } of gauge.read(entry)) {
      const key = `${name}\n${subject}`;
      if ((lastSpans.get(key) ?? Number.NEGATIVE_INFINITY) >= span) continue;
      const measured = Object.entries(values).flatMap(([path, value]) =>
        value === null ? [] : [[path, value] as const],
      );
      if (measured.length === 0 || waiting.length >= waitingMax) continue;
      lastSpans.set(key, span);
      waiting.push({ gauge: name, subject, at: new Date(span), numbers: Object.fromEntries(measured) });
    }
    if (waiting.length > 0) timer ??= setTimeout(flush, collectMs);
  }

  function flush(): void {
    storing = store().finally(() => {
      timer = waiting.length > 0 ? setTimeout(flush, collectMs) : null;
    });
  }

  async function store(): Promise<void> {
    const rows = waiting;
    waiting = [];
    try {
      await storeSamples(db, rows);
      failing = false;
    } catch (error) {
      if (!failing) log.warn({ err: error }, 'samples of gauges were not stored in their history');
      failing = true;
    }
  }

  return {
    async [Symbol.asyncDispose]() {
      recording[Symbol.dispose]();
      if (timer !== null) clearTimeout(timer);
      await storing;
      if (timer !== null) clearTimeout(timer);
      await store();
    },
  };
}
