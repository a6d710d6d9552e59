import { reservedSubjects } from '../../auth/subject.ts';
import { builder } from '../../graph/builder.ts';
import { dateTime, exposedFields, id, json, nullable, of, string } from '../../graph/exposed-fields.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import { eventSubscription } from '../../graph/event-subscription.ts';
import { eventType } from '../../graph/event.ts';
import { keysetConnection } from '../../graph/keyset-connection.ts';
import { producerEvent } from '../../graph/producer-event.ts';
import { refuse, requireNotNegative, requireObject } from '../../graph/reported-values.ts';
import { reservedNames } from '../../lib/reserved-names.ts';
import { activityEvents, type ActivitySeverity } from './events.ts';
import { activityOf, activityTopics, activityTypes, ownActionTypes, type Activity } from './of-entry.ts';
import { activityList, toActivity } from './store.ts';

const SeverityLevel = describedEnum<ActivitySeverity>('ActivitySeverity', 'How much an activity matters.', {
  INFO: 'As usual.',
  WARNING: 'Worth a look.',
  ERROR: 'It went wrong.',
  CRITICAL: 'It went wrong, and somebody has to act.',
});

const ActivityType = builder.objectRef<Activity>('Activity').implement({
  description:
    'Something that somebody or something did. Source: producers (`publish`, member `activity`), and what follows from ' +
    'training runs, deployments, interventions and jobs. Of jobs that run every few minutes only runs that somebody ' +
    'asked for, the first failure of a row and the success that ends it.',
  fields: (t) =>
    exposedFields(t, {
      id: id('`act_YYYYMMDD_NNN`: the UTC day it was stored and its number: activities are counted from 1.'),
      title: string('In a few words.'),
      description: nullable.string('In a sentence.'),
      user: nullable.string('Who did it: `system` when no person did; null when its producer does not say.'),
      actionType: string(
        'A word: `training_start`, `training_complete`, `training_failed`, `model_deployment`, `agent_intervention`, ' +
          '`job_run`, or a producer’s own.',
      ),
      status: string('A word: `in_progress`, `completed`, `failed`, or a producer’s own.'),
      at: dateTime('When it was done.'),
      severityLevel: of(SeverityLevel, 'How much it matters.'),
      durationSeconds: nullable.float('Seconds that it took; null when that is not known.'),
      reportedBy: nullable.id(
        'The subject whose credential reported it; null when this server recorded it itself.',
      ),
      metadata: json('What else there is to know: an object.'),
    }),
});

const ActivityEvent = eventType('ActivityEvent', activityEvents, {
  kind: 'ACTIVITY',
  description: 'The event that an activity was reported by or follows from.',
  fields: (t) => ({
    activity: t.field({
      type: ActivityType,
      description: 'What was done.',
      resolve: (entry) => {
        const activity = activityOf(entry);
        if (activity === null) throw new Error(`an event ${entry.type} is no activity`);
        return activity;
      },
    }),
  }),
});

keysetConnection('activity', {
  name: 'Activity',
  type: ActivityType,
  list: activityList,
  node: toActivity,
  description:
    'What was done, newest first by the time it was done. Paged by keyset. Source: the table activities.',
  page: 'A page of the activities.',
  edge: 'An activity and its place in the list.',
  totalCount: 'All activities that are kept.',
  filter: () => null,
});

eventSubscription('activityEvents', {
  type: ActivityEvent,
  topic: activityTopics,
  description: 'What is done, reported or following from other events',
  typesOf: () => activityTypes,
  matches: () => (entry) => activityOf(entry) !== null,
});

const titleCharsMax = 200;
const descriptionCharsMax = 4_096;
const wordBounds = { chars: [1, 128] } as const;
const metadataCharsMax = 8_192;

const isOwnAction = reservedNames(ownActionTypes);
const isReservedUser = reservedNames(reservedSubjects);

producerEvent('activity', {
  description: 'Something that was done.',
  inputDescription: 'Something that was done, as a producer reports it.',
  at: 'When it was done.',
  topic: activityEvents,
  type: 'activityReported',
  fields: (t) => ({
    title: t.string({
      required: true,
      bounds: { chars: [1, titleCharsMax] },
      description: 'In a few words.',
    }),
    description: t.string({ bounds: { chars: descriptionCharsMax }, description: 'In a sentence.' }),
    user: t.string({ bounds: wordBounds, description: 'Who did it.' }),
    actionType: t.string({
      required: true,
      bounds: wordBounds,
      description: 'A word such as `data_import`.',
    }),
    status: t.string({ required: true, bounds: wordBounds, description: 'A word such as `completed`.' }),
    severityLevel: t.field({ type: SeverityLevel, description: 'How much it matters. Default: `INFO`.' }),
    duration: t.float({ description: 'Seconds that it took, not negative.' }),
    metadata: t.field({
      type: 'JSON',
      bounds: { jsonChars: metadataCharsMax },
      description: 'What else there is to know: an object.',
    }),
  }),
  draft: ({ severityLevel, duration, metadata, ...fields }) => {
    const { actionType, user } = fields;
    if (isOwnAction(actionType))
      refuse(
        'actionType',
        `a type that this server does not record itself (${[...ownActionTypes].join(', ')})`,
      );
    if (user !== null && isReservedUser(user))
      refuse('user', `a name other than ${[...reservedSubjects].join(' and ')}`);
    requireNotNegative('duration', duration);
    return {
      key: actionType,
      payload: {
        ...fields,
        severityLevel: severityLevel ?? 'INFO',
        durationSeconds: duration,
        metadata: requireObject('metadata', metadata ?? {}),
      },
    };
  },
});
