import type { SeriesValue } from '../../graph/rule-fields.ts';
import { round } from '../../lib/round.ts';
import type { AlertComparison, AlertRuleDefinition } from './alert-rules.events.ts';
import { MovingMean } from './moving-mean.ts';
import type { RuleAlert, RuleResult } from './rules.ts';

/** Series of one rule, and of all rules of an instance. Further series are not evaluated. */
export const seriesMax = 1_000;
export const allSeriesMax = 20_000;
/** A series without a value for this time, in addition to `noDataMs`, is forgotten. */
const forgottenAfterMs = 24 * 3_600_000;
const titleCharsMax = 200;
const messageCharsMax = 4_096;

interface Series {
  readonly mean: MovingMean | null;
  latest: SeriesValue;
  /** When the condition became true; null: it is false, or unknown. */
  trueSince: number | null;
  known: boolean;
}

const holds: Readonly<Record<AlertComparison, (value: number, threshold: number) => boolean>> = {
  ABOVE: (value, threshold) => value > threshold,
  AT_LEAST: (value, threshold) => value >= threshold,
  BELOW: (value, threshold) => value < threshold,
  AT_MOST: (value, threshold) => value <= threshold,
  EQUAL: (value, threshold) => value === threshold,
  NOT_EQUAL: (value, threshold) => value !== threshold,
};

const comparisonWords: Readonly<Record<AlertComparison, string>> = {
  ABOVE: 'above',
  AT_LEAST: 'at or above',
  BELOW: 'below',
  AT_MOST: 'at or below',
  EQUAL: 'equal to',
  NOT_EQUAL: 'different from',
};

/** The number of series of all rules. */
export interface SeriesBudget {
  count: number;
}

/**
 * The series that one rule evaluates: the newest value of each, and since when its condition is true. Reads no clock and
 * stores nothing; `RuleEvaluator` makes events of the results.
 */
export class RuleSeries {
  readonly #rule: AlertRuleDefinition;
  readonly #budget: SeriesBudget;
  readonly #series = new Map<string, Series>();
  /** When the rule began to be evaluated, for series that have never had a value. */
  readonly #since: number;

  constructor(rule: AlertRuleDefinition, since: number, budget: SeriesBudget) {
    this.#rule = rule;
    this.#since = since;
    this.#budget = budget;
  }

  /** Forgets all series. */
  clear(): void {
    this.#budget.count -= this.#series.size;
    this.#series.clear();
  }

