import { AppError } from '../../errors.ts';
import { builder } from '../../graph/builder.ts';
import type { GraphContext } from '../../graph/context.ts';
import { describedEnum, eventEnum } from '../../graph/event-enum.ts';
import { eventSubscription } from '../../graph/event-subscription.ts';
import { eventType } from '../../graph/event.ts';
import {
  boolean,
  dateTime,
  exposedFields,
  json,
  nullable,
  of,
  string,
  stringList,
} from '../../graph/exposed-fields.ts';
import { InvalidInput } from '../../graph/invalid-input.ts';
import { gaugeSubscription } from '../../graph/gauge-subscription.ts';
import { keysetConnection, searchedPages } from '../../graph/keyset-connection.ts';
import { listSize } from '../../graph/list-size.ts';
import { producerEvent } from '../../graph/producer-event.ts';
import { rejectField, reportingAgent, reportingAgentText } from '../../graph/reported-values.ts';
import { fromList, nodeType } from '../../graph/node.ts';
import type { Entry } from '../../journal/topic.ts';
import { reservedNames } from '../../lib/reserved-names.ts';
import { labelsBounds, requireLabels } from '../metrics/filter.graph.ts';
import {
  activeAlertsChanged,
  activeAlertsKey,
  activeAlertsMax,
  alertEvents,
  ownSources,
  raisedAlert,
  type AlertChange,
  type AlertEventPayload,
  type AlertEventType as EventType,
  type AlertLevel,
  type AlertRecord,
  type AlertStatus,
} from './events.ts';
import { alertList, alertOf, numberOf, statusOf, toAlert, type AlertFilter } from './store.ts';

export const AlertLevelType = describedEnum<AlertLevel>('AlertLevel', 'The severity of an alert.', {
  INFO: 'For information. No action is required.',
  WARNING: 'A condition that may become a problem.',
  ERROR: 'A problem that requires attention.',
  CRITICAL: 'A problem that requires immediate action.',
});

const AlertStatusType = describedEnum<AlertStatus>('AlertStatus', 'The state of an alert.', {
  ACTIVE: 'Neither acknowledged, resolved nor silenced.',
  SILENCED: 'Stored, but not reported, because a silence applies. It is active again when the silence ends.',
  ACKNOWLEDGED: 'Acknowledged by an operator, but not resolved.',
  RESOLVED: 'No longer relevant: its cause has ended, or an operator resolved it.',
});

/** What alerts and system events have in common. */
export const described = {
  level: 'How severe it is.',
  title: 'Short summary.',
  message: 'Message for people.',
  agentId: 'The agent concerned.',
  autoDismiss: 'Whether the alert is resolved automatically 60 seconds after it was raised.',
  actions: 'Suggested actions, as texts for buttons.',
} as const;

export const Alert = nodeType<AlertRecord>('Alert', {
  description:
    'Something that needs, or needed, attention. Source: the rules of this server, the mutation `intervene`, and the ' +
    'producer event `alert`.',
  key: ({ id: alertId }) => alertId,
  load: fromList(alertList, toAlert),
  fields: (t) => ({
    alertId: t.exposeID('id', {
      description: '`alert_YYYYMMDD_NNN`: the UTC day on which the alert was stored, and its number.',
    }),
    ...exposedFields(t, {
      alertType: string('The name of a rule, such as `high_cpu`, or a type that a producer chose.'),
      level: of(AlertLevelType, described.level),
      title: string(described.title),
      message: string(described.message),
      source: string(
        '`alert_engine` for the rules of this server, `producer`, or a name that a producer chose.',
      ),
      agentId: nullable.id(`${described.agentId} Null if there is none.`),
      provider: nullable.string('The provider concerned. Null if there is none.'),
      autoDismiss: boolean(described.autoDismiss),
      actions: stringList(`${described.actions} At most 10.`),
      raisedAt: dateTime('When the alert was raised.'),
      acknowledgedAt: nullable.dateTime('When the alert was acknowledged. Null if it was not.'),
      acknowledgedBy: nullable.id(
        'Subject of the credential that acknowledged the alert. Null if it was not acknowledged.',
      ),
      resolvedAt: nullable.dateTime('When the alert was resolved. Null if it was not.'),
      labels: json('Labels by which silences and webhooks select the alert: a JSON object of strings.'),
      silencedBy: nullable.id(
        'The silence that applies or, if the alert is resolved, applied last. Null if there is none.',
      ),
    }),
    number: t.float({
      description:
        'Number of the alert, an integer. Alerts are numbered from 1. In events that were stored before alerts were ' +
        'numbered, the position in the log.',
      resolve: numberOf,
    }),
    subject: t.string({
      nullable: true,
      description:
        'What the alert is about: for the rules of this server, the host id or the provider. Null if nothing.',
      resolve: ({ subject }) => (subject === '' ? null : subject),
    }),
    status: t.field({
      type: AlertStatusType,
      description: 'Whether the alert is active, silenced, acknowledged or resolved.',
      resolve: statusOf,
    }),
  }),
});

