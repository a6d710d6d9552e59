import { builder } from '../../graph/builder.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import { eventConnection, eventsLink } from '../../graph/event-links.ts';
import { eventSubscription } from '../../graph/event-subscription.ts';
import { eventVariants } from '../../graph/event.ts';
import {
  boolean,
  dateTime,
  exposedFields,
  exposedType,
  id,
  int,
  json,
  nullable,
  of,
  string,
  stringList,
} from '../../graph/exposed-fields.ts';
import { linkField } from '../../graph/links.ts';
import { nodeType } from '../../graph/node.ts';
import { keysetConnection } from '../../graph/keyset-connection.ts';
import { loader } from '../../graph/loaders.ts';
import { SeverityType } from '../../graph/severity.ts';
import {
  alertRuleEvents,
  type AlertComparison,
  type AlertRuleChange,
  type AlertRuleEventType,
  type AlertRuleOrigin,
  type AlertRuleRecord,
} from './alert-rules.events.ts';
import { alertRuleList, findRules, toRule } from './alert-rules.store.ts';
import { Alert } from './alerts.graph.ts';
import { ruleIdOf } from './list.store.ts';
import { openAlertsMax } from './rule-evaluator.ts';
import { seriesMax } from './rule-series.ts';

export const AlertComparisonType = describedEnum<AlertComparison>(
  'AlertComparison',
  'How a value is compared with the threshold of an alert rule.',
  {
    ABOVE: 'The value is greater than the threshold.',
    AT_LEAST: 'The value is the threshold or greater.',
    BELOW: 'The value is less than the threshold.',
    AT_MOST: 'The value is the threshold or less.',
    EQUAL: 'The value is the threshold.',
    NOT_EQUAL: 'The value is not the threshold.',
  },
);

const AlertRuleOriginType = describedEnum<AlertRuleOrigin>(
  'AlertRuleOrigin',
  'Where an alert rule comes from.',
  {
    CONFIGURATION: 'The settings of the server. Mutations cannot change the rule.',
    OPERATOR: 'The mutation `createAlertRule`.',
  },
);

const template =
  '`{{value}}`, `{{threshold}}`, `{{subject}}`, `{{name}}` and `{{labels.<name>}}` are replaced by their values.';

export const ruleTexts = {
  ruleId: 'Identifies the rule. It is also the `alertType` of the alerts that the rule raises.',
  enabled: 'Whether the rule is evaluated.',
  field: 'The number of a gauge that the rule evaluates: a name of `alertRuleFields`.',
  metric: 'The metric that the rule evaluates.',
  metricName: 'The name that all evaluated series have, such as `queue_length`.',
  metricLabels:
    'Labels that a series must have: a JSON object of strings. The series may have further labels.',
  comparison: 'How a value is compared with the threshold.',
  threshold: 'The threshold, in the unit of the values.',
  upTo: 'The condition is true only up to this value.',
  avgOverMs: 'The mean of this time is compared instead of each value, in milliseconds.',
  forMs: 'How long the condition must be true before the alert is raised, in milliseconds.',
  clearMs: 'How long the condition must be false before the alert is resolved, in milliseconds.',
  noDataMs: 'The alert is also raised after this time without a value, in milliseconds.',
  severity: 'Level of the alerts.',
  title: `Title of the alerts. ${template}`,
  message: `Message of the alerts. ${template}`,
  actions: 'Suggested actions, as texts for buttons.',
} as const;

const AlertRuleMetric = exposedType<NonNullable<AlertRuleRecord['metric']>>(
  'AlertRuleMetric',
  `Selects the series that an alert rule evaluates: at most ${seriesMax}. Each series has an alert of its own.`,
  { name: string(ruleTexts.metricName), labels: json(ruleTexts.metricLabels) },
);

/** The fields that a rule has in common with the snapshots in events. */
const ruleFields = {
  origin: of(AlertRuleOriginType, 'Where the rule comes from.'),
  enabled: boolean(ruleTexts.enabled),
  field: nullable.string(`${ruleTexts.field} Null if the rule evaluates a metric.`),
  metric: nullable.of(AlertRuleMetric, `${ruleTexts.metric} Null if the rule evaluates a gauge.`),
  comparison: nullable.of(
    AlertComparisonType,
    `${ruleTexts.comparison} Null if the rule reports only missing data.`,
  ),
  threshold: nullable.float(`${ruleTexts.threshold} Null if the rule reports only missing data.`),
  upTo: nullable.float(`${ruleTexts.upTo} Null: there is no such limit.`),
  avgOverMs: nullable.int(`${ruleTexts.avgOverMs} Null: each value is compared.`),
  forMs: int(ruleTexts.forMs),
  clearMs: int(ruleTexts.clearMs),
  noDataMs: nullable.int(`${ruleTexts.noDataMs} Null: missing data is not reported.`),
  severity: of(SeverityType, ruleTexts.severity),
  title: string(ruleTexts.title),
  message: nullable.string(`${ruleTexts.message} Null: a message with the value and the condition.`),
  actions: stringList(ruleTexts.actions),
  createdBy: nullable.id('Subject of the credential that created the rule. Null for `CONFIGURATION`.'),
  createdAt: dateTime('When the rule was created; of `CONFIGURATION`, when it was first stored.'),
  updatedAt: dateTime('When the rule last changed; of `CONFIGURATION`, when an instance last started.'),
};

