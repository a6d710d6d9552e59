import { sql } from 'kysely';
import { eventConnection, eventsLink } from '../../graph/event-links.ts';
import { eventSubscription } from '../../graph/event-subscription.ts';
import { eventVariants } from '../../graph/event.ts';
import { named, nullable, payloadFields } from '../../graph/exposed-fields.ts';
import { linkField } from '../../graph/links.ts';
import type { Entry } from '../../journal/topic.ts';
import { Alert, AlertFilterInput, AlertSnapshot, alertIdText } from './alerts.graph.ts';
import { alertEvents, alertKey, type AlertEventPayload, type AlertEventPayloads } from './events.ts';
import { hostIdOf, ruleIdOf, textOf, type AlertFilter } from './list.store.ts';
import { alertOf, statusOf } from './store.ts';

const by = {
  by: named(
    'changedBy',
    nullable.id('Subject of the credential that made the change. Null if this server made it.'),
  ),
};

const alertEvent = eventVariants<AlertEventPayloads>('AlertEvent', alertEvents, {
  kind: 'ALERT',
  description: 'A change of an alert.',
  typesDescription: 'Types of events about alerts.',
  fields: (t) => ({
    alertId: t.id({ description: alertIdText, resolve: (entry) => alertOf(entry).id }),
    alert: linkField(t, {
      to: Alert,
      description: 'The present state of the alert. Null if it is no longer retained.',
      key: (entry) => alertOf(entry).id,
    }),
    alertSnapshot: t.field({
      type: AlertSnapshot,
      description: 'The alert after the change.',
      resolve: alertOf,
    }),
  }),
  variants: (of) => ({
    RAISED: of('alertRaised', 'AlertRaised', 'A rule, a mutation or a producer raised an alert.'),
    ACKNOWLEDGED: of('alertAcknowledged', 'AlertAcknowledged', 'An operator acknowledged an alert.', (t) =>
      payloadFields(t, by),
    ),
    RESOLVED: of(
      'alertResolved',
      'AlertResolved',
      'The cause of an alert ended, or an operator resolved the alert.',
      (t) => payloadFields(t, by),
    ),
    SILENCED: of(
      'alertSilenced',
      'AlertSilenced',
      'A silence began to apply to an alert that was raised before.',
      (t) => payloadFields(t, by),
    ),
    UNSILENCED: of(
      'alertUnsilenced',
      'AlertUnsilenced',
      'The silence of an alert that is not resolved ended.',
      (t) => payloadFields(t, by),
    ),
  }),
});

eventSubscription('alertEvents', {
  ...alertEvent,
  description: 'Raised, acknowledged, resolved, silenced and unsilenced alerts',
  note: 'When the severity of an alert rises, the alert is resolved and a new one is raised.',
  args: (t) => ({
    filter: t({
      type: AlertFilterInput,
      description: 'Returns only events after which the alert matches. Default: all.',
    }),
  }),
  matches: ({ filter }) => alertMatch(filter ?? {}),
});

eventsLink(
  Alert,
  eventConnection('AlertEvent', {
    ...alertEvent,
    followedBy: 'alertEvents',
    about: sql`(
      examined.seq = wanted.subject::bigint or examined.payload #>> '{alert,seq}' = wanted.subject
    )`,
  }),
  {
    description: 'The events of the alert',
    // the key of the events is that of all alerts of this type and subject
    of: (alert) => ({ key: alertKey(alert), from: alert.seq, subject: String(alert.seq) }),
  },
);

function alertMatch(filter: AlertFilter): (entry: Entry<AlertEventPayload>) => boolean {
  return (entry) => {
    const alert = alertOf(entry);
    return (
      (!filter.statuses || filter.statuses.includes(statusOf(alert))) &&
      (typeof filter.acknowledged !== 'boolean' || filter.acknowledged === (alert.acknowledgedAt !== null)) &&
      (!filter.silencedBy || filter.silencedBy === alert.silencedBy) &&
      (!filter.severities || filter.severities.includes(alert.level)) &&
      (!filter.alertTypes || filter.alertTypes.includes(alert.alertType)) &&
      (!filter.agentId || filter.agentId === alert.agentId) &&
      (!filter.providerName || filter.providerName === alert.provider) &&
      (!filter.hostId || filter.hostId === hostIdOf(alert)) &&
      (!filter.ruleId || filter.ruleId === ruleIdOf(alert)) &&
      (!filter.search || textOf(alert).includes(filter.search.toLowerCase())) &&
      (!filter.since || alert.raisedAt >= filter.since.getTime()) &&
      (!filter.until || alert.raisedAt < filter.until.getTime())
    );
  };
}