export const AlertFilterInput = builder.inputType('AlertFilter', {
  description: 'Selects alerts that match all given conditions.',
  fields: (t) => ({
    active: t.boolean({
      description:
        'If true, only alerts that are neither acknowledged, resolved nor silenced. If false, only the others. Default: all.',
    }),
    acknowledged: t.boolean({
      description:
        'If true, only acknowledged alerts. If false, only alerts that are not acknowledged. Resolved alerts are included. ' +
        'Default: all.',
    }),
    resolved: t.boolean({
      description:
        'If true, only resolved alerts. If false, only alerts that are not resolved. Default: all.',
    }),
    silenced: t.boolean({
      description:
        'If true, only silenced alerts. If false, only alerts that are not silenced. Default: all.',
    }),
    silencedBy: t.id({ description: 'Only alerts to which this silence applies or last applied.' }),
    levels: t.field({ type: [AlertLevelType], description: 'Only alerts of one of these levels.' }),
    alertTypes: t.stringList({
      bounds: { items: 100, chars: 128 },
      description: 'Only alerts of one of these types.',
    }),
    agentId: t.id({ description: 'Only alerts that concern this agent.' }),
    provider: t.string({ bounds: { chars: 128 }, description: 'Only alerts that concern this provider.' }),
    since: t.field({ type: 'DateTime', description: 'Only alerts raised at or after this time.' }),
    until: t.field({ type: 'DateTime', description: 'Only alerts raised before this time.' }),
  }),
});

keysetConnection('alerts', {
  name: 'Alert',
  type: Alert,
  list: alertList,
  node: toAlert,
  description:
    'Returns all retained alerts, most recently raised first. ' +
    `${searchedPages('the filter’s parts besides `since` and `until`, or with `acknowledged`, `active: false`, `resolved: true` or `silenced: false`')} ` +
    'Source: the table alerts.',
  followedBy: 'alertEvents',
  page: 'A page of alerts.',
  edge: 'An alert and its position in the list.',
  totalCount: 'Number of alerts that match the filter.',
  args: (t) => ({
    filter: t({ type: AlertFilterInput, description: 'Returns only matching alerts. Default: all.' }),
  }),
  filter: ({ filter }) => filter ?? {},
});

/** For the cost of an operation. */
const activeAlertsUsual = 100;

builder.queryField('activeAlerts', (t) =>
  t.field({
    type: [Alert],
    requires: 'read',
    extensions: listSize(activeAlertsUsual),
    description: `Returns alerts that are neither acknowledged, resolved nor silenced, newest first, at most ${activeAlertsMax}.`,
    resolve: (_root, _args, { journal }) => [
      ...(journal.gauges.newest(activeAlertsChanged, activeAlertsKey)?.payload.alerts ?? []),
    ],
  }),
);

gaugeSubscription('activeAlerts', {
  type: [Alert],
  topic: activeAlertsChanged,
  description:
    `Alerts that are neither acknowledged, resolved nor silenced, newest first, at most ${activeAlertsMax}. A change is sent ` +
    'without waiting for the interval.',
  keys: () => [activeAlertsKey],
  everyMs: { defaultMs: 5_000 },
  usualSize: activeAlertsUsual,
  resolve: ({ payload }) => payload.alerts,
});

const AlertEventType = eventEnum<EventType>('AlertEventType', 'Types of events about alerts.', {
  RAISED: ['alertRaised', 'A rule, a mutation or a producer raised an alert.'],
  ACKNOWLEDGED: ['alertAcknowledged', 'An operator acknowledged an alert.'],
  RESOLVED: ['alertResolved', 'The cause of an alert ended, or an operator resolved the alert.'],
  SILENCED: ['alertSilenced', 'A silence began to apply to an alert that was raised before.'],
  UNSILENCED: ['alertUnsilenced', 'The silence of an alert that is not resolved ended.'],
});

const AlertEvent = eventType('AlertEvent', alertEvents, {
  kind: 'ALERT',
  description: 'A change of an alert.',
  types: AlertEventType,
  fields: (t) => ({
    alert: t.field({ type: Alert, description: 'The alert after the change.', resolve: alertOf }),
    by: t.id({
      nullable: true,
      description:
        'Subject of the credential that acknowledged, resolved or silenced the alert. Null if the alert was raised, or ' +
        'changed by this server.',
      resolve: ({ type, payload }) => (type === 'alertRaised' ? null : (payload as AlertChange).by),
    }),
  }),
});

