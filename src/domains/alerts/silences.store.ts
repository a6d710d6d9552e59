import { sql, type Kysely, type RawBuilder, type Selectable, type SqlBool } from 'kysely';
import type { Database } from '../../db/database.ts';
import { keysetList } from '../../db/keyset-list.ts';
import { indexed } from '../../db/list-conditions.ts';
import type { Condition } from '../../db/list-page.ts';
import type { Retained } from '../../db/retained.ts';
import { insertRows } from '../../db/write-rows.ts';
import { camelKeys, snakeKeys, type SnakeKeys } from '../../lib/case-keys.ts';
import type { SilenceMatcher, SilenceRecord, SilenceState } from './silences.events.ts';

declare module '../../db/database.ts' {
  interface Database {
    silences: SilencesTable;
  }
}

export type SilencesTable = SnakeKeys<SilenceMatcher> &
  Pick<SnakeKeys<SilenceRecord>, 'silence_id' | 'reason' | 'created_by' | 'ended_by'> & {
    until: Date;
    created_at: Date;
    updated_at: Date;
    ended_at: Date | null;
  };

type Db = Kysely<Database>;

/**
 * Whether a silence `s` that has not ended matches an alert `a`. `matchesAlert` is the same condition for alerts that are
 * not stored yet; a test compares both.
 */
const applies = sql<SqlBool>`s.ended_at is null and s.until > now()
  and (s.alert_ids is null or a.id = any(s.alert_ids))
  and (s.alert_types is null or a.alert_type = any(s.alert_types))
  and (s.severities is null or a.level = any(s.severities))
  and (s.providers is null or a.provider = any(s.providers))
  and (s.agent_ids is null or a.agent_id = any(s.agent_ids))
  and (s.subjects is null or a.subject = any(s.subjects))
  and (s.sources is null or a.source = any(s.sources))
  and (s.labels is null or a.labels @> s.labels)`;

/** The silence that applies to an alert `a`: of several, the one that ends last. */
const silenceOf = sql`(select s.silence_id from silences s where ${applies}
  order by s.until desc, s.silence_id limit 1)`;

/**
 * The silences that may apply to alerts that are being raised, those that end last first. Called with the lock of the log
 * held: silences change with the lock held, too. They are compared with alerts in memory, because a batch of thousands
 * of alerts would keep the database busy for seconds.
 */
export async function readActiveSilences(db: Db): Promise<readonly SilenceRecord[]> {
  const { rows } = await sql<Selectable<SilencesTable>>`
    select * from silences where ended_at is null and until > now() and alert_ids is null
    order by until desc, silence_id`.execute(db);
  return rows.map(toSilence);
}

/**
 * Silences alerts that are not resolved and that the silence matches, oldest first.
 * @returns the positions of the alerts that were changed.
 */
export function silenceAlerts(db: Db, silenceId: string, limit: number): Promise<readonly number[]> {
  return changed(
    db,
    sql`select a.seq, s.silence_id from alerts a, silences s
      where s.silence_id = ${silenceId} and a.resolved_at is null and a.silenced_by is null and ${applies}
      order by a.raised_at, a.seq limit ${limit}`,
  );
}

/**
 * Ends the silence of alerts that are not resolved and whose silence has ended, or replaces it by another that matches.
 * @returns the positions of the alerts that were changed.
 */
export function unsilenceAlerts(db: Db, limit: number): Promise<readonly number[]> {
  return changed(
    db,
    sql`select a.seq, ${silenceOf} as silence_id from alerts a join silences ended on ended.silence_id = a.silenced_by
      where a.resolved_at is null and (ended.ended_at is not null or ended.until <= now())
      order by a.seq limit ${limit}`,
  );
}

async function changed(db: Db, silencing: RawBuilder<unknown>): Promise<readonly number[]> {
  const { rows } = await sql<{ seq: number }>`
    with silencing as materialized (${silencing})
    update alerts set silenced_by = silencing.silence_id from silencing where alerts.seq = silencing.seq
    returning alerts.seq`.execute(db);
  return rows.map(({ seq }) => seq).sort((a, b) => a - b);
}

