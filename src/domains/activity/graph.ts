import { resolveCursorConnection, type ResolveCursorConnectionArgs } from '@pothos/plugin-relay';
import { reservedSubjects } from '../../auth/subject.ts';
import { builder } from '../../graph/builder.ts';
import { Event, eventRef } from '../../graph/event.ts';
import { eventMember, refuse } from '../../graph/event-input.ts';
import { keyText, parseKey } from '../../graph/list-key.ts';
import { requireNotNegative, requireObject } from '../../graph/reported-values.ts';
import { selects } from '../../graph/selects.ts';
import { stream, throughTheDoor } from '../../graph/stream.ts';
import type { Draft, Entry } from '../../journal/topic.ts';
import { reservedNames } from '../../lib/reserved-names.ts';
import { activityEvents, type ActivityPayload, type ActivitySeverity } from './events.ts';
import { activityOf, activityTopics, activityTypes, ownActionTypes, type Activity } from './of-entry.ts';
import { countActivities, readActivities } from './store.ts';

const SeverityLevel = builder.enumType('ActivitySeverity', {
  description: 'How much an activity matters.',
  values: {
    INFO: { description: 'As usual.' },
    WARNING: { description: 'Worth a look.' },
    ERROR: { description: 'It went wrong.' },
    CRITICAL: { description: 'It went wrong, and somebody has to act.' },
  } satisfies Record<ActivitySeverity, object>,
});

const ActivityType = builder.objectRef<Activity>('Activity').implement({
  description:
    'Something that somebody or something did. Source: producers (`publish`, member `activity`), and what follows from ' +
    'training runs, deployments, interventions and jobs. Of jobs that run every few minutes only runs that somebody ' +
    'asked for, the first failure of a row and the success that ends it.',
  fields: (t) => ({
    id: t.exposeID('id', {
      description:
        '`act_YYYYMMDD_NNN`: the UTC day it was stored and its number: activities are counted from 1.',
    }),
    title: t.exposeString('title', { description: 'In a few words.' }),
    description: t.exposeString('description', { nullable: true, description: 'In a sentence.' }),
    user: t.exposeString('user', {
      nullable: true,
      description: 'Who did it: `system` when no person did; null when its producer does not say.',
    }),
    actionType: t.exposeString('actionType', {
      description:
        'A word: `training_start`, `training_complete`, `training_failed`, `model_deployment`, `agent_intervention`, ' +
        '`job_run`, or a producer’s own.',
    }),
    status: t.exposeString('status', {
      description: 'A word: `in_progress`, `completed`, `failed`, or a producer’s own.',
    }),
    at: t.field({ type: 'DateTime', description: 'When it was done.', resolve: ({ at }) => new Date(at) }),
    severityLevel: t.field({
      type: SeverityLevel,
      description: 'How much it matters.',
      resolve: ({ severityLevel }) => severityLevel,
    }),
    durationSeconds: t.exposeFloat('durationSeconds', {
      nullable: true,
      description: 'Seconds that it took; null when that is not known.',
    }),
    reportedBy: t.id({
      nullable: true,
      description: 'The subject whose credential reported it; null when this server recorded it itself.',
      resolve: ({ reportedBy }) => reportedBy,
    }),
    metadata: t.field({
      type: 'JSON',
      description: 'What else there is to know: an object.',
      resolve: ({ metadata }) => metadata,
    }),
  }),
});

const ActivityEvent = eventRef('ActivityEvent', activityEvents, { kind: 'ACTIVITY' });

