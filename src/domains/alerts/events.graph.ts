import { builder } from '../../graph/builder.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import { Event, eventRef } from '../../graph/event.ts';
import { stream, throughTheDoor } from '../../graph/stream.ts';
import type { Entry } from '../../journal/topic.ts';
import { Alert, AlertFilterInput, AlertLevelType } from './alert.graph.ts';
import {
  alertEvents,
  systemEvents,
  type AlertChange,
  type AlertEventPayload,
  type SystemEventPayload,
} from './events.ts';
import { alertOf, statusOf } from './record.ts';
import type { AlertFilter } from './store.ts';

const eventTypes = {
  RAISED: 'alertRaised',
  ACKNOWLEDGED: 'alertAcknowledged',
  RESOLVED: 'alertResolved',
} as const;

type EventTypeName = keyof typeof eventTypes;

const typeNames = new Map<string, EventTypeName>(
  Object.entries(eventTypes).map(([name, type]) => [type, name as EventTypeName]),
);

const AlertEventType = describedEnum('AlertEventType', 'What can happen to an alert.', {
  RAISED: 'It came up.',
  ACKNOWLEDGED: 'Somebody took notice.',
  RESOLVED: 'It is over.',
});

const AlertEvent = eventRef('AlertEvent', alertEvents, { kind: 'ALERT' });

builder.objectType(AlertEvent, {
  description: 'Something that happened to an alert.',
  interfaces: [Event],
  fields: (t) => ({
    type: t.field({
      type: AlertEventType,
      description: 'What happened.',
      resolve: ({ type }) => typeNames.get(type) ?? 'RAISED',
    }),
    alert: t.field({ type: Alert, description: 'The alert as it stood right after.', resolve: alertOf }),
    by: t.id({
      nullable: true,
      description:
        'Who acknowledged or resolved it; null when it was raised, and when it was over by itself.',
      resolve: ({ type, payload }) => (type === 'alertRaised' ? null : (payload as AlertChange).by),
    }),
  }),
});

function typesOf(args: Readonly<Record<string, unknown>>): readonly string[] | null {
  const names = args['types'] as readonly EventTypeName[] | null | undefined;
  return names?.map((name) => eventTypes[name]) ?? null;
}

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

builder.subscriptionField('alertEvents', (t) =>
  t.field({
    type: AlertEvent,
    requires: 'read',
    description:
      'EVERY. Alerts raised, acknowledged and resolved, after the cursor `after` or from now on. An alert whose level ' +
      'rises is resolved and raised anew.',
    args: {
      filter: t.arg({
        type: AlertFilterInput,
        description: 'Only events after which their alert satisfies this; default all.',
      }),
      types: t.arg({ type: [AlertEventType], description: 'Only of these types; default all.' }),
      after: t.arg({
        type: 'Cursor',
        description: 'Go on behind this cursor; `earliest`: from the oldest event kept.',
      }),
    },
    extensions: stream({
      delivery: 'EVERY',
      topics: [alertEvents.name],
      types: typesOf,
      matches: (args) => {
        const types = typesOf(args);
        const satisfies = alertMatch((args['filter'] as AlertFilter | null | undefined) ?? {});
        return (entry) =>
          (types === null || types.includes(entry.type)) && satisfies(entry as Entry<AlertEventPayload>);
      },
    }),
    subscribe: throughTheDoor<AlertEventPayload>,
    resolve: (entry) => entry,
  }),
);

const SystemEvent = eventRef('SystemEvent', systemEvents, { kind: 'SYSTEM' });

builder.objectType(SystemEvent, {
  description: 'Something that a system tells its operators. Source: `publish`, member `systemEvent`.',
  interfaces: [Event],
  fields: (t) => ({
    eventType: t.string({
      description: 'What its producer calls it: `deployment_started`.',
      resolve: ({ payload }) => payload.eventType,
    }),
    severity: t.field({
      type: AlertLevelType,
      description: 'How bad it is.',
      resolve: ({ payload }) => payload.severity,
    }),
    title: t.string({ description: 'In a few words.', resolve: ({ payload }) => payload.title }),
    message: t.string({ description: 'In a sentence.', resolve: ({ payload }) => payload.message }),
    source: t.string({
      description: 'Who tells it; `producer` when nothing else was given.',
      resolve: ({ payload }) => payload.source,
    }),
    agentId: t.id({
      nullable: true,
      description: 'The agent concerned, if any.',
      resolve: ({ payload }) => payload.agentId,
    }),
  }),
});

builder.subscriptionField('systemEvents', (t) =>
  t.field({
    type: SystemEvent,
    requires: 'read',
    description: 'EVERY. What systems tell their operators, after the cursor `after` or from now on.',
    args: {
      after: t.arg({
        type: 'Cursor',
        description: 'Go on behind this cursor; `earliest`: from the oldest event kept.',
      }),
    },
    extensions: stream({ delivery: 'EVERY', topics: [systemEvents.name], types: () => null }),
    subscribe: throughTheDoor<SystemEventPayload>,
    resolve: (entry) => entry,
  }),
);