export const AlertRule = nodeType<AlertRuleRecord>('AlertRule', {
  description:
    'A rule that raises an alert while a number satisfies a condition, or has no value. A rule has an alert per object or ' +
    `series, of which at most ${openAlertsMax} are not resolved. Source: the settings of the server, and the mutation ` +
    '`createAlertRule`.',
  key: ({ ruleId }) => ruleId,
  load: (keys, { db }) => findRules(db, keys),
  fields: (t) => exposedFields(t, { ruleId: id(ruleTexts.ruleId), ...ruleFields }),
});

const AlertRuleSnapshot = exposedType<AlertRuleRecord>(
  'AlertRuleSnapshot',
  'An alert rule at the time of an event. Source: the log.',
  ruleFields,
);

const AlertRuleFilter = builder.inputType('AlertRuleFilter', {
  description: 'Selects alert rules that match all given conditions.',
  fields: (t) => ({
    origin: t.field({ type: AlertRuleOriginType, description: 'Only rules of this origin.' }),
  }),
});

keysetConnection('alertRules', {
  name: 'AlertRule',
  type: AlertRule,
  list: alertRuleList,
  node: toRule,
  description:
    'Returns the alert rules, most recently created first. Rules of the configuration have the values of the instance that ' +
    'started last; an instance that starts changes them without an event. Source: the table alert_rules.',
  followedBy: 'alertRuleEvents',
  page: 'A page of alert rules.',
  edge: 'An alert rule and its position in the list.',
  totalCount: 'Number of alert rules that match the filter.',
  filterInput: AlertRuleFilter,
  filter: ({ origin = null }) => ({ origin }),
  one: {
    field: 'alertRule',
    description: 'Returns one alert rule. Null if it does not exist.',
    key: 'ruleId',
    keyDescription:
      'The id that the creator of the rule chose, or one of the configuration, such as `high_cpu`.',
  },
});

const ruleLoader = loader(({ db }, ids: readonly string[]) => findRules(db, ids));

builder.objectField(Alert, 'rule', (t) =>
  t.field({
    type: AlertRule,
    nullable: true,
    description: 'The rule that raised the alert. Null if no rule raised it, or if the rule was deleted.',
    resolve: (alert, _args, context) => {
      const ruleId = ruleIdOf(alert);
      return ruleId === null ? null : ruleLoader(context).load(ruleId);
    },
  }),
);

const alertRuleEvent = eventVariants<Record<AlertRuleEventType, AlertRuleChange>>(
  'AlertRuleEvent',
  alertRuleEvents,
  {
    kind: 'ALERT_RULE',
    description: 'A change of an alert rule.',
    typesDescription: 'Types of events about alert rules.',
    fields: (t) => ({
      ruleId: t.id({ description: ruleTexts.ruleId, resolve: ({ payload }) => payload.rule.ruleId }),
      rule: linkField(t, {
        to: AlertRule,
        description: 'The present state of the rule. Null if it was deleted.',
        key: ({ payload }) => payload.rule.ruleId,
      }),
      ruleSnapshot: t.field({
        type: AlertRuleSnapshot,
        description: 'The rule after the change. If it was deleted, the rule before the change.',
        resolve: ({ payload }) => payload.rule,
      }),
      actorId: t.id({
        description: 'Subject of the credential that made the change.',
        resolve: ({ payload }) => payload.by,
      }),
    }),
    variants: (variant) => ({
      CREATED: variant('alertRuleCreated', 'AlertRuleCreated', 'An operator created the rule.'),
      UPDATED: variant(
        'alertRuleUpdated',
        'AlertRuleUpdated',
        'An operator changed, enabled or disabled the rule.',
      ),
      DELETED: variant('alertRuleDeleted', 'AlertRuleDeleted', 'An operator deleted the rule.'),
    }),
  },
);

eventSubscription('alertRuleEvents', {
  ...alertRuleEvent,
  description: 'Created, changed and deleted alert rules',
  ofKey: ['ruleId', 'Returns only events of this rule. Default: all rules.'],
});

eventsLink(
  AlertRule,
  eventConnection('AlertRuleEvent', { ...alertRuleEvent, followedBy: 'alertRuleEvents' }),
  {
    description: 'The changes of the rule by operators',
    of: ({ ruleId }) => ({ key: ruleId }),
  },
);
