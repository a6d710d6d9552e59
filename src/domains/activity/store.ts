import { readLastNumber, storeLastNumber } from '../../db/event-numbers.ts';
import { keysetList } from '../../db/keyset-list.ts';
import { indexedIf } from '../../db/list-conditions.ts';
import type { Retained } from '../../db/retained.ts';
import { insertRows } from '../../db/write-rows.ts';
import { topicHandler } from '../../journal/topic-handlers.ts';
import { camelKeys, snakeKeys, type SnakeKeys } from '../../lib/case-keys.ts';
import {
  activityOf,
  activityTopics,
  isActivity,
  type Activity,
  type NumberedActivity,
} from './activity-from-event.ts';

declare module '../../db/database.ts' {
  interface Database {
    activities: ActivitiesTable;
  }
}

export type ActivitiesTable = SnakeKeys<Omit<Activity, 'user' | 'at'>> & {
  actor: string | null;
  occurred_at: Date;
};

/** Numbers the events that are activities, and maintains the table of activities. */
export const activityTable = topicHandler({
  topics: activityTopics,
  read: (db) => readLastNumber(db, 'activity'),
  enrich(drafts, last) {
    let number = last;
    return drafts.map((draft) => {
      if (!isActivity(draft)) return draft;
      const payload = { ...(draft.payload as object), activityNumber: ++number } satisfies NumberedActivity;
      return { ...draft, payload };
    });
  },
  project(entries) {
    const activities = entries.filter(isActivity);
    const numbers = activities.map(({ payload }) => (payload as NumberedActivity).activityNumber ?? 0);
    const rows = activities.flatMap((entry) => activityOf(entry) ?? []).map(toRow);
    return [...storeLastNumber('activity', numbers), ...insertRows('activities', rows)];
  },
});

export interface ActivityFilter {
  readonly users?: readonly string[] | null | undefined;
  readonly actionTypes?: readonly string[] | null | undefined;
  readonly since?: Date | null | undefined;
  readonly until?: Date | null | undefined;
}

export const activityList = keysetList({
  table: 'activities',
  at: 'occurred_at',
  id: 'seq',
  key: 'id',
  filter: ({ users, actionTypes, since, until }: ActivityFilter) => ({
    conditions: [...indexedIf('actor', users), ...indexedIf('action_type', actionTypes)],
    since,
    until,
  }),
});

export const retainedActivities: Retained = { table: 'activities', by: 'occurred_at' };

function toRow({ user, at, ...activity }: Activity): ActivitiesTable {
  return { ...snakeKeys(activity), actor: user, occurred_at: new Date(at) };
}

export function toActivity({ actor, occurred_at: at, ...row }: ActivitiesTable): Activity {
  return { ...camelKeys(row), user: actor, at: at.getTime() };
}