  /** Forgets the series that have had no value for a day. */
  forget(now: number): void {
    for (const [subject, { latest }] of this.#series) {
      if (!this.#isForgotten(latest.at, now)) continue;
      this.#series.delete(subject);
      this.#budget.count--;
    }
  }

  #isForgotten(at: number, now: number): boolean {
    return at < now - forgottenAfterMs - (this.#rule.noDataMs ?? 0);
  }

  /** When the series last had a value, Unix milliseconds; null: it is not known. */
  lastAt(subject: string): number | null {
    return this.#series.get(subject)?.latest.at ?? null;
  }

  /** The subjects whose condition has been true for long enough. */
  firing(now: number): readonly string[] {
    return [...this.#series]
      .filter(([, { trueSince }]) => trueSince !== null && now - trueSince >= this.#rule.forMs)
      .map(([subject]) => subject);
  }

  /** Takes over a value. @returns whether the alert of the series may have to be raised or resolved now. */
  observe(given: SeriesValue, now: number): boolean {
    const { avgOverMs, forMs, clearMs } = this.#rule;
    let series = this.#series.get(given.subject);
    if (series === undefined) {
      if (this.#series.size >= seriesMax || this.#budget.count >= allSeriesMax) return false;
      if (this.#isForgotten(given.at, now)) return false;
      this.#budget.count++;
      const mean = avgOverMs === null ? null : new MovingMean(avgOverMs);
      series = { mean, latest: given, trueSince: null, known: false };
      this.#series.set(given.subject, series);
    } else if (given.at < series.latest.at) return false;
    series.mean?.add(given.at, given.value);
    const value = series.mean === null ? given.value : series.mean.at(given.at);
    // a value that could not be measured is no data
    series.latest = { ...given, value, at: given.value === null ? series.latest.at : given.at };
    series.known = value !== null;
    const wasTrue = series.trueSince !== null;
    if (value === null || !this.#isTrue(value)) series.trueSince = null;
    else series.trueSince ??= given.at;
    if (series.trueSince === null) return wasTrue && clearMs === 0;
    return given.at - series.trueSince >= forMs;
  }

  /** The subjects whose last value is too old. Without any series: the empty subject. */
  missing(now: number): readonly string[] {
    const { noDataMs } = this.#rule;
    if (noDataMs === null) return [];
    if (this.#series.size === 0) return now - this.#since >= noDataMs ? [''] : [];
    return [...this.#series]
      .filter(([, { latest }]) => now - latest.at >= noDataMs)
      .map(([subject]) => subject);
  }

  /** The results for `RuleEvaluator`. A condition that is unknown or not true for long enough has none. */
  results(now: number): readonly RuleResult[] {
    const missing = new Set(this.missing(now));
    const results: RuleResult[] = [];
    for (const [subject, series] of this.#series) {
      if (missing.has(subject)) results.push({ subject, alert: this.#noData(now, series.latest) });
      else if (!series.known) continue;
      else if (series.trueSince === null) results.push({ subject, alert: null });
      else if (now - series.trueSince >= this.#rule.forMs)
        results.push({ subject, alert: this.#alert(series.latest) });
    }
    if (missing.has(''))
      results.push({ subject: '', alert: this.#noData(now, { at: this.#since, subject: '', labels: {} }) });
    else if (this.#rule.noDataMs !== null && !this.#series.has('') && this.#series.size > 0)
      results.push({ subject: '', alert: null }); // the series that were missing are there
    return results;
  }

  #isTrue(value: number): boolean {
    const { comparison, threshold, upTo } = this.#rule;
    return (
      comparison !== null &&
      threshold !== null &&
      holds[comparison](value, threshold) &&
      (upTo === null || value <= upTo)
    );
  }

  #alert(latest: SeriesValue): RuleAlert {
    const { comparison, threshold, avgOverMs, message } = this.#rule;
    const mean = avgOverMs === null ? '' : ` in the mean of ${avgOverMs / 1_000} s`;
    const words = comparison === null ? '' : comparisonWords[comparison];
    return this.#describe(latest, message ?? `{{name}} is {{value}}${mean}, ${words} ${threshold ?? ''}`);
  }

  #noData(now: number, { at, ...latest }: Omit<SeriesValue, 'value'>): RuleAlert {
    const seconds = Math.round((now - at) / 1_000);
    return this.#describe({ ...latest, at, value: null }, `{{name}} has had no value for ${seconds} s`);
  }

  #describe(latest: SeriesValue, message: string): RuleAlert {
    const { severity: level, title, actions, field, metric, threshold } = this.#rule;
    const { subject, labels, provider, value } = latest;
    const name = metric === null ? `${field ?? ''}${subject && ` of ${subject}`}` : subject || metric.name;
    const texts = {
      name,
      subject,
      value: value === null ? 'unknown' : String(round(value, 4)),
      threshold: String(threshold ?? ''),
    };
    return {
      level,
      title: filled(title, texts, labels).slice(0, titleCharsMax),
      message: filled(message, texts, labels).slice(0, messageCharsMax),
      actions,
      labels,
      ...(provider !== undefined && { provider }),
    };
  }
}

/** Replaces `{{value}}`, `{{labels.queue}}`. Other texts in braces stay. */
function filled(
  template: string,
  texts: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, string>>,
): string {
  return template.replaceAll(/\{\{([\w.:/-]{1,110})\}\}/g, (whole, name: string) => {
    const [source, key] = name.startsWith('labels.') ? [labels, name.slice('labels.'.length)] : [texts, name];
    return Object.hasOwn(source, key) ? (source[key] ?? whole) : whole;
  });
}
