import type { Selectable } from 'kysely';
import { readLastNumber, storeLastNumber } from '../../db/event-numbers.ts';
import { keysetList } from '../../db/keyset-list.ts';
import type { Retained } from '../../db/retained.ts';
import { insertRows } from '../../db/write-rows.ts';
import { topicHandler } from '../../journal/topic-handlers.ts';
import type { ActivitySeverity } from './events.ts';
import { activityOf, activityTopics, isActivity, type Activity, type NumberedActivity } from './of-entry.ts';

declare module '../../db/database.ts' {
  interface Database {
    activities: ActivitiesTable;
  }
}

export interface ActivitiesTable {
  seq: number;
  /** `act_YYYYMMDD_NNN`. */
  id: string;
  title: string;
  description: string | null;
  actor: string | null;
  action_type: string;
  status: string;
  severity_level: ActivitySeverity;
  duration_seconds: number | null;
  metadata: Record<string, unknown>;
  occurred_at: Date;
  reported_by: string | null;
}

/** Numbers the events that are activities, and keeps the table of activities. */
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

export const activityList = keysetList({ table: 'activities', at: 'occurred_at', id: 'seq' });

/** Activities, by the time at which they happened. */
export const retainedActivities: Retained = { table: 'activities', by: 'occurred_at' };

function toRow(activity: Activity): Selectable<ActivitiesTable> {
  return {
    seq: activity.seq,
    id: activity.id,
    title: activity.title,
    description: activity.description,
    actor: activity.user,
    action_type: activity.actionType,
    status: activity.status,
    severity_level: activity.severityLevel,
    duration_seconds: activity.durationSeconds,
    metadata: activity.metadata,
    occurred_at: new Date(activity.at),
    reported_by: activity.reportedBy,
  };
}

export function toActivity(row: Selectable<ActivitiesTable>): Activity {
  return {
    seq: row.seq,
    id: row.id,
    title: row.title,
    description: row.description,
    user: row.actor,
    actionType: row.action_type,
    status: row.status,
    severityLevel: row.severity_level,
    durationSeconds: row.duration_seconds,
    metadata: row.metadata,
    at: row.occurred_at.getTime(),
    reportedBy: row.reported_by,
  };
}