export async function countActiveSilences(db: Db): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from silences where ended_at is null`.execute(db);
  return rows[0]?.count ?? 0;
}

/** The ids of the silences that have not ended, and when the first of them ends. */
export async function readSilenceEnds(
  db: Db,
): Promise<{ readonly ids: readonly string[]; readonly firstEnd: Date | null }> {
  const { rows } = await sql<{ silence_id: string; until: Date }>`
    select silence_id, until from silences where ended_at is null order by until`.execute(db);
  return { ids: rows.map((row) => row.silence_id), firstEnd: rows[0]?.until ?? null };
}

export async function insertSilence(db: Db, silence: SilenceRecord): Promise<void> {
  for (const statement of insertRows('silences', [toRow(silence)])) await statement.execute(db);
}

/** Changes a silence that has not ended. @returns the silence after the change; undefined: there is none. */
export async function changeSilence(
  db: Db,
  silenceId: string,
  change: Partial<Pick<SilencesTable, 'until' | 'reason' | 'updated_at' | 'ended_at' | 'ended_by'>>,
): Promise<SilenceRecord | undefined> {
  const row = await db
    .updateTable('silences')
    .set(change)
    .where('silence_id', '=', silenceId)
    .where('ended_at', 'is', null)
    .returningAll()
    .executeTakeFirst();
  return row && toSilence(row);
}

/** Ends the silences whose time has come. */
export async function endSilences(db: Db): Promise<readonly SilenceRecord[]> {
  const { rows } = await sql<Selectable<SilencesTable>>`
    update silences set ended_at = until, updated_at = now() where ended_at is null and until <= now()
    returning *`.execute(db);
  return rows.map(toSilence);
}

export interface SilenceFilter {
  readonly statuses?: readonly SilenceState[] | null | undefined;
}

function statusConditions(statuses: SilenceFilter['statuses']): readonly Condition[] {
  if (!statuses) return [];
  const [isActive, isEnded] = [statuses.includes('ACTIVE'), statuses.includes('ENDED')];
  if (isActive && isEnded) return [];
  if (isActive) return [{ holds: sql<SqlBool>`ended_at is null`, index: {} }];
  return [isEnded ? { holds: sql<SqlBool>`ended_at is not null` } : indexed('silence_id', [])];
}

export const silenceList = keysetList({
  table: 'silences',
  at: 'created_at',
  id: 'silence_id',
  filter: ({ statuses }: SilenceFilter) => ({ conditions: statusConditions(statuses) }),
});

export async function readSilences(
  db: Db,
  ids: readonly string[],
): Promise<ReadonlyMap<string, SilenceRecord>> {
  const { rows } = await sql<Selectable<SilencesTable>>`
    select * from silences where silence_id = any(${ids}::text[])`.execute(db);
  return new Map(rows.map((row) => [row.silence_id, toSilence(row)]));
}

/** Silences that have not ended are kept. */
export const retainedSilences: Retained = {
  table: 'silences',
  by: 'ended_at',
  key: { silence_id: 'text' },
};

function toRow({ matcher, until, createdAt, updatedAt, endedAt, ...silence }: SilenceRecord): SilencesTable {
  return {
    ...snakeKeys(matcher),
    ...snakeKeys(silence),
    until: new Date(until),
    created_at: new Date(createdAt),
    updated_at: new Date(updatedAt),
    ended_at: endedAt === null ? null : new Date(endedAt),
  };
}

export function toSilence(row: Selectable<SilencesTable>): SilenceRecord {
  const { silenceId, reason, createdBy, endedBy, until, createdAt, updatedAt, endedAt, ...matcher } =
    camelKeys(row);
  return {
    silenceId,
    matcher,
    reason,
    until: until.getTime(),
    createdBy,
    createdAt: createdAt.getTime(),
    updatedAt: updatedAt.getTime(),
    endedAt: endedAt?.getTime() ?? null,
    endedBy,
  };
}