builder.objectType(ActivityEvent, {
  description: 'The event that an activity was reported by or follows from.',
  interfaces: [Event],
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

const pageMax = 1_000;

builder.queryField('activity', (t) =>
  t.connection(
    {
      type: ActivityType,
      requires: 'read',
      description:
        'What was done, newest first by the time it was done. Paged by keyset. Source: the table activities.',
      resolve: async (_root, args, { db }, info) => {
        const page = await resolveCursorConnection(
          {
            args,
            defaultSize: 100,
            maxSize: pageMax,
            toCursor: (activity) => keyText(activity),
          },
          async ({ before, after, limit, inverted }: ResolveCursorConnectionArgs) => [
            ...(await readActivities(db, {
              limit,
              newestFirst: !inverted,
              olderThan: parseKey(after, 'after'),
              newerThan: parseKey(before, 'before'),
            })),
          ],
        );
        return { ...page, totalCount: selects(info, 'totalCount') ? await countActivities(db) : 0 };
      },
    },
    {
      name: 'ActivityConnection',
      description: 'A page of the activities.',
      fields: (c) => ({
        totalCount: c.int({
          description: 'All activities that are kept. Counted only when asked for.',
          resolve: (connection) => connection.totalCount,
        }),
      }),
    },
    { name: 'ActivityEdge', description: 'An activity and its place in the list.' },
  ),
);

builder.subscriptionField('activityEvents', (t) =>
  t.field({
    type: ActivityEvent,
    requires: 'read',
    description:
      'EVERY. What is done, reported or following from other events, after the cursor `after` or from now on.',
    args: {
      after: t.arg({
        type: 'Cursor',
        description: 'Go on behind this cursor; `earliest`: from the oldest event kept.',
      }),
    },
    extensions: stream({
      delivery: 'EVERY',
      topics: activityTopics.map(({ name }) => name),
      types: () => activityTypes,
      matches: () => (entry: Entry) => activityOf(entry) !== null,
    }),
    subscribe: throughTheDoor<ActivityPayload>,
    resolve: (entry) => entry,
  }),
);

const titleCharsMax = 200;
const descriptionCharsMax = 4_096;
const wordCharsMax = 128;
const metadataCharsMax = 8_192;

const ActivityInput = builder.inputType('ActivityInput', {
  description: 'Something that was done, as a producer reports it.',
  fields: (t) => ({
    id: t.id({ description: 'Idempotency key: a second event with it is accepted and not stored again.' }),
    at: t.field({ type: 'DateTime', description: 'When it was done. Default: now.' }),
    title: t.string({
      required: true,
      bounds: { chars: [1, titleCharsMax] },
      description: 'In a few words.',
    }),
    description: t.string({ bounds: { chars: descriptionCharsMax }, description: 'In a sentence.' }),
    user: t.string({ bounds: { chars: [1, wordCharsMax] }, description: 'Who did it.' }),
    actionType: t.string({
      required: true,
      bounds: { chars: [1, wordCharsMax] },
      description: 'A word such as `data_import`.',
    }),
    status: t.string({
      required: true,
      bounds: { chars: [1, wordCharsMax] },
      description: 'A word such as `completed`.',
    }),
    severityLevel: t.field({ type: SeverityLevel, description: 'How much it matters. Default: `INFO`.' }),
    duration: t.float({ description: 'Seconds that it took, not negative.' }),
    metadata: t.field({
      type: 'JSON',
      bounds: { jsonChars: metadataCharsMax },
      description: 'What else there is to know: an object.',
    }),
  }),
});

const isOwnAction = reservedNames(ownActionTypes);
const isReservedUser = reservedNames(reservedSubjects);

eventMember({
  name: 'activity',
  input: ActivityInput,
  description: 'Something that was done.',
  draft: (fields, common): Draft<ActivityPayload> => {
    const { title, actionType, status, user } = fields;
    if (isOwnAction(actionType))
      refuse(
        'actionType',
        `a type that this server does not record itself (${[...ownActionTypes].join(', ')})`,
      );
    if (typeof user === 'string' && isReservedUser(user))
      refuse('user', `a name other than ${[...reservedSubjects].join(' and ')}`);
    requireNotNegative('duration', fields.duration);
    return {
      topic: activityEvents,
      key: actionType,
      type: 'activityReported',
      ...common,
      payload: {
        title,
        description: fields.description ?? null,
        user: fields.user ?? null,
        actionType,
        status,
        severityLevel: fields.severityLevel ?? 'INFO',
        durationSeconds: fields.duration ?? null,
        metadata: requireObject('metadata', fields.metadata ?? {}),
      },
    };
  },
});
