import type { FieldMap } from '@pothos/core';
import { builder, type GraphTypes } from '../../graph/builder.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import { eventConnection, eventsLink } from '../../graph/event-links.ts';
import { eventSubscription } from '../../graph/event-subscription.ts';
import { eventVariants } from '../../graph/event.ts';
import {
  dateTime,
  exposedFields,
  id,
  named,
  nullable,
  of,
  payloadFields,
  string,
} from '../../graph/exposed-fields.ts';
import { linkField } from '../../graph/links.ts';
import { nodeType } from '../../graph/node.ts';
import { keysetConnection } from '../../graph/keyset-connection.ts';
import { loader } from '../../graph/loaders.ts';
import { SeverityType } from '../../graph/severity.ts';
import { Alert } from './alerts.graph.ts';
import {
  silenceEvents,
  type SilenceChange,
  type SilenceEventType,
  type SilenceMatcher,
  type SilenceRecord,
  type SilenceState,
} from './silences.events.ts';
import { readSilences, silenceList, toSilence } from './silences.store.ts';

export const silenceTexts = {
  alertIds: 'Ids of alerts, `alert_YYYYMMDD_NNN`.',
  alertTypes: 'Types of alerts: names of rules, or types that producers chose.',
  severities: 'Levels of alerts.',
  providerNames: 'Names of the providers that alerts concern.',
  agentIds: 'Agents that alerts concern.',
  subjects: 'What alerts are about, such as host ids: values of `Alert.subject`.',
  sources: 'Sources of alerts: `alert_engine`, `producer` or names that producers chose.',
  labels: 'Labels that an alert must have, a JSON object of strings. The alert may have further labels.',
  endsAt: 'When the silence ends.',
  reason: 'Why the alerts are silenced, for people.',
} as const;
export const matchAll = 'A silence applies to alerts that match all members that are given.';

const Matcher = builder.objectRef<SilenceMatcher>('SilenceMatcher').implement({
  description: `Which alerts a silence applies to. ${matchAll} A member that is null matches all alerts.`,
  fields: (t) => ({
    alertIds: t.exposeIDList('alertIds', { nullable: true, description: silenceTexts.alertIds }),
    alertTypes: t.exposeStringList('alertTypes', { nullable: true, description: silenceTexts.alertTypes }),
    severities: t.field({
      type: [SeverityType],
      nullable: true,
      description: silenceTexts.severities,
      resolve: ({ severities }) => severities as (typeof SeverityType.$inferType)[] | null,
    }),
    providerNames: t.exposeStringList('providers', {
      nullable: true,
      description: silenceTexts.providerNames,
    }),
    agentIds: t.exposeIDList('agentIds', { nullable: true, description: silenceTexts.agentIds }),
    subjects: t.exposeStringList('subjects', { nullable: true, description: silenceTexts.subjects }),
    sources: t.exposeStringList('sources', { nullable: true, description: silenceTexts.sources }),
    labels: t.expose('labels', { type: 'JSON', nullable: true, description: silenceTexts.labels }),
  }),
});

const SilenceStatus = describedEnum<SilenceState>('SilenceStatus', 'Whether a silence applies.', {
  ACTIVE: 'The silence applies to the alerts that it matches.',
  ENDED: 'The silence reached its end, or an operator ended it.',
});

/** The fields that a silence has in common with the snapshots in events. */
function silenceFields(
  t: PothosSchemaTypes.RootFieldBuilder<GraphTypes, SilenceRecord, 'Object' | 'Interface'>,
): FieldMap {
  return {
    ...exposedFields(t, {
      matcher: of(Matcher, 'The alerts to which the silence applies.'),
      reason: string(silenceTexts.reason),
      until: named('endsAt', dateTime(silenceTexts.endsAt)),
      createdBy: id('Subject of the credential that created the silence.'),
      createdAt: dateTime('When the silence was created.'),
      updatedAt: dateTime('When the silence was last changed.'),
      endedAt: nullable.dateTime('When the silence ended. Null while it is active.'),
      endedBy: nullable.id(
        'Subject of the credential that ended the silence. Null while it is active, and if it ended at `endsAt`.',
      ),
    }),
    status: t.field({
      type: SilenceStatus,
      description: 'Whether the silence is active or has ended.',
      resolve: ({ endedAt }) => (endedAt === null ? 'ACTIVE' : 'ENDED'),
    }),
  };
}

