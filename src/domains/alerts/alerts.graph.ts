import { AppError } from '../../errors.ts';
import type { FieldMap } from '@pothos/core';
import { builder, type GraphTypes } from '../../graph/builder.ts';
import type { GraphContext } from '../../graph/context.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import {
  boolean,
  dateTime,
  exposedFields,
  json,
  nullable,
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
import { SeverityType } from '../../graph/severity.ts';
import { reservedNames } from '../../lib/reserved-names.ts';
import { labelsBounds, requireLabels } from '../metrics/filter.graph.ts';
import {
  activeAlertsChanged,
  activeAlertsKey,
  activeAlertsMax,
  alertEvents,
  ownSources,
  raisedAlert,
  type AlertRecord,
  type AlertStatus,
} from './events.ts';
import { alertList, hostIdOf } from './list.store.ts';
import { numberOf, statusOf, toAlert } from './store.ts';

const AlertStatusType = describedEnum<AlertStatus>('AlertStatus', 'The state of an alert.', {
  ACTIVE: 'Neither acknowledged, resolved nor silenced.',
  SILENCED: 'Stored, but not reported, because a silence applies. It is active again when the silence ends.',
  ACKNOWLEDGED: 'Acknowledged by an operator, but not resolved.',
  RESOLVED: 'No longer relevant: its cause has ended, or an operator resolved it.',
});

export const alertIdText = '`alert_YYYYMMDD_NNN`: the UTC day on which the alert was stored, and its number.';

/** What alerts and system events have in common. */
export const described = {
  severity: 'How severe it is.',
  title: 'Short summary.',
  message: 'Message for people.',
  agentId: 'The agent concerned.',
  autoDismiss: 'Whether the alert is resolved automatically 60 seconds after it was raised.',
  actions: 'Suggested actions, as texts for buttons.',
} as const;

