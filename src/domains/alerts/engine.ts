import { append } from '../../lib/append.ts';
import { ownId } from '../../journal/own-ids.ts';
import {
  alertKey,
  alertLevels,
  engineSource,
  raisedAlert,
  resolvedAlert,
  type AlertDraft,
  type AlertLevel,
  type AlertRecord,
} from './events.ts';
import type { Limits, Readings, Rule, Verdict } from './rules.ts';

export interface AlertEngine {
  /**
   * What follows from these readings and is to be stored. Asked again before it is stored, it gives the same events
   * with the same ids, so that an attempt whose outcome was not heard of may be repeated.
   */
  evaluate(readings: Readings): readonly AlertDraft[];
  /** Takes in how one of the rules' alerts stands, as the log or the table tells it. Others are none of its business. */
  learn(alert: AlertRecord): void;
}

/**
 * The rules' memory: which alert of each type and subject was the last, and since when its condition is false. An alert
 * is raised once, resolved when its condition has been false long enough, and replaced when its level rises. It reads
 * no clock and writes nothing.
 */
export function createEngine(options: {
  readonly rules: readonly Rule[];
  readonly limits: Limits;
  /** The last alert of each type and subject. */
  readonly known: readonly AlertRecord[];
}): AlertEngine {
  const last = new Map<string, AlertRecord>();
  let falseSince = new Map<string, number>();

  function learn(alert: AlertRecord): void {
    if (alert.source !== engineSource) return;
    const key = alertKey(alert);
    if (alert.seq >= (last.get(key)?.seq ?? 0)) last.set(key, alert);
  }

  function raise(rule: Rule, { subject, alert }: Verdict, before: AlertRecord | undefined, at: number) {
    if (alert === null) return [];
    const open = before !== undefined && before.resolvedAt === null ? before : null;
    if (open !== null && rank(alert.level) <= rank(open.level)) return [];
    const key = alertKey({ alertType: rule.alertType, subject });
    const raised = raisedAlert({
      ...alert,
      alertType: rule.alertType,
      subject,
      source: engineSource,
      id: ownId('alertRaised:', `${key}:${before?.seq ?? 0}`), // one after the one before, whoever of several says so
      occurredAt: at,
    });
    return open === null ? [raised] : [resolvedAlert(open, at, null), raised];
  }

  for (const alert of options.known) learn(alert);
  return {
    learn,
    evaluate(readings) {
      const { at } = readings;
      const nowFalse = new Map<string, number>(); // what is not known now has to be false for the whole time again
      const drafts: AlertDraft[] = [];
      for (const rule of options.rules) {
        for (const verdict of rule.judge(readings, options.limits)) {
          const key = alertKey({ alertType: rule.alertType, subject: verdict.subject });
          const before = last.get(key);
          append(drafts, raise(rule, verdict, before, at));
          if (verdict.alert !== null || before === undefined || before.resolvedAt !== null) continue;
          const since = falseSince.get(key) ?? at;
          nowFalse.set(key, since);
          if (at - since >= rule.clearMs) drafts.push(resolvedAlert(before, at, null));
        }
      }
      falseSince = nowFalse;
      return drafts;
    },
  };
}

function rank(level: AlertLevel): number {
  return alertLevels.indexOf(level);
}
