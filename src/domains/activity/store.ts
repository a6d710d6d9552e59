import { sql, type Kysely, type Selectable } from 'kysely';
import type { Database } from '../../db/database.ts';
import { takeNumbers } from '../../db/event-numbers.ts';
import type { Retained } from '../../db/retained.ts';
import type { TimedDraft } from '../../journal/completions.ts';
import type { Draft, Entry } from '../../journal/topic.ts';
import type { ActivitySeverity } from './events.ts';
import { activityOf, isActivity, type Activity, type NumberedActivity } from './of-entry.ts';

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

type Db = Kysely<Database>;

/** Gives each event that is an activity its number. */
export async function numberActivities(db: Db, drafts: readonly TimedDraft[]): Promise<readonly Draft[]> {
  const numbered = drafts.map(isActivity);
  const count = numbered.filter(Boolean).length;
  if (count === 0) return drafts;
  let number = await takeNumbers(db, 'activity', count);
  return drafts.map((draft, index) => {
    if (numbered[index] !== true) return draft;
    const payload = draft.payload as object;
    return { ...draft, payload: { ...payload, activityNumber: number++ } satisfies NumberedActivity };
  });
}

/** The table of activities, in the transaction that stores the events they follow from. */
export async function projectActivities(db: Db, entries: readonly Entry[]): Promise<void> {
  const rows = entries.flatMap((entry) => {
    const activity = activityOf(entry);
    return activity === null ? [] : [toRow(activity)];
  });
  if (rows.length === 0) return;
  await sql`
    insert into activities
    select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (
      seq bigint, id text, title text, description text, actor text, action_type text, status text,
      severity_level text, duration_seconds double precision, metadata jsonb, occurred_at timestamptz, reported_by text
    )`.execute(db);
}

/** An activity's place in the order of the list. */
export interface ActivityKey {
  readonly at: Date;
  readonly seq: number;
}

export interface ActivityPage {
  readonly limit: number;
  /** Newest first, or oldest first when reading backwards. */
  readonly newestFirst: boolean;
  readonly olderThan: ActivityKey | null;
  readonly newerThan: ActivityKey | null;
}

/** One page of the activities by keyset. */
export async function readActivities(db: Db, page: ActivityPage): Promise<readonly Activity[]> {
  const { olderThan, newerThan, newestFirst } = page;
  const direction = newestFirst ? 'desc' : 'asc';
  let query = db.selectFrom('activities').selectAll();
  if (olderThan !== null)
    query = query.where(sql<boolean>`(occurred_at, seq) < (${olderThan.at}, ${olderThan.seq})`);
  if (newerThan !== null)
    query = query.where(sql<boolean>`(occurred_at, seq) > (${newerThan.at}, ${newerThan.seq})`);
  const rows = await query
    .orderBy('occurred_at', direction)
    .orderBy('seq', direction)
    .limit(page.limit)
    .execute();
  return rows.map(toActivity);
}

export async function countActivities(db: Db): Promise<number> {
  const row = await db
    .selectFrom('activities')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirst();
  return row?.count ?? 0;
}

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

function toActivity(row: Selectable<ActivitiesTable>): Activity {
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