eventSubscription('alertEvents', {
  type: AlertEvent,
  topic: alertEvents,
  description: 'Raised, acknowledged, resolved, silenced and unsilenced alerts',
  note: 'When the level of an alert rises, the alert is resolved and a new one is raised.',
  args: (t) => ({
    filter: t({
      type: AlertFilterInput,
      description: 'Returns only events after which the alert matches. Default: all.',
    }),
  }),
  types: AlertEventType,
  matches: ({ filter }) => alertMatch(filter ?? {}),
});

function alertMatch(filter: AlertFilter): (entry: Entry<AlertEventPayload>) => boolean {
  return (entry) => {
    const alert = alertOf(entry);
    return (
      (typeof filter.active !== 'boolean' || filter.active === (statusOf(alert) === 'ACTIVE')) &&
      (typeof filter.acknowledged !== 'boolean' || filter.acknowledged === (alert.acknowledgedAt !== null)) &&
      (typeof filter.resolved !== 'boolean' || filter.resolved === (alert.resolvedAt !== null)) &&
      (typeof filter.silenced !== 'boolean' || filter.silenced === (alert.silencedBy !== null)) &&
      (!filter.silencedBy || filter.silencedBy === alert.silencedBy) &&
      (!filter.levels || filter.levels.includes(alert.level)) &&
      (!filter.alertTypes || filter.alertTypes.includes(alert.alertType)) &&
      (!filter.agentId || filter.agentId === alert.agentId) &&
      (!filter.provider || filter.provider === alert.provider) &&
      (!filter.since || alert.raisedAt >= filter.since.getTime()) &&
      (!filter.until || alert.raisedAt < filter.until.getTime())
    );
  };
}

export const titleBounds = { chars: [1, 200] } as const;
export const messageBounds = { chars: [1, 4_096] } as const;
export const nameBounds = { chars: [1, 128] } as const;

const defaultSource = 'producer';
export const reportedSource = `Name of the source, other than ${ownSources.map((name) => `\`${name}\``).join(' and ')}. Default: \`${defaultSource}\`.`;
const isOwnSource = reservedNames(ownSources);

producerEvent('alert', {
  description: 'An alert that a producer raises.',
  topic: alertEvents,
  type: 'alertRaised',
  fields: (t) => ({
    alertType: t.string({
      required: true,
      bounds: nameBounds,
      description: 'A type that the producer chooses, such as `disk_full`.',
    }),
    level: t.field({ type: AlertLevelType, required: true, description: described.level }),
    title: t.string({ required: true, bounds: titleBounds, description: described.title }),
    message: t.string({ required: true, bounds: messageBounds, description: described.message }),
    source: t.string({ bounds: nameBounds, description: reportedSource }),
    provider: t.string({ bounds: nameBounds, description: 'The provider concerned.' }),
    agentId: t.id({ description: reportingAgentText }),
    autoDismiss: t.boolean({ description: `${described.autoDismiss} Default: false.` }),
    actions: t.stringList({ bounds: { items: 10, ...titleBounds }, description: described.actions }),
    labels: t.field({
      type: 'JSON',
      bounds: labelsBounds,
      description:
        'Labels by which silences and webhooks select the alert: a JSON object of at most 32 strings. Default: no labels.',
    }),
  }),
  draft: ({ source, agentId, autoDismiss, actions, labels, ...fields }, context) =>
    raisedAlert({
      ...fields,
      ...originOf({ source, agentId }, context),
      autoDismiss: autoDismiss ?? false,
      actions: actions ?? [],
      labels: requireLabels('labels', labels ?? {}),
    }),
});

/** The source and the agent of an alert or a system event. @throws AppError BAD_USER_INPUT */
export function originOf(
  { source, agentId }: { readonly source: string | null; readonly agentId: string | null },
  context: GraphContext,
) {
  if (source !== null && isOwnSource(source))
    rejectField('source', `a name other than ${ownSources.join(' and ')}`);
  return {
    source: source ?? defaultSource,
    agentId: agentId === null ? null : reportingAgent(agentId, context),
  };
}

/** The labels in the input of a mutation. @throws InvalidInput */
export function validLabels(field: string, labels: unknown): Readonly<Record<string, string>> {
  try {
    return requireLabels(field, labels);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new InvalidInput(field, String(error.details['allowed']));
  }
}
