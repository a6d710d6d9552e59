import { reservedSubjects } from '../../auth/subject.ts';
import { builder, type GraphTypes } from '../../graph/builder.ts';
import { dateTime, exposedFields, json, named, nullable, string } from '../../graph/exposed-fields.ts';
import { eventSubscription } from '../../graph/event-subscription.ts';
import { eventType } from '../../graph/event.ts';
import { keysetConnection, searchedPages } from '../../graph/keyset-connection.ts';
import { producerEvent } from '../../graph/producer-event.ts';
import { SeverityType } from '../../graph/severity.ts';
import { rejectField, requireNotNegative, requireObject } from '../../graph/reported-values.ts';
import { timeRangeFields } from '../../graph/time-range-fields.ts';
import { linkField } from '../../graph/links.ts';
import { fromList, nodeType } from '../../graph/node.ts';
import type { Entry } from '../../journal/topic.ts';
import { reservedActionTypes } from '../../journal/reserved-ids.ts';
import { msOf, secondsOf } from '../../lib/seconds.ts';
import { reservedNames } from '../../lib/reserved-names.ts';
import { activityEvents } from './events.ts';
import { activityOf, activityTopics, activityTypes, type Activity } from './activity-from-event.ts';
import { activityList, toActivity } from './store.ts';

const metadata = 'Additional information: a JSON object.';

/** The fields that an activity has in common with the snapshots in events. */
function activityFields(t: PothosSchemaTypes.ObjectFieldBuilder<GraphTypes, Activity>) {
  return {
    ...exposedFields(t, {
      title: string('Short summary.'),
      description: nullable.string('Message for people. Null if there is none.'),
      user: nullable.string('The person who acted; `system` for programs. Null if the producer gave none.'),
      actionType: string(
        'One of `training_start`, `training_complete`, `training_failed`, `model_deployment`, `agent_intervention` and ' +
          '`job_run`, or a type that a producer chose.',
      ),
      status: string('`in_progress`, `completed`, `failed`, `aborted`, or a status that a producer chose.'),
      metadata: json(metadata),
    }),
    durationMs: t.float({
      nullable: true,
      description: 'Duration in milliseconds. Null if it is unknown.',
      resolve: ({ durationSeconds }) => msOf(durationSeconds),
    }),
    severity: t.expose('severityLevel', { type: SeverityType, description: 'How severe it is.' }),
  };
}

const activityIdText =
  '`act_YYYYMMDD_NNN`: the UTC day on which the activity was stored, and its number, counted from 1.';

const ActivityType = nodeType<Activity>('Activity', {
  description:
    'An action of a person or a program. Source: the producer event `activity`, and events about training runs, ' +
    'deployments, interventions and jobs, and custom events. Of the runs of frequent jobs only those that a person requested, the first ' +
    'of consecutive failures, and the success after them.',
  key: ({ id: activityId }) => activityId,
  load: fromList(activityList, toActivity),
  fields: (t) => ({
    activityId: t.exposeID('id', { description: activityIdText }),
    ...activityFields(t),
    ...exposedFields(t, {
      at: named('occurredAt', dateTime('When the action took place.')),
      reportedBy: nullable.id(
        'Subject of the credential that reported the event. Null if this server recorded the event itself.',
      ),
    }),
  }),
});

const ActivitySnapshot = builder.objectRef<Activity>('ActivitySnapshot').implement({
  description: 'An activity at the time of its event. Source: the log.',
  fields: activityFields,
});

/** The activity of an entry of `activityEvents`. */
function activityIn(entry: Entry): Activity {
  const activity = activityOf(entry);
  if (activity === null) throw new Error(`an event of type ${entry.type} is not an activity`);
  return activity;
}

const ActivityEvent = eventType('ActivityEvent', activityEvents, {
  kind: 'ACTIVITY',
  topics: activityTopics as (typeof activityEvents)[],
  isVisible: (entry) => activityOf(entry) !== null,
  description: 'An event that is an activity: reported as one, or derived from an event of another domain.',
  fields: (t) => ({
    activityId: t.id({ description: activityIdText, resolve: (entry) => activityIn(entry).id }),
    activity: linkField(t, {
      to: ActivityType,
      description: 'The stored activity. Null if it is no longer retained.',
      key: (entry) => activityIn(entry).id,
    }),
    activitySnapshot: t.field({
      type: ActivitySnapshot,
      description: 'The action.',
      resolve: activityIn,
    }),
  }),
});

const ActivityFilterInput = builder.inputType('ActivityFilter', {
  description: 'Selects activities that match all given conditions.',
  fields: (t) => ({
    users: t.stringList({
      bounds: { items: 100, chars: 128 },
      description: 'Only actions of one of these persons.',
    }),
    actionTypes: t.stringList({
      bounds: { items: 100, chars: 128 },
      description: 'Only actions of one of these types.',
    }),
    ...timeRangeFields(t, 'actions that took place'),
  }),
});

keysetConnection('activity', {
  name: 'Activity',
  type: ActivityType,
  list: activityList,
  node: toActivity,
  description:
    'Returns activities, most recent first. Source: the table activities. ' +
    searchedPages('`users` and `actionTypes`'),
  followedBy: 'activityEvents',
  page: 'A page of activities.',
  edge: 'An activity and its position in the list.',
  totalCount: 'Number of retained activities that match the filter.',
  filterInput: ActivityFilterInput,
});

eventSubscription('activityEvents', {
  type: ActivityEvent,
  topic: activityTopics,
  description: 'Activities, reported or derived from other events',
  typesOf: () => activityTypes,
  matches: () => (entry) => activityOf(entry) !== null,
});

const nameBounds = { chars: [1, 128] } as const;
const isOwnAction = reservedNames(reservedActionTypes);
const isReservedUser = reservedNames(reservedSubjects);

producerEvent('activity', {
  description: 'An action of a person or a program.',
  instant: { description: 'When the action took place.' },
  topic: activityEvents,
  type: 'activityReported',
  fields: (t) => ({
    title: t.string({ required: true, bounds: { chars: [1, 200] }, description: 'Short summary.' }),
    description: t.string({ bounds: { chars: 4_096 }, description: 'Message for people.' }),
    user: t.string({ bounds: nameBounds, description: 'The person who acted.' }),
    actionType: t.string({
      required: true,
      bounds: nameBounds,
      description: 'A type such as `data_import`.',
    }),
    status: t.string({ required: true, bounds: nameBounds, description: 'A status such as `completed`.' }),
    severity: t.field({ type: SeverityType, description: 'How severe it is. Default: `INFO`.' }),
    durationMs: t.float({ description: 'Duration in milliseconds, not negative.' }),
    metadata: t.field({ type: 'JSON', bounds: { jsonChars: 8_192 }, description: metadata }),
  }),
  draft: ({ severity: severityLevel, durationMs, metadata, ...fields }) => {
    const { actionType, user } = fields;
    if (isOwnAction(actionType))
      rejectField(
        'actionType',
        `a type that this server does not record itself (${[...reservedActionTypes].join(', ')})`,
      );
    if (user !== null && isReservedUser(user))
      rejectField('user', `a name other than ${[...reservedSubjects].join(' and ')}`);
    requireNotNegative('durationMs', durationMs);
    return {
      key: actionType,
      payload: {
        ...fields,
        severityLevel: severityLevel ?? 'INFO',
        durationSeconds: secondsOf(durationMs),
        metadata: requireObject('metadata', metadata ?? {}),
      },
    };
  },
});
