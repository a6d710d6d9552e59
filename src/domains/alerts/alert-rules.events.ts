import type { Severity } from '../../graph/severity.ts';
import { every, type Draft } from '../../journal/topic.ts';

export type AlertComparison = 'ABOVE' | 'AT_LEAST' | 'BELOW' | 'AT_MOST' | 'EQUAL' | 'NOT_EQUAL';

export type AlertRuleOrigin = 'CONFIGURATION' | 'OPERATOR';

/** What a rule evaluates, when it raises an alert, and which. Exactly one of `field` and `metric` is not null. */
export interface AlertRuleDefinition {
  /** Also the type of the rule's alerts. */
  readonly ruleId: string;
  readonly enabled: boolean;
  /** A field of a gauge, such as `host.cpu.usedPercent`. */
  readonly field: string | null;
  /** Every series of the metric that has these labels among its labels. */
  readonly metric: { readonly name: string; readonly labels: Readonly<Record<string, string>> } | null;
  /** The condition: the value compared with `threshold`, and at most `upTo`. Null: only missing data is reported. */
  readonly comparison: AlertComparison | null;
  readonly threshold: number | null;
  readonly upTo: number | null;
  /** The mean of the values of this time is compared. Null: each value. */
  readonly avgOverMs: number | null;
  /** How long the condition must be true before the alert is raised. */
  readonly forMs: number;
  /** How long the condition must be false before the alert is resolved. */
  readonly clearMs: number;
  /** After this time without a value the alert is raised, too. Null: never. */
  readonly noDataMs: number | null;
  readonly severity: Severity;
  readonly title: string;
  /** Null: made from the value and the condition. */
  readonly message: string | null;
  readonly actions: readonly string[];
}

export interface AlertRuleRecord extends AlertRuleDefinition {
  readonly origin: AlertRuleOrigin;
  /** The subject of a credential; null for the configuration. */
  readonly createdBy: string | null;
  /** Unix milliseconds. */
  readonly createdAt: number;
  /** Unix milliseconds. */
  readonly updatedAt: number;
}

export interface AlertRuleChange {
  /** The rule after the change; of a deletion, the rule before it. */
  readonly rule: AlertRuleRecord;
  /** The subject of a credential. */
  readonly by: string;
}

export type AlertRuleEventType = 'alertRuleCreated' | 'alertRuleUpdated' | 'alertRuleDeleted';

/** Keyed by rule id. Rules of the configuration have no events. */
export const alertRuleEvents = every<AlertRuleChange>('alerts.rules');

export function alertRuleDraft(type: AlertRuleEventType, payload: AlertRuleChange): Draft<AlertRuleChange> {
  return { topic: alertRuleEvents, key: payload.rule.ruleId, type, payload };
}
