import { builder } from '../../graph/builder.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import {
  boolean,
  dateTime,
  exposedFields,
  id,
  nullable,
  of,
  string,
  stringList,
} from '../../graph/exposed-fields.ts';
import { gaugeSubscription } from '../../graph/gauge-subscription.ts';
import { keysetConnection, searchedPages } from '../../graph/keyset-connection.ts';
import { listSize } from '../../graph/list-size.ts';
import { providerSummarySampled, summaryKey } from '../providers/events.ts';
import { ProviderSummaryType } from '../providers/summary.graph.ts';
import { Connections, newestConnections } from '../server/connections.graph.ts';
import {
  activeAlertsChanged,
  activeAlertsKey,
  activeAlertsMax,
  monitorLookedAt,
  type AlertLevel,
  type AlertRecord,
  type AlertStatus,
  type MonitorLook,
} from './events.ts';
import { alertList, numberOf, statusOf, toAlert } from './store.ts';

export const AlertLevelType = describedEnum<AlertLevel>('AlertLevel', 'How bad it is.', {
  INFO: 'Good to know.',
  WARNING: 'It may become a problem.',
  ERROR: 'It is a problem.',
  CRITICAL: 'Somebody has to act now.',
});

const AlertStatusType = describedEnum<AlertStatus>('AlertStatus', 'How an alert stands.', {
  ACTIVE: 'Neither acknowledged nor resolved.',
  ACKNOWLEDGED: 'Somebody knows; its cause is not over.',
  RESOLVED: 'It is over.',
});

export const Alert = builder.objectRef<AlertRecord>('Alert').implement({
  description:
    'Something that needs, or needed, attention. Source: this server’s rules, its own actions, and producers ' +
    '(`publish`, member `alert`).',
  fields: (t) => ({
    ...exposedFields(t, {
      id: id('`alert_YYYYMMDD_NNN`: the UTC day it was stored and its number.'),
      alertType: string('The rule’s name, such as `high_cpu`, or what a producer calls it.'),
      level: of(AlertLevelType, 'How bad it is.'),
      title: string('In a few words.'),
      message: string('In a sentence.'),
      source: string(
        'Who raised it: `alert_engine` for this server’s rules, `producer`, or a name that was given.',
      ),
      agentId: nullable.id('The agent concerned, if any.'),
      provider: nullable.string('The provider concerned, if any.'),
      autoDismiss: boolean('Whether it is resolved by itself 60 seconds after it was raised.'),
      actions: stringList('What somebody might do, as texts for buttons; at most 10.'),
      raisedAt: dateTime('When it was raised.'),
      acknowledgedAt: nullable.dateTime('When somebody acknowledged it; null when nobody has.'),
      acknowledgedBy: nullable.id('Who acknowledged it: the subject of a credential; null when nobody has.'),
      resolvedAt: nullable.dateTime('When it was over; null while it is not.'),
    }),
    number: t.float({
      description:
        'A whole number: alerts are counted from 1, also over restarts. In events that were stored before alerts ' +
        'were counted, their position in the log.',
      resolve: numberOf,
    }),
    subject: t.string({
      nullable: true,
      description: 'What it is about: the host’s id for this server’s rules; null when nothing was given.',
      resolve: ({ subject }) => (subject === '' ? null : subject),
    }),
    status: t.field({ type: AlertStatusType, description: 'How it stands.', resolve: statusOf }),
  }),
});

export const AlertFilterInput = builder.inputType('AlertFilter', {
  description: 'Alerts that satisfy all that is given.',
  fields: (t) => ({
    active: t.boolean({
      description: 'true: neither acknowledged nor resolved; false: one of both. Default: any.',
    }),
    acknowledged: t.boolean({
      description: 'Whether somebody has acknowledged it, resolved or not. Default: any.',
    }),
    levels: t.field({ type: [AlertLevelType], description: 'Any of these levels.' }),
    alertTypes: t.stringList({ bounds: { items: 100, chars: 128 }, description: 'Any of these types.' }),
    agentId: t.id({ description: 'Exactly this agent.' }),
    provider: t.string({ bounds: { chars: 128 }, description: 'Exactly this provider.' }),
    since: t.field({ type: 'DateTime', description: 'Raised not before (inclusive).' }),
    until: t.field({ type: 'DateTime', description: 'Raised before (exclusive).' }),
  }),
});

/** Where something is wrong. */
const activeAlertsUsual = 100;

keysetConnection('alerts', {
  name: 'Alert',
  type: Alert,
  list: alertList,
  node: toAlert,
  description:
    'All alerts that are kept, newest first by the time they were raised. Paged by keyset. ' +
    `${searchedPages('the filter’s parts besides `since` and `until`, or with `acknowledged` or `active: false`')} ` +
    'Source: the table alerts.',
  page: 'A page of the alerts.',
  edge: 'An alert and its place in the list.',
  totalCount: 'All alerts that satisfy the filter.',
  args: (t) => ({ filter: t({ type: AlertFilterInput, description: 'Which alerts; default all.' }) }),
  filter: ({ filter }) => filter ?? {},
});

builder.queryField('activeAlerts', (t) =>
  t.field({
    type: [Alert],
    requires: 'read',
    extensions: listSize(activeAlertsUsual),
    description: `Alerts that are neither acknowledged nor resolved, newest first, at most ${activeAlertsMax}.`,
    resolve: (_root, _args, { journal }) => [
      ...(journal.gauges.newest(activeAlertsChanged, activeAlertsKey)?.payload.alerts ?? []),
    ],
  }),
);

gaugeSubscription('activeAlerts', {
  type: [Alert],
  topic: activeAlertsChanged,
  description:
    'Alerts that are neither acknowledged nor resolved, newest first, at most ' +
    `${activeAlertsMax}: what is active at once first, then at once whenever that changes.`,
  keys: () => [activeAlertsKey],
  everyMs: { defaultMs: 5_000 },
  usualSize: activeAlertsUsual,
  resolve: ({ payload }) => payload.alerts,
});

const MonitorStatus = builder.objectRef<MonitorLook>('MonitorStatus').implement({
  description: 'The monitoring of providers at a glance: how they are, what was alerted, who is connected.',
  fields: (t) => ({
    ...exposedFields(t, {
      sampledAt: dateTime('When all of it was looked at.'),
      unacknowledgedAlerts: nullable.int(
        'Alerts raised in the 60 minutes before that nobody has acknowledged, resolved or not; null when the store does ' +
          'not answer. Source: the table alerts.',
      ),
    }),
    providers: t.field({
      type: ProviderSummaryType,
      nullable: true,
      description: 'All providers in short; null only while the server starts.',
      resolve: (_look, _args, { journal }) =>
        journal.gauges.newest(providerSummarySampled, summaryKey)?.payload,
    }),
    connections: t.field({
      type: Connections,
      description: 'Who is connected to this instance.',
      resolve: (_look, _args, context) => newestConnections(context),
    }),
  }),
});

gaugeSubscription('monitorStatus', {
  type: MonitorStatus,
  topic: monitorLookedAt,
  description: 'The monitoring of providers at a glance, looked at again every `everyMs`.',
  keys: (_args, { serverInfo }) => [serverInfo.hostId],
  everyMs: { defaultMs: 10_000 },
});
