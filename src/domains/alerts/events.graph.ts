import { nullable, of, payloadFields, string } from '../../graph/exposed-fields.ts';
import { eventEnum } from '../../graph/event-enum.ts';
import { eventSubscription } from '../../graph/event-subscription.ts';
import { eventType } from '../../graph/event.ts';
import type { Entry } from '../../journal/topic.ts';
import { Alert, AlertFilterInput, AlertLevelType } from './alerts.graph.ts';
import {
  alertEvents,
  systemEvents,
  type AlertChange,
  type AlertEventPayload,
  type AlertEventType as EventType,
} from './events.ts';
import { alertOf, statusOf, type AlertFilter } from './store.ts';

const AlertEventType = eventEnum<EventType>('AlertEventType', 'What can happen to an alert.', {
  RAISED: ['alertRaised', 'It came up.'],
  ACKNOWLEDGED: ['alertAcknowledged', 'Somebody took notice.'],
  RESOLVED: ['alertResolved', 'It is over.'],
});

const AlertEvent = eventType('AlertEvent', alertEvents, {
  kind: 'ALERT',
  description: 'Something that happened to an alert.',
  types: AlertEventType,
  fields: (t) => ({
    alert: t.field({ type: Alert, description: 'The alert as it stood right after.', resolve: alertOf }),
    by: t.id({
      nullable: true,
      description:
        'Who acknowledged or resolved it; null when it was raised, and when it was over by itself.',
      resolve: ({ type, payload }) => (type === 'alertRaised' ? null : (payload as AlertChange).by),
    }),
  }),
});

function alertMatch(filter: AlertFilter): (entry: Entry<AlertEventPayload>) => boolean {
  return (entry) => {
    const alert = alertOf(entry);
    return (
      (typeof filter.active !== 'boolean' || filter.active === (statusOf(alert) === 'ACTIVE')) &&
      (!filter.levels || filter.levels.includes(alert.level)) &&
      (!filter.alertTypes || filter.alertTypes.includes(alert.alertType)) &&
      (!filter.agentId || filter.agentId === alert.agentId) &&
      (!filter.provider || filter.provider === alert.provider) &&
      (!filter.since || alert.raisedAt >= filter.since.getTime()) &&
      (!filter.until || alert.raisedAt < filter.until.getTime())
    );
  };
}

eventSubscription('alertEvents', {
  type: AlertEvent,
  topic: alertEvents,
  description: 'Alerts raised, acknowledged and resolved',
  note: 'An alert whose level rises is resolved and raised anew.',
  args: (t) => ({
    filter: t({
      type: AlertFilterInput,
      description: 'Only events after which their alert satisfies this; default all.',
    }),
  }),
  types: AlertEventType,
  matches: ({ filter }) => alertMatch(filter ?? {}),
});

const SystemEvent = eventType('SystemEvent', systemEvents, {
  kind: 'SYSTEM',
  description: 'Something that a system tells its operators. Source: `publish`, member `systemEvent`.',
  fields: (t) =>
    payloadFields(t, {
      eventType: string('What its producer calls it: `deployment_started`.'),
      severity: of(AlertLevelType, 'How bad it is.'),
      title: string('In a few words.'),
      message: string('In a sentence.'),
      source: string('Who tells it; `producer` when nothing else was given.'),
      agentId: nullable.id('The agent concerned, if any.'),
    }),
});

eventSubscription('systemEvents', {
  type: SystemEvent,
  topic: systemEvents,
  description: 'What systems tell their operators',
});
