import { builder } from '../../graph/builder.ts';
import { Event, eventRef } from '../../graph/event.ts';
import { stream, throughTheDoor } from '../../graph/stream.ts';
import type { Entry } from '../../journal/topic.ts';
import {
  providerEvents,
  type ProviderEventPayload,
  type ProviderEventType,
  type RateLimitCrossing,
  type StatusChange,
  type UsageReport,
} from './events.ts';
import { ProviderStatusType, RateLimitTypeType } from './words.graph.ts';

const eventTypes = {
  STATUS_CHANGED: 'providerStatusChanged',
  RATE_LIMIT_CROSSED: 'rateLimitCrossed',
  RATE_LIMIT_USAGE_REPORTED: 'rateLimitUsageReported',
} as const satisfies Record<string, ProviderEventType>;

type EventTypeName = keyof typeof eventTypes;

const typeNames = new Map<string, EventTypeName>(
  Object.entries(eventTypes).map(([name, type]) => [type, name as EventTypeName]),
);

const ProviderEventTypeEnum = builder.enumType('ProviderEventType', {
  description: 'What can happen to providers.',
  values: {
    STATUS_CHANGED: {
      description:
        'A probe found another status than the one before. The first probe of all changes nothing.',
    },
    RATE_LIMIT_CROSSED: {
      description:
        'The usage of a limit came to 80, 95 or 100 %; told again every minute while it is 80 % or more.',
    },
    RATE_LIMIT_USAGE_REPORTED: { description: 'A producer reported the usage of a limit.' },
  } as const,
});

const RateLimitSeverityType = builder.enumType('RateLimitSeverity', {
  description: 'How much of a limit is used up.',
  values: {
    WARNING: { description: '80 % or more.' },
    CRITICAL: { description: '95 % or more.' },
  } as const,
});

const ProviderEvent = eventRef('ProviderEvent', providerEvents, { kind: 'PROVIDER' });

type AnyFields = Partial<StatusChange & RateLimitCrossing & UsageReport>;

/** What the payloads of the several types have; a type that has not got it leaves it out. */
function fieldsOf({ payload }: Entry<ProviderEventPayload>): AnyFields {
  return payload;
}

builder.objectType(ProviderEvent, {
  description:
    'Something that happened to a provider. Null is what this type does not have, or is not known.',
  interfaces: [Event],
  fields: (t) => ({
    type: t.field({
      type: ProviderEventTypeEnum,
      description: 'What happened.',
      resolve: ({ type }) => typeNames.get(type) ?? 'STATUS_CHANGED',
    }),
    provider: t.string({ description: 'The provider’s name.', resolve: ({ payload }) => payload.provider }),
    oldStatus: t.field({
      type: ProviderStatusType,
      nullable: true,
      description: 'Of a status: the one before.',
      resolve: (entry) => fieldsOf(entry).oldStatus,
    }),
    newStatus: t.field({
      type: ProviderStatusType,
      nullable: true,
      description: 'Of a status: the new one.',
      resolve: (entry) => fieldsOf(entry).newStatus,
    }),
    responseTimeMs: t.float({
      nullable: true,
      description: 'Of a status: milliseconds to the headers; null without an answer.',
      resolve: (entry) => fieldsOf(entry).responseTimeMs,
    }),
    httpStatusCode: t.int({
      nullable: true,
      description: 'Of a status: the answer’s; null without one.',
      resolve: (entry) => fieldsOf(entry).httpStatusCode,
    }),
    errorMessage: t.string({
      nullable: true,
      description: 'Of a status: why the probe failed; null when it succeeded.',
      resolve: (entry) => fieldsOf(entry).errorMessage,
    }),
    limitType: t.field({
      type: RateLimitTypeType,
      nullable: true,
      description: 'Of a limit: its window.',
      resolve: (entry) => fieldsOf(entry).limitType,
    }),
    limitValue: t.float({
      nullable: true,
      description: 'Of a limit: requests a window, a whole number.',
      resolve: (entry) => fieldsOf(entry).limitValue,
    }),
    currentUsage: t.float({
      nullable: true,
      description: 'Of a limit: requests used, a whole number.',
      resolve: (entry) => fieldsOf(entry).currentUsage,
    }),
    percentage: t.float({
      nullable: true,
      description: 'Of a limit that is nearly used up: percent used.',
      resolve: (entry) => fieldsOf(entry).percentage,
    }),
    severity: t.field({
      type: RateLimitSeverityType,
      nullable: true,
      description: 'Of a limit that is nearly used up: how bad it is.',
      resolve: (entry) => fieldsOf(entry).severity,
    }),
    threshold: t.float({
      nullable: true,
      description: 'Of a limit that is nearly used up: the percent reached, 80, 95 or 100.',
      resolve: (entry) => fieldsOf(entry).threshold,
    }),
    repeated: t.boolean({
      nullable: true,
      description: 'Of a limit that is nearly used up: whether it was told before and still is.',
      resolve: (entry) => fieldsOf(entry).repeated,
    }),
    resetAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Of a limit: from then on it counts from zero.',
      resolve: (entry) => {
        const { resetAt } = fieldsOf(entry);
        return resetAt === undefined ? null : new Date(resetAt);
      },
    }),
  }),
});

function typesOf(args: Readonly<Record<string, unknown>>): readonly string[] | null {
  const names = args['types'] as readonly EventTypeName[] | null | undefined;
  return names?.map((name) => eventTypes[name]) ?? null;
}

builder.subscriptionField('providerEvents', (t) =>
  t.field({
    type: ProviderEvent,
    requires: 'read',
    description: 'EVERY. What happens to providers, after the cursor `after` or from now on.',
    args: {
      provider: t.arg.string({
        bounds: { chars: 256 },
        description: 'Only of this provider, by its exact name; default all.',
      }),
      types: t.arg({ type: [ProviderEventTypeEnum], description: 'Only of these types; default all.' }),
      after: t.arg({
        type: 'Cursor',
        description: 'Go on behind this cursor; `earliest`: from the oldest event kept.',
      }),
    },
    extensions: stream({
      delivery: 'EVERY',
      topics: [providerEvents.name],
      types: typesOf,
      matches: (args) => {
        const types = typesOf(args);
        const provider = args['provider'] as string | null | undefined;
        return ({ type, key }) => (types === null || types.includes(type)) && (!provider || key === provider);
      },
    }),
    subscribe: throughTheDoor<ProviderEventPayload>,
    resolve: (entry) => entry,
  }),
);