export const Silence = nodeType<SilenceRecord>('Silence', {
  description:
    'A rule of operators that alerts are not to be reported for a while. An alert that it matches is stored with the status ' +
    '`SILENCED`; it is not among the active alerts, and no webhook is called for it.',
  key: ({ silenceId }) => silenceId,
  load: (keys, { db }) => readSilences(db, keys),
  fields: (t) => ({
    silenceId: t.exposeID('silenceId', { description: 'Identifies the silence.' }),
    ...silenceFields(t),
  }),
});

const SilenceSnapshot = builder.objectRef<SilenceRecord>('SilenceSnapshot').implement({
  description: 'A silence at the time of an event. Source: the log.',
  fields: silenceFields,
});

const SilenceFilter = builder.inputType('SilenceFilter', {
  description: 'Selects silences that match all given conditions.',
  fields: (t) => ({
    statuses: t.field({ type: [SilenceStatus], description: 'Only silences with one of these statuses.' }),
  }),
});

keysetConnection('silences', {
  name: 'Silence',
  type: Silence,
  list: silenceList,
  node: toSilence,
  description:
    'Returns silences, most recently created first. Source: the table silences, which keeps a silence for RETENTION_DAYS ' +
    'after it ended.',
  followedBy: 'silenceEvents',
  page: 'A page of silences.',
  edge: 'A silence and its position in the list.',
  totalCount: 'Number of silences that match the filter.',
  filterInput: SilenceFilter,
  one: {
    field: 'silence',
    description: 'Returns one silence. Null if it does not exist or is no longer retained.',
    key: 'silenceId',
    keyDescription: 'The value of `silenceId` that `createSilence` returned.',
  },
});

const silenceLoader = loader(({ db }, ids: readonly string[]) => readSilences(db, ids));

builder.objectField(Alert, 'silence', (t) =>
  t.field({
    type: Silence,
    nullable: true,
    description: 'The silence in `silencedBy`. Null if there is none, or if it is no longer retained.',
    resolve: ({ silencedBy }, _args, context) =>
      silencedBy === null ? null : silenceLoader(context).load(silencedBy),
  }),
);

const silenceEvent = eventVariants<Record<SilenceEventType, SilenceChange>>('SilenceEvent', silenceEvents, {
  kind: 'SILENCE',
  description: 'A change of a silence.',
  typesDescription: 'Types of events about silences.',
  fields: (t) => ({
    silenceId: t.id({
      description: 'Identifies the silence.',
      resolve: ({ payload }) => payload.silence.silenceId,
    }),
    silence: linkField(t, {
      to: Silence,
      description: 'The present state of the silence. Null if it is no longer retained.',
      key: ({ payload }) => payload.silence.silenceId,
    }),
    silenceSnapshot: t.field({
      type: SilenceSnapshot,
      description: 'The silence after the change.',
      resolve: ({ payload }) => payload.silence,
    }),
    ...payloadFields(t, {
      by: named(
        'changedBy',
        nullable.id('Subject of the credential that made the change. Null if the silence ended at `endsAt`.'),
      ),
    }),
  }),
  variants: (of) => ({
    CREATED: of('silenceCreated', 'SilenceCreated', 'An operator created the silence.'),
    UPDATED: of('silenceUpdated', 'SilenceUpdated', 'An operator changed the end or the reason.'),
    ENDED: of('silenceEnded', 'SilenceEnded', 'The silence reached its end, or an operator ended it.'),
  }),
});

eventSubscription('silenceEvents', {
  ...silenceEvent,
  description: 'Created, changed and ended silences',
  ofKey: ['silenceId', 'Returns only events of this silence. Default: all silences.'],
});

eventsLink(Silence, eventConnection('SilenceEvent', { ...silenceEvent, followedBy: 'silenceEvents' }), {
  description: 'The changes of the silence',
  of: ({ silenceId }) => ({ key: silenceId }),
});
