import type { Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import { builder } from '../../graph/builder.ts';
import type { GraphContext } from '../../graph/context.ts';
import { exposedType, listOf, of } from '../../graph/exposed-fields.ts';
import { NotFound } from '../../graph/failures.ts';
import { InvalidInput } from '../../graph/invalid-input.ts';
import type { InputFieldBuilder } from '../../graph/producer-event.ts';
import { declaredRuleFields } from '../../graph/rule-fields.ts';
import { SeverityType } from '../../graph/severity.ts';
import { reservedNames } from '../../lib/reserved-names.ts';
import { isStorable } from '../../lib/storable.ts';
import { ownAudit, type OwnAuditType } from '../governance/events.ts';
import { labelsBounds, nameBounds } from '../metrics/filter.graph.ts';
import {
  alertRuleDraft,
  type AlertRuleDefinition,
  type AlertRuleEventType,
  type AlertRuleRecord,
} from './alert-rules.events.ts';
import { countRules, deleteRule, findRule, readOpenAlerts, storeRules } from './alert-rules.store.ts';
import { AlertComparisonType, AlertRule, ruleTexts } from './alert-rules.graph.ts';
import { Alert, messageBounds, titleBounds, validLabels } from './alerts.graph.ts';
import { resolvedAlert, updatedAlert, type AlertRecord } from './events.ts';
import { openAlertsMax } from './rule-evaluator.ts';
import './rule-fields.graph.ts';
import { clearMs as clearMsDefault } from './rules.ts';
import { storeChange } from './store.ts';

/** Rules of operators. Each may evaluate up to 1,000 series. */
const rulesMax = 200;
const dayMs = 86_400_000;
const weekMs = 7 * dayMs;
const avgOverMsMax = 3_600_000;
const noDataMsMin = 10_000;
const idPattern = /^[A-Za-z][A-Za-z0-9_.-]{0,99}$/;
/** Types of alerts that other parts of the server raise. */
const isOwnType = reservedNames(['agent_intervention']);

const MetricInput = builder.inputType('AlertRuleMetricInput', {
  description: 'Selects the series of a metric.',
  fields: (t) => ({
    name: t.string({ required: true, bounds: nameBounds, description: ruleTexts.metricName }),
    labels: t.field({
      type: 'JSON',
      bounds: labelsBounds,
      description: `${ruleTexts.metricLabels} Default: all series of the metric.`,
    }),
  }),
});

/** The members that a rule may have besides its id. */
function ruleFields(t: InputFieldBuilder, required: boolean) {
  return {
    field: t.string({ bounds: nameBounds, description: `${ruleTexts.field} Exclusive with \`metric\`.` }),
    metric: t.field({ type: MetricInput, description: `${ruleTexts.metric} Exclusive with \`field\`.` }),
    comparison: t.field({ type: AlertComparisonType, description: ruleTexts.comparison }),
    threshold: t.float({ description: ruleTexts.threshold }),
    upTo: t.float({ description: `${ruleTexts.upTo} Default: no limit.` }),
    avgOverMs: t.int({
      description: `${ruleTexts.avgOverMs} 1000 to ${avgOverMsMax}. Default: each value is compared.`,
    }),
    forMs: t.int({ description: `${ruleTexts.forMs} 0 to ${dayMs}. Default: 0.` }),
    clearMs: t.int({ description: `${ruleTexts.clearMs} 0 to ${dayMs}. Default: ${clearMsDefault}.` }),
    noDataMs: t.int({ description: `${ruleTexts.noDataMs} ${noDataMsMin} to ${weekMs}. Default: never.` }),
    severity: t.field({ type: SeverityType, required, description: ruleTexts.severity }),
    title: t.string({ required, bounds: titleBounds, description: ruleTexts.title }),
    message: t.string({
      bounds: messageBounds,
      description: `${ruleTexts.message} Default: a message with the value and the condition.`,
    }),
    actions: t.stringList({ bounds: { items: 10, ...titleBounds }, description: ruleTexts.actions }),
  };
}

const CreateInput = builder.inputType('CreateAlertRuleInput', {
  description: 'A new alert rule: what it evaluates, a condition or missing data, and the alert.',
  fields: (t) => ({
    ruleId: t.id({
      required: true,
      bounds: { chars: [1, 100] },
      description: `${ruleTexts.ruleId} Letters, digits, _, . and -, beginning with a letter. It cannot change.`,
    }),
    enabled: t.boolean({ description: `${ruleTexts.enabled} Default: true.` }),
    ...ruleFields(t, true),
  }),
});

const UpdateInput = builder.inputType('UpdateAlertRuleInput', {
  description: 'A change of an alert rule. Members that are not given do not change; null removes a value.',
  fields: (t) => ({
    ruleId: t.id({ required: true, description: ruleTexts.ruleId }),
    ...ruleFields(t, false),
  }),
});

const ruleIdInput = (name: string, description: string) =>
  builder.inputType(name, {
    description,
    fields: (t) => ({ ruleId: t.id({ required: true, description: ruleTexts.ruleId }) }),
  });

interface RuleResult {
  readonly rule: AlertRuleRecord;
  /** Open alerts that the change has resolved. */
  readonly resolved: readonly AlertRecord[];
}

const ruleOf = of(AlertRule, 'The rule after the change.');
const resolvedOf = listOf(Alert, 'The alerts of the rule that were not resolved, and are now.');

builder.mutationField('createAlertRule', (t) =>
  t.field({
    type: exposedType<RuleResult>('CreateAlertRuleSuccess', 'The rule exists.', { rule: ruleOf }),
    requires: 'execute',
    description: `Creates an alert rule. There can be at most ${rulesMax} rules of operators. Audited as \`alert_rule_created\`.`,
    args: { input: t.arg({ type: CreateInput, required: true, description: 'The properties of the rule.' }) },
    errors: { types: [InvalidInput], directResult: true },
    resolve: (_root, { input }, context) =>
      transact(context, 'alert_rule_created', async (db) => {
        const { ruleId } = input;
        if (!idPattern.test(ruleId) || isOwnType(ruleId))
          throw new InvalidInput(
            'ruleId',
            'letters, digits, _, . and -, beginning with a letter, and not reserved',
          );
        if ((await findRule(db, ruleId)) !== undefined)
          throw new InvalidInput('ruleId', 'an id that no other rule has');
        if ((await countRules(db, 'OPERATOR')) >= rulesMax)
          throw new InvalidInput('input', `created after another rule was deleted: there are ${rulesMax}`);
        const now = Date.now();
        const rule: AlertRuleRecord = {
          ...validated({ ...initial, ...given(input), ruleId }),
          origin: 'OPERATOR',
          createdBy: context.viewer.subject,
          createdAt: now,
          updatedAt: now,
        };
        await storeRules(db, [rule]);
        return { rule, resolved: [] };
      }),
  }),
);

ruleMutation('updateAlertRule', {
  type: UpdateInput,
  audit: 'alert_rule_updated',
  description:
    'Changes an alert rule. If it evaluates something else afterwards, its alerts are resolved. Audited as ' +
    '`alert_rule_updated`.',
  success: 'The rule has the given properties.',
  change: (rule, input) => {
    const changed = { ...rule, ...validated({ ...rule, ...given(input as typeof UpdateInput.$inferInput) }) };
    const isSame =
      rule.field === changed.field && JSON.stringify(rule.metric) === JSON.stringify(changed.metric);
    return { rule: changed, resolves: !isSame };
  },
});

ruleMutation('enableAlertRule', {
  type: ruleIdInput('EnableAlertRuleInput', 'Selects the rule to evaluate from now on.'),
  audit: 'alert_rule_updated',
  description: 'Enables an alert rule. Audited as `alert_rule_updated`.',
  success: 'The rule is evaluated.',
  change: (rule) => ({ rule: { ...rule, enabled: true }, resolves: false }),
});

ruleMutation('disableAlertRule', {
  type: ruleIdInput('DisableAlertRuleInput', 'Selects the rule that is not to be evaluated.'),
  audit: 'alert_rule_updated',
  description: 'Disables an alert rule, and resolves its alerts. Audited as `alert_rule_updated`.',
  success: 'The rule is not evaluated.',
  change: (rule) => ({ rule: { ...rule, enabled: false }, resolves: true }),
});

ruleMutation('deleteAlertRule', {
  type: ruleIdInput('DeleteAlertRuleInput', 'Selects the rule that is not needed any longer.'),
  audit: 'alert_rule_deleted',
  description: 'Deletes an alert rule, and resolves its alerts. Audited as `alert_rule_deleted`.',
  success: 'The rule does not exist. `rule` is the rule before the change.',
  change: (rule) => ({ rule, resolves: true }),
});

interface RuleMutation {
  readonly type: typeof UpdateInput | ReturnType<typeof ruleIdInput>;
  readonly audit: keyof typeof eventTypes;
  readonly description: string;
  readonly success: string;
  /** @returns the rule after the change, and whether its alerts are resolved. */
  readonly change: (
    rule: AlertRuleRecord,
    input: { readonly ruleId: string },
  ) => { readonly rule: AlertRuleRecord; readonly resolves: boolean };
}

/** Declares a mutation of a rule that exists. */
function ruleMutation(name: string, { type, audit, description, success, change }: RuleMutation): void {
  const typeName = `${name.charAt(0).toUpperCase()}${name.slice(1)}Success`;
  builder.mutationField(name, (t) =>
    t.field({
      type: exposedType<RuleResult>(typeName, success, { rule: ruleOf, resolved: resolvedOf }),
      requires: 'execute',
      description,
      args: { input: t.arg({ type, required: true, description: 'Which rule, and what to change.' }) },
      errors: { types: [InvalidInput, NotFound], directResult: true },
      resolve: (_root, { input }, context) =>
        transact(context, audit, async (db) => {
          const { ruleId } = input;
          const before = await findRule(db, ruleId);
          if (before === undefined) throw new NotFound('alert rule', ruleId);
          if (before.origin === 'CONFIGURATION')
            throw new InvalidInput(
              'ruleId',
              'a rule of an operator: the settings of the server have this one',
            );
          const { rule: changed, resolves } = change(before, input);
          const rule = { ...changed, updatedAt: Date.now() };
          await (audit === 'alert_rule_deleted' ? deleteRule(db, ruleId) : storeRules(db, [rule]));
          return { rule, resolved: resolves ? await resolveOpen(db, ruleId) : [] };
        }),
    }),
  );
}

async function resolveOpen(db: Kysely<Database>, ruleId: string): Promise<readonly AlertRecord[]> {
  // instances may have raised some more at the same time
  const open = await readOpenAlerts(db, ruleId, 2 * openAlertsMax);
  const at = new Date();
  await storeChange(db, open, { resolved_at: at });
  return open.map((alert) => updatedAlert({ ...alert, resolvedAt: at.getTime() }, at.getTime()));
}

const eventTypes = {
  alert_rule_created: 'alertRuleCreated',
  alert_rule_updated: 'alertRuleUpdated',
  alert_rule_deleted: 'alertRuleDeleted',
} as const satisfies Partial<Record<OwnAuditType, AlertRuleEventType>>;

/** Changes a rule, and stores its event, those of its alerts and the audit entry in the same transaction. */
async function transact(
  { journal, viewer }: GraphContext,
  type: keyof typeof eventTypes,
  change: (db: Kysely<Database>) => Promise<RuleResult>,
): Promise<RuleResult> {
  const by = viewer.subject;
  const { value } = await journal.log.transact(async (db) => {
    const result = await change(db);
    const { rule, resolved } = result;
    const audit = ownAudit(type, by, {
      targetId: rule.ruleId,
      action: type.replaceAll('_', ' '),
      details: JSON.stringify(rule),
    });
    const drafts = [
      alertRuleDraft(eventTypes[type], { rule, by }),
      ...resolved.map((alert) => resolvedAlert(alert, alert.resolvedAt ?? Date.now(), by)),
      audit,
    ];
    return { value: result, drafts };
  });
  return value;
}

const initial: Omit<AlertRuleDefinition, 'ruleId' | 'severity' | 'title'> = {
  enabled: true,
  field: null,
  metric: null,
  comparison: null,
  threshold: null,
  upTo: null,
  avgOverMs: null,
  forMs: 0,
  clearMs: clearMsDefault,
  noDataMs: null,
  message: null,
  actions: [],
};

type Given = Partial<Omit<typeof CreateInput.$inferInput, 'ruleId'>>;

/** The members that were given. A null resets a member to its default. */
function given({ metric, ...input }: Given): Partial<AlertRuleDefinition> {
  const members = Object.entries({
    ...input,
    ...(metric && {
      metric: { name: metric.name, labels: validLabels('metric.labels', metric.labels ?? {}) },
    }),
    ...(metric === null && { metric }),
  }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value ?? (initial as Record<string, unknown>)[name] ?? null]],
  );
  return Object.fromEntries(members) as Partial<AlertRuleDefinition>;
}

