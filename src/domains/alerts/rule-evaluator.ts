import { reservedId } from '../../journal/reserved-ids.ts';
import { append } from '../../lib/append.ts';
import { getOrCreate } from '../../lib/get-or-create.ts';
import type { AlertLimits } from './config.ts';
import {
  alertKey,
  alertLevels,
  raisedAlert,
  resolvedAlert,
  ruleSource,
  type AlertDraft,
  type AlertRecord,
} from './events.ts';
import type { EvaluatedRule, Readings, Rule, RuleResult } from './rules.ts';

/** Open alerts of one rule. Further ones are not raised, so that a rule with many series does not flood the log. */
export const openAlertsMax = 200;
/** Subjects of one rule whose last alert is remembered. */
const subjectsMax = 10_000;

/** The last alert of a type and subject. */
interface LastAlert {
  readonly seq: number;
  /** The alert if it is not resolved. */
  readonly open: AlertRecord | null;
}

/**
 * Turns the results of rules into events. An alert is raised once, resolved after its condition has been false for
 * `clearMs`, and replaced by a new one when its level rises. Reads no clock and stores nothing: the caller stores the
 * events and passes what the log contains to `update`.
 */
export class RuleEvaluator {
  readonly #rules: readonly Rule[];
  readonly #limits: AlertLimits;
  /** By alert type, then by subject. */
  readonly #last = new Map<string, Map<string, LastAlert>>();
  /** The position of the last alert of subjects that are not remembered is at most this. */
  #forgotten: number;
  /** By alert type: the subjects whose condition is false, and since when. */
  readonly #falseSince = new Map<string, ReadonlyMap<string, number>>();

  /**
   * @param lastAlerts the last alert of each type and subject.
   * @param forgotten the position up to which alerts may be missing among them.
   */
  constructor(
    rules: readonly Rule[],
    limits: AlertLimits,
    lastAlerts: readonly AlertRecord[],
    forgotten = 0,
  ) {
    this.#rules = rules;
    this.#limits = limits;
    this.#forgotten = forgotten;
    for (const alert of lastAlerts) this.update(alert);
  }

  /** Takes over the state of an alert that a rule raised. Other alerts are ignored. */
  update(alert: AlertRecord): void {
    if (alert.source !== ruleSource) return;
    const last = getOrCreate(this.#last, alert.alertType, () => new Map<string, LastAlert>());
    if (alert.seq < (last.get(alert.subject)?.seq ?? 0)) return;
    last.set(alert.subject, { seq: alert.seq, open: alert.resolvedAt === null ? alert : null });
    if (last.size > subjectsMax) this.#forgetOne(last);
  }

  /** The alert types of the configured rules. */
  configured(): readonly string[] {
    return this.#rules.map(({ alertType }) => alertType);
  }

  /** The alert types with alerts that are not resolved. */
  openTypes(): readonly string[] {
    return [...this.#last.keys()].filter((alertType) => this.open(alertType).length > 0);
  }

  /** The alerts of a rule that are not resolved. */
  open(alertType: string): readonly AlertRecord[] {
    return [...(this.#last.get(alertType)?.values() ?? [])].flatMap(({ open }) => open ?? []);
  }

  /** The events of the configured rules to store. */
  evaluate(readings: Readings): readonly AlertDraft[] {
    return this.#rules.flatMap((rule) =>
      this.apply(rule, rule.evaluate(readings, this.#limits), readings.at),
    );
  }

  /**
   * The events of one rule to store. Until `update` is called the events have the same ids, so that a failed write can
   * be repeated.
   */
  apply(rule: EvaluatedRule, results: readonly RuleResult[], at: number): readonly AlertDraft[] {
    const { alertType, clearMs } = rule;
    const last = this.#last.get(alertType);
    const falseBefore = this.#falseSince.get(alertType);
    // a condition that is unknown now has to be false for the whole time again
    const falseSince = new Map<string, number>();
    const drafts: AlertDraft[] = [];
    let left = openAlertsMax - this.open(alertType).length;
    for (const result of results) {
      const { subject, alert } = result;
      const known = last?.get(subject);
      if (alert !== null) {
        const before = known ?? { seq: this.#forgotten, open: null };
        if (before.open || left-- > 0) append(drafts, raise(rule, result, before, at));
        continue;
      }
      if (!known?.open) continue;
      const since = falseBefore?.get(subject) ?? at;
      falseSince.set(subject, since);
      if (at - since >= clearMs) drafts.push(resolvedAlert(known.open, at, null));
    }
    this.#falseSince.set(alertType, falseSince);
    return drafts;
  }

  #forgetOne(last: Map<string, LastAlert>): void {
    for (const [subject, { seq, open }] of last) {
      if (open !== null) continue;
      last.delete(subject);
      this.#forgotten = Math.max(this.#forgotten, seq);
      return;
    }
  }
}

function raise(
  { alertType }: EvaluatedRule,
  { subject, alert }: RuleResult,
  { seq, open }: LastAlert,
  at: number,
): readonly AlertDraft[] {
  if (alert === null) return [];
  if (open !== null && alertLevels.indexOf(alert.level) <= alertLevels.indexOf(open.level)) return [];
  // instances that share a database derive the same id, so the alert is stored once
  const id = reservedId('alertRaised:', `${alertKey({ alertType, subject })}:${seq}`);
  const raised = raisedAlert({ ...alert, alertType, subject, source: ruleSource, id, occurredAt: at });
  return open === null ? [raised] : [resolvedAlert(open, at, null), raised];
}
