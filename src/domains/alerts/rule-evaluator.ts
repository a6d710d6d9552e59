import { reservedId } from '../../journal/reserved-ids.ts';
import { append } from '../../lib/append.ts';
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
import type { Readings, Rule, RuleResult } from './rules.ts';

/**
 * Turns the results of rules into events. An alert is raised once, resolved after its condition has been false for
 * `clearMs`, and replaced by a new one when its level rises. Reads no clock and stores nothing: the caller stores the
 * events and passes what the log contains to `update`.
 */
export class RuleEvaluator {
  readonly #rules: readonly Rule[];
  readonly #limits: AlertLimits;
  /** By type and subject. */
  readonly #lastAlerts = new Map<string, AlertRecord>();
  #falseSince = new Map<string, number>();

  /** @param lastAlerts the last alert of each type and subject. */
  constructor(rules: readonly Rule[], limits: AlertLimits, lastAlerts: readonly AlertRecord[]) {
    this.#rules = rules;
    this.#limits = limits;
    for (const alert of lastAlerts) this.update(alert);
  }

  /** Takes over the state of an alert that a rule raised. Other alerts are ignored. */
  update(alert: AlertRecord): void {
    if (alert.source !== ruleSource) return;
    const key = alertKey(alert);
    if (alert.seq >= (this.#lastAlerts.get(key)?.seq ?? 0)) this.#lastAlerts.set(key, alert);
  }

  /** The events to store. Until `update` is called the events have the same ids, so that a failed write can be repeated. */
  evaluate(readings: Readings): readonly AlertDraft[] {
    const { at } = readings;
    // a condition that is unknown now has to be false for the whole time again
    const falseSince = new Map<string, number>();
    const drafts: AlertDraft[] = [];
    for (const rule of this.#rules) {
      for (const result of rule.evaluate(readings, this.#limits)) {
        const key = alertKey({ alertType: rule.alertType, subject: result.subject });
        const last = this.#lastAlerts.get(key);
        append(drafts, raise(rule, result, last, at));
        if (result.alert !== null || last === undefined || last.resolvedAt !== null) continue;
        const since = this.#falseSince.get(key) ?? at;
        falseSince.set(key, since);
        if (at - since >= rule.clearMs) drafts.push(resolvedAlert(last, at, null));
      }
    }
    this.#falseSince = falseSince;
    return drafts;
  }
}

function raise(
  { alertType }: Rule,
  { subject, alert }: RuleResult,
  last: AlertRecord | undefined,
  at: number,
): readonly AlertDraft[] {
  if (alert === null) return [];
  const open = last?.resolvedAt === null ? last : null;
  if (open !== null && alertLevels.indexOf(alert.level) <= alertLevels.indexOf(open.level)) return [];
  // instances that share a database derive the same id, so the alert is stored once
  const id = reservedId('alertRaised:', `${alertKey({ alertType, subject })}:${last?.seq ?? 0}`);
  const raised = raisedAlert({ ...alert, alertType, subject, source: ruleSource, id, occurredAt: at });
  return open === null ? [raised] : [resolvedAlert(open, at, null), raised];
}
