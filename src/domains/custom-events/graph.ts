import { builder } from '../../graph/builder.ts';
import { eventSubscription } from '../../graph/event-subscription.ts';
import { eventType } from '../../graph/event.ts';
import {
  dateTime,
  exposedFields,
  named,
  nullable,
  of,
  payloadFields,
  string,
} from '../../graph/exposed-fields.ts';
import { keysetConnection, searchedPages } from '../../graph/keyset-connection.ts';
import { listSize } from '../../graph/list-size.ts';
import { producerEvent } from '../../graph/producer-event.ts';
import { rejectField } from '../../graph/reported-values.ts';
import { SeverityType } from '../../graph/severity.ts';
import { timeRangeFields } from '../../graph/time-range-fields.ts';
import { reservedActionTypes } from '../../journal/reserved-ids.ts';
import { camelKeys, type CamelKeys } from '../../lib/case-keys.ts';
import { reservedNames } from '../../lib/reserved-names.ts';
import { customEvents } from './events.ts';
import { customEventList, readCustomEventTypes, toEntry, type CustomEventTypesTable } from './store.ts';

const typePattern = /^[A-Za-z][A-Za-z0-9_.:/-]*$/;
const typeBounds = { chars: [1, 100] } as const;
const subjectBounds = { chars: [1, 256] } as const;
const typesBounds = { items: [1, 100], ...typeBounds } as const;
/** These events are activities, and these types of activities are of the server's own making. */
const isOwnAction = reservedNames(reservedActionTypes);

const described = {
  type: 'Type of the event, chosen by its producer: `deploy.finished`.',
  subject: 'What the event is about: the name or id of a service, a machine, an order.',
  severity: 'How severe the event is.',
  message: 'Message for people.',
  data: 'Further data: any JSON value.',
};

const CustomEvent = eventType('CustomEvent', customEvents, {
  kind: 'CUSTOM',
  description: 'An event of a type that its producer chose. Source: the producer event `event`.',
  fields: (t) =>
    payloadFields(t, {
      type: string(described.type),
      subject: nullable.string(`${described.subject} Null if the producer named none.`),
      severity: of(SeverityType, described.severity),
      message: string(described.message),
      data: nullable.json(`${described.data} Null if the producer gave none.`),
    }),
});

const CustomEventFilterInput = builder.inputType('CustomEventFilter', {
  description: 'Selects custom events that match all given conditions.',
  fields: (t) => ({
    types: t.stringList({ bounds: typesBounds, description: 'Only events of these types.' }),
    subject: t.string({ bounds: subjectBounds, description: 'Only events about this subject.' }),
    severities: t.field({ type: [SeverityType], description: 'Only events of these severities.' }),
    ...timeRangeFields(t, 'events that happened'),
  }),
});

keysetConnection('customEvents', {
  name: 'CustomEvent',
  type: CustomEvent,
  list: customEventList,
  node: toEntry,
  description:
    'Returns custom events, newest `occurredAt` first. Source: the table custom_events, which keeps them for ' +
    `RETENTION_DAYS. ${searchedPages('`types`, `subject` and `severities`')}`,
  followedBy: 'customEvents',
  page: 'A page of custom events.',
  edge: 'A custom event and its cursor.',
  totalCount: 'Number of retained custom events that match the filter.',
  filterInput: CustomEventFilterInput,
});

eventSubscription('customEvents', {
  type: CustomEvent,
  topic: customEvents,
  description: 'Custom events',
  args: (t) => ({
    filter: t({ type: CustomEventFilterInput, description: 'Returns only matching events. Default: all.' }),
  }),
  matches({ filter }) {
    const { types, subject, severities, since, until } = filter ?? {};
    const wanted = types && new Set<string>(types);
    return ({ occurredAt, payload }) =>
      (!wanted || wanted.has(payload.type)) &&
      (!subject || payload.subject === subject) &&
      (!severities || severities.includes(payload.severity)) &&
      (!since || occurredAt >= since.getTime()) &&
      (!until || occurredAt < until.getTime());
  },
});

const CustomEventType = builder.objectRef<CamelKeys<CustomEventTypesTable>>('CustomEventType').implement({
  description: 'A type of custom events. It is registered with the first event of the type.',
  fields: (t) =>
    exposedFields(t, {
      name: string('The type, as events carry it: `deploy.finished`.'),
      firstAt: named('firstEventAt', dateTime('When the first event of the type was stored.')),
      lastAt: named('lastEventAt', dateTime('When the last event of the type was stored.')),
    }),
});

builder.queryField('customEventTypes', (t) =>
  t.field({
    type: [CustomEventType],
    requires: 'read',
    description:
      'Returns the types of custom events that are in use, in alphabetical order. Source: the table ' +
      'custom_event_types, which keeps a type for RETENTION_DAYS after its last event.',
    extensions: listSize(100),
    resolve: async (_root, _args, { db }) => (await readCustomEventTypes(db)).map(camelKeys),
  }),
);

producerEvent('event', {
  inputName: 'CustomEventInput',
  description: 'An event of a type of your own.',
  topic: customEvents,
  type: 'customEventReported',
  fields: (t) => ({
    type: t.string({
      required: true,
      bounds: typeBounds,
      description:
        `${described.type} Letters, digits, _, ., :, / and -, beginning with a letter. The number of types is ` +
        'limited (CUSTOM_EVENT_TYPES_MAX), so it must not contain ids.',
    }),
    subject: t.string({ bounds: subjectBounds, description: described.subject }),
    severity: t.field({ type: SeverityType, description: `${described.severity} Default: INFO.` }),
    message: t.string({ required: true, bounds: { chars: [1, 4_096] }, description: described.message }),
    data: t.field({ type: 'JSON', bounds: { jsonChars: 32_768 }, description: described.data }),
  }),
  draft: ({ severity, ...fields }) => {
    const { type, subject } = fields;
    if (!typePattern.test(type))
      rejectField('type', 'a letter, followed by letters, digits, _, ., :, / and -');
    if (isOwnAction(type)) rejectField('type', `a type other than ${[...reservedActionTypes].join(' and ')}`);
    return { key: subject ?? type, payload: { ...fields, severity: severity ?? 'INFO' } };
  },
});