/** @throws InvalidInput */
function validated(
  rule: Partial<AlertRuleDefinition> & Pick<AlertRuleDefinition, 'ruleId'>,
): AlertRuleDefinition {
  const { field = null, metric = null, comparison = null, threshold = null, noDataMs = null } = rule;
  const { upTo = null, avgOverMs = null, forMs = 0, clearMs = 0, severity, title } = rule;
  if ((field === null) === (metric === null))
    throw new InvalidInput('field', 'given, or metric, but not both');
  if (field !== null && !declaredRuleFields().has(field))
    throw new InvalidInput('field', 'a name of alertRuleFields');
  if ((comparison === null) !== (threshold === null))
    throw new InvalidInput('threshold', 'given together with comparison');
  if (comparison === null && noDataMs === null)
    throw new InvalidInput('comparison', 'given, or noDataMs, or both');
  if (upTo !== null && (threshold === null || upTo < threshold))
    throw new InvalidInput('upTo', 'the threshold or more');
  requireWithin('avgOverMs', avgOverMs, 1_000, avgOverMsMax);
  requireWithin('forMs', forMs, 0, dayMs);
  requireWithin('clearMs', clearMs, 0, dayMs);
  requireWithin('noDataMs', noDataMs, noDataMsMin, weekMs);
  if (severity === undefined || severity === null) throw new InvalidInput('severity', 'a severity');
  if (title === undefined || title === null) throw new InvalidInput('title', 'a text');
  const whole = { ...initial, ...rule, severity, title };
  if (!isStorable(whole)) throw new InvalidInput('input', 'Unicode text without U+0000');
  return whole;
}

function requireWithin(field: string, value: number | null, min: number, max: number): void {
  if (value !== null && (value < min || value > max))
    throw new InvalidInput(field, `an integer from ${min} to ${max}`);
}
