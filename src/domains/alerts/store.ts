import {
  sql,
  type GeneratedAlways,
  type Insertable,
  type Kysely,
  type Selectable,
  type SqlBool,
  type Updateable,
} from 'kysely';
import type { Database } from '../../db/database.ts';
import { readLastNumber, storeLastNumber } from '../../db/event-numbers.ts';
import type { Retained } from '../../db/retained.ts';
import { upsertRows } from '../../db/write-rows.ts';
import { topicHandler } from '../../journal/topic-handlers.ts';
import type { Entry } from '../../journal/topic.ts';
import { camelKeys, snakeKeys, type SnakeKeys } from '../../lib/case-keys.ts';
import { datedId } from '../../lib/dated-id.ts';
import { settledInOrder } from '../../lib/settled-in-order.ts';
import {
  alertEvents,
  ruleSource,
  type AlertChange,
  type AlertEventPayload,
  type AlertPayload,
  type AlertRecord,
  type AlertStatus,
} from './events.ts';
import { matchesAlert } from './silence-matcher.ts';
import { readActiveSilences } from './silences.store.ts';

declare module '../../db/database.ts' {
  interface Database {
    alerts: AlertsTable;
  }
}

/** `subject` is empty if the alert has none. */
export type AlertsTable = SnakeKeys<
  Omit<
    AlertRecord,
    'actions' | 'labels' | 'number' | 'raisedAt' | 'acknowledgedAt' | 'resolvedAt' | 'updatedAt'
  >
> & {
  actions: string[];
  labels: Record<string, string>;
  number: number;
  raised_at: Date;
  acknowledged_at: Date | null;
  resolved_at: Date | null;
  updated_at: Date;
  /** The position of the level in `alertLevels`, from 1: PostgreSQL derives it, so that lists can be ordered by it. */
  severity_rank: GeneratedAlways<number>;
};

type Db = Kysely<Database>;

/**
 * Numbers and silences alerts when they are raised, and maintains a row per alert. The first acknowledgement and
 * resolution count.
 */
export const alertTable = topicHandler({
  topics: [alertEvents],
  read: (db, drafts) =>
    settledInOrder([
      readLastNumber(db, 'alert'),
      drafts.some(({ type }) => type === 'alertRaised') ? readActiveSilences(db) : [],
    ]),
  enrich(drafts, [last, silences]) {
    let number = last;
    return drafts.map((draft) => {
      if (draft.type !== 'alertRaised') return draft;
      const raised = draft.payload as RaisedAlert;
      const silence = silences.find(({ matcher }) => matchesAlert(matcher, raised));
      const payload: RaisedAlert = { ...raised, number: ++number, silencedBy: silence?.silenceId ?? null };
      return { ...draft, payload };
    });
  },
  project(entries) {
    const raised = entries.filter(({ type }) => type === 'alertRaised');
    const numbers = raised.map(({ payload }) => (payload as RaisedAlert).number ?? 0);
    const alerts = new Map<number, AlertRecord>();
    for (const entry of entries) {
      const alert = alertOf(entry);
      const before = alerts.get(alert.seq);
      alerts.set(alert.seq, before === undefined ? alert : merged(before, alert));
    }
    return [
      ...storeLastNumber('alert', numbers),
      ...upsertRows('alerts', [...alerts.values()].map(toRow), {
        key: ['seq'],
        merge: {
          acknowledged_at: sql`coalesce(old.acknowledged_at, excluded.acknowledged_at)`,
          acknowledged_by: sql`coalesce(old.acknowledged_by, excluded.acknowledged_by)`,
          resolved_at: sql`coalesce(old.resolved_at, excluded.resolved_at)`,
          updated_at: sql`greatest(old.updated_at, excluded.updated_at)`,
          silenced_by: sql`old.silenced_by`, // changed before the event is stored
        },
      }),
    ];
  },
});

function merged(before: AlertRecord, after: AlertRecord): AlertRecord {
  return {
    ...after,
    acknowledgedAt: before.acknowledgedAt ?? after.acknowledgedAt,
    acknowledgedBy: before.acknowledgedBy ?? after.acknowledgedBy,
    resolvedAt: before.resolvedAt ?? after.resolvedAt,
    updatedAt: Math.max(before.updatedAt, after.updatedAt),
  };
}

/** Alerts that `readLastRuleAlerts` returns at most. */
const lastAlertsMax = 20_000;

/**
 * The last alert of each type and subject that rules have raised.
 * @returns also the position up to which alerts may be missing, because there are too many.
 */
export async function readLastRuleAlerts(
  db: Db,
): Promise<{ readonly alerts: readonly AlertRecord[]; readonly forgotten: number }> {
  const { rows } = await sql<Selectable<AlertsTable>>`
    select * from (
      select distinct on (alert_type, subject) * from alerts where source = ${ruleSource}
      order by alert_type, subject, seq desc
    ) as last order by resolved_at is null desc, seq desc limit ${lastAlertsMax}`.execute(db);
  const oldest = rows.length < lastAlertsMax ? undefined : rows.at(-1);
  return { alerts: rows.map(toAlert), forgotten: oldest?.seq ?? 0 };
}