/** The fields that an alert has in common with the snapshots in events. */
function alertFields(
  t: PothosSchemaTypes.RootFieldBuilder<GraphTypes, AlertRecord, 'Object' | 'Interface'>,
): FieldMap {
  return {
    ...exposedFields(t, {
      alertType: string('The name of a rule, such as `high_cpu`, or a type that a producer chose.'),
      title: string(described.title),
      message: string(described.message),
      source: string(
        '`alert_engine` for the rules of this server, `producer`, or a name that a producer chose.',
      ),
      agentId: nullable.id(`${described.agentId} Null if there is none.`),
      autoDismiss: boolean(described.autoDismiss),
      actions: stringList(`${described.actions} At most 10.`),
      raisedAt: dateTime('When the alert was raised.'),
      acknowledgedAt: nullable.dateTime('When the alert was acknowledged. Null if it was not.'),
      acknowledgedBy: nullable.id(
        'Subject of the credential that acknowledged the alert. Null if it was not acknowledged.',
      ),
      resolvedAt: nullable.dateTime('When the alert was resolved. Null if it was not.'),
      updatedAt: dateTime(
        'When the alert was last changed: raised, acknowledged, resolved, silenced or unsilenced.',
      ),
      labels: json('Labels by which silences and webhooks select the alert: a JSON object of strings.'),
      silencedBy: nullable.id(
        'The silence that applies or, if the alert is resolved, applied last. Null if there is none.',
      ),
    }),
    severity: t.field({
      type: SeverityType,
      description: described.severity,
      resolve: ({ level }) => level,
    }),
    providerName: t.string({
      resolve: ({ provider }) => provider,
      nullable: true,
      description: 'Name of the provider concerned. Null if there is none.',
    }),
    hostId: t.id({
      nullable: true,
      description: 'The host concerned. Null if there is none.',
      resolve: hostIdOf,
    }),
    number: t.field({
      type: 'SafeInt',
      description:
        'Number of the alert. Alerts are numbered from 1. In events that were stored before alerts were ' +
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
  };
}

export const Alert = nodeType<AlertRecord>('Alert', {
  description:
    'Something that needs, or needed, attention. Source: the rules of this server, the mutation `intervene`, and the ' +
    'producer event `alert`.',
  key: ({ id: alertId }) => alertId,
  load: fromList(alertList, toAlert),
  fields: (t) => ({
    alertId: t.exposeID('id', { description: alertIdText }),
    ...alertFields(t),
  }),
});

export const AlertSnapshot = builder.objectRef<AlertRecord>('AlertSnapshot').implement({
  description: 'An alert at the time of an event. Source: the log.',
  fields: alertFields,
});

export const AlertFilterInput = builder.inputType('AlertFilter', {
  description: 'Selects alerts that match all given conditions.',
  fields: (t) => ({
    statuses: t.field({ type: [AlertStatusType], description: 'Only alerts with one of these statuses.' }),
    acknowledged: t.boolean({
      description:
        'If true, only alerts that were acknowledged. If false, only alerts that were not. A status does not say this of resolved ' +
        'alerts. Default: all.',
    }),
    silencedBy: t.id({ description: 'Only alerts to which this silence applies or last applied.' }),
    severities: t.field({ type: [SeverityType], description: 'Only alerts of one of these severities.' }),
    alertTypes: t.stringList({
      bounds: { items: 100, chars: 128 },
      description: 'Only alerts of one of these types.',
    }),
    agentId: t.id({ description: 'Only alerts that concern this agent.' }),
    providerName: t.string({
      bounds: { chars: 128 },
      description: 'Only alerts that concern the provider of this name.',
    }),
    hostId: t.id({ description: 'Only alerts that concern this host.' }),
    ruleId: t.id({ description: 'Only alerts that this rule raised.' }),
    search: t.string({
      bounds: { chars: [1, 128] },
      description: 'Only alerts whose title or message contains this text, ignoring case.',
    }),
    since: t.field({ type: 'DateTime', description: 'Only alerts raised at or after this time.' }),
    until: t.field({ type: 'DateTime', description: 'Only alerts raised before this time.' }),
  }),
});

export const alerts = keysetConnection('alerts', {
  name: 'Alert',
  type: Alert,
  list: alertList,
  node: toAlert,
  description:
    'Returns all retained alerts, most recently raised first. ' +
    `${searchedPages('the filter’s parts besides `since` and `until`, or with `acknowledged`, `hostId`, `ruleId`, `search`, or `statuses` other than `[ACTIVE]`')} ` +
    'Source: the table alerts.',
  followedBy: 'alertEvents',
  page: 'A page of alerts.',
  edge: 'An alert and its position in the list.',
  totalCount: 'Number of alerts that match the filter.',
  filterInput: AlertFilterInput,
  orders: {
    RAISED_AT: 'When the alert was raised.',
    UPDATED_AT: 'When the alert was raised or last acknowledged, resolved, silenced or unsilenced.',
    SEVERITY: 'How severe the alert is, and within a severity the order in which the alerts were stored.',
  },
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
    severity: t.field({ type: SeverityType, required: true, description: described.severity }),
    title: t.string({ required: true, bounds: titleBounds, description: described.title }),
    message: t.string({ required: true, bounds: messageBounds, description: described.message }),
    source: t.string({ bounds: nameBounds, description: reportedSource }),
    providerName: t.string({ bounds: nameBounds, description: 'Name of the provider concerned.' }),
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
  draft: (
    { source, agentId, autoDismiss, actions, labels, severity: level, providerName, ...fields },
    context,
  ) =>
    raisedAlert({
      ...fields,
      provider: providerName,
      level,
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
  agentField = 'agentId',
) {
  if (source !== null && isOwnSource(source))
    rejectField('source', `a name other than ${ownSources.join(' and ')}`);
  return {
    source: source ?? defaultSource,
    agentId: agentId === null ? null : reportingAgent(agentId, context, agentField),
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