/** Unresolved alerts that are resolved automatically and were not raised by rules, oldest first. */
export async function readDismissible(db: Db, limit: number): Promise<readonly AlertRecord[]> {
  const rows = await db
    .selectFrom('alerts')
    .selectAll()
    .where('auto_dismiss', '=', true)
    .where('resolved_at', 'is', null)
    .where('source', '<>', ruleSource)
    .orderBy('raised_at')
    .limit(limit)
    .execute();
  return rows.map(toAlert);
}

/**
 * The alerts with these ids or numbers, oldest first. Called with the lock of the log held, so they do not change before
 * the transaction ends.
 */
export async function readAlerts(db: Db, ids: readonly string[]): Promise<readonly AlertRecord[]> {
  const numbers = ids.filter((id) => /^\d{1,15}$/.test(id));
  const { rows } = await sql<Selectable<AlertsTable>>`
    select * from alerts where id = any(${ids}::text[]) or number = any(${numbers}::bigint[]) order by seq`.execute(
    db,
  );
  return rows.map(toAlert);
}

/** The alerts at these positions, oldest first. */
export async function readAlertsAt(db: Db, seqs: readonly number[]): Promise<readonly AlertRecord[]> {
  if (seqs.length === 0) return [];
  const { rows } = await sql<Selectable<AlertsTable>>`
    select * from alerts where seq = any(${seqs}::bigint[]) order by seq`.execute(db);
  return rows.map(toAlert);
}

/** The columns that a change of an alert sets. */
export type StoredChange = Updateable<
  Pick<AlertsTable, 'acknowledged_at' | 'acknowledged_by' | 'resolved_at'>
>;

/**
 * Changes alerts before their events are projected, so that other mutations in the same transaction see the change.
 */
export async function storeChange(
  db: Db,
  alerts: readonly AlertRecord[],
  change: StoredChange,
): Promise<void> {
  if (alerts.length === 0) return;
  const seqs = alerts.map(({ seq }) => seq);
  await db
    .updateTable('alerts')
    .where(sql<SqlBool>`seq = any(${seqs}::bigint[])`)
    .set(change)
    .execute();
}

/** Counts alerts that were raised since then and are neither acknowledged nor silenced, resolved or not. */
export async function countUnacknowledged(db: Db, since: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from alerts
    where acknowledged_at is null and silenced_by is null and raised_at >= ${since}`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Unresolved alerts are kept. */
export const retainedAlerts: Retained = { table: 'alerts', by: 'resolved_at' };

function toRow(alert: AlertRecord): Insertable<AlertsTable> {
  return {
    ...snakeKeys(alert),
    actions: [...alert.actions],
    raised_at: new Date(alert.raisedAt),
    acknowledged_at: alert.acknowledgedAt === null ? null : new Date(alert.acknowledgedAt),
    resolved_at: alert.resolvedAt === null ? null : new Date(alert.resolvedAt),
    updated_at: new Date(alert.updatedAt),
    number: numberOf(alert),
  };
}

export function toAlert({ severity_rank: _rank, ...row }: Selectable<AlertsTable>): AlertRecord {
  return {
    ...camelKeys(row),
    raisedAt: row.raised_at.getTime(),
    acknowledgedAt: row.acknowledged_at?.getTime() ?? null,
    resolvedAt: row.resolved_at?.getTime() ?? null,
    updatedAt: row.updated_at.getTime(),
  };
}

/** The stored payload of `alertRaised`. Older versions stored no number, labels and silence. */
type RaisedAlert = AlertPayload & Pick<AlertRecord, 'number'> & Partial<Pick<AlertRecord, 'silencedBy'>>;

/** An alert that was raised before alerts were numbered shows its position in the log instead. */
export function numberOf({ number, seq }: Pick<AlertRecord, 'number' | 'seq'>): number {
  return number ?? seq;
}

/** The alert after an event. */
export function alertOf({
  type,
  seq,
  occurredAt,
  recordedAt,
  payload,
}: Entry<AlertEventPayload>): AlertRecord {
  const unknown = { labels: {}, silencedBy: null, updatedAt: occurredAt };
  if (type !== 'alertRaised') return { ...unknown, ...(payload as AlertChange).alert };
  const raised = payload as RaisedAlert;
  return {
    ...unknown,
    ...raised,
    id: datedId('alert', recordedAt, numberOf({ ...raised, seq })),
    seq,
    raisedAt: occurredAt,
    acknowledgedAt: null,
    acknowledgedBy: null,
    resolvedAt: null,
  };
}

export function statusOf({ acknowledgedAt, resolvedAt, silencedBy }: AlertRecord): AlertStatus {
  if (resolvedAt !== null) return 'RESOLVED';
  if (acknowledgedAt !== null) return 'ACKNOWLEDGED';
  return silencedBy === null ? 'ACTIVE' : 'SILENCED';
}
