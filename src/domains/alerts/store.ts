import {
  sql,
  type GeneratedAlways,
  type Insertable,
  type Kysely,
  type RawBuilder,
  type Selectable,
  type SqlBool,
  type Updateable,
} from 'kysely';
import type { Database } from '../../db/database.ts';
import { readLastNumber, storeLastNumber } from '../../db/event-numbers.ts';
import { keysetList } from '../../db/keyset-list.ts';
import { indexed } from '../../db/list-conditions.ts';
import { all, within, withoutIndexes, type Condition } from '../../db/list-page.ts';
import type { Retained } from '../../db/retained.ts';
import { upsertRows } from '../../db/write-rows.ts';
import { topicHandler } from '../../journal/topic-handlers.ts';
import type { Entry } from '../../journal/topic.ts';
import { camelKeys, snakeKeys, type SnakeKeys } from '../../lib/case-keys.ts';
import { datedId } from '../../lib/dated-id.ts';
import { largest, smallest } from '../../lib/extremes.ts';
import { settledInOrder } from '../../lib/settled-in-order.ts';
import {
  alertEvents,
  alertLevels,
  ruleSource,
  type AlertChange,
  type AlertEventPayload,
  type AlertLevel,
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

/** Neither acknowledged, resolved nor silenced, newest first. */
export async function readActive(db: Db, limit: number): Promise<readonly AlertRecord[]> {
  const page = { limit, newestFirst: true, olderThan: null, newerThan: null };
  const { rows } = await alertList.read(db, { statuses: ['ACTIVE'] }, page);
  return rows.map(toAlert);
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

export interface AlertFilter {
  readonly statuses?: readonly AlertStatus[] | null | undefined;
  /** Whether it was acknowledged, before it was resolved or not. */
  readonly acknowledged?: boolean | null | undefined;
  readonly silencedBy?: string | null | undefined;
  readonly severities?: readonly AlertLevel[] | null | undefined;
  readonly alertTypes?: readonly string[] | null | undefined;
  readonly agentId?: string | null | undefined;
  readonly providerName?: string | null | undefined;
  readonly hostId?: string | null | undefined;
  readonly search?: string | null | undefined;
  readonly since?: Date | null | undefined;
  readonly until?: Date | null | undefined;
}

export const alertList = keysetList({
  table: 'alerts',
  at: 'raised_at',
  id: 'seq',
  key: 'id',
  orders: {
    UPDATED_AT: { column: 'updated_at', conditions: (filter) => conditionsIn('updated_at', filter) },
    SEVERITY: {
      column: 'severity_rank',
      isNumber: true,
      conditions: (filter) => conditionsIn('severity_rank', filter),
    },
  },
  filter: ({ since, until, ...filter }: AlertFilter) => ({ since, until, conditions: conditionsOf(filter) }),
});

/** The host that an alert of a rule is about. Null: it is about something else. */
export function hostIdOf({ source, subject, provider }: AlertRecord): string | null {
  return source === ruleSource && provider === null && subject !== '' ? subject : null;
}

/** The text in which `AlertFilter.search` is searched. */
export function textOf({ title, message }: AlertRecord): string {
  return `${title}\n${message}`.toLowerCase();
}

const unresolvedStatuses = ['ACTIVE', 'SILENCED', 'ACKNOWLEDGED'] as const;

const hasStatus: Readonly<Record<AlertStatus, RawBuilder<SqlBool>>> = {
  ACTIVE: sql`acknowledged_at is null and resolved_at is null and silenced_by is null`,
  SILENCED: sql`acknowledged_at is null and resolved_at is null and silenced_by is not null`,
  ACKNOWLEDGED: sql`acknowledged_at is not null and resolved_at is null`,
  RESOLVED: sql`resolved_at is not null`,
};

const isUnresolved: Condition = { holds: sql<SqlBool>`resolved_at is null`, index: {} };

function conditionsOf(filter: AlertFilter): readonly Condition[] {
  const { statuses, acknowledged, silencedBy, severities, alertTypes, agentId, providerName } = filter;
  const { hostId, search } = filter;
  return [
    ...(statuses ? statusConditions(statuses) : []),
    ...(typeof acknowledged === 'boolean'
      ? [{ holds: sql<SqlBool>`(acknowledged_at is not null) = ${acknowledged}` }]
      : []),
    ...(silencedBy ? [indexed('silenced_by', [silencedBy])] : []),
    ...(severities ? [indexed('level', severities)] : []),
    ...(alertTypes ? [indexed('alert_type', alertTypes)] : []),
    ...(agentId ? [indexed('agent_id', [agentId])] : []),
    ...(providerName ? [indexed('provider', [providerName])] : []),
    ...(hostId
      ? [indexed('subject', [hostId]), { holds: sql<SqlBool>`source = ${ruleSource} and provider is null` }]
      : []),
    ...(search
      ? [{ holds: sql<SqlBool>`position(lower(${search}) in lower(title || chr(10) || message)) > 0` }]
      : []),
  ];
}

/**
 * The conditions with the indexes of another order: there is one of all alerts, and one of unresolved alerts, which are few
 * among all. In the order of severity, adjacent severities are a range of both.
 */
function conditionsIn(order: 'updated_at' | 'severity_rank', filter: AlertFilter): readonly Condition[] {
  const { severities, ...others } = filter;
  const range = order === 'severity_rank' && severities ? rankRange(severities) : null;
  const rest = conditionsOf(range === null ? filter : others).filter((one) => one !== isUnresolved);
  const areUnresolved = filter.statuses?.every((status) => status !== 'RESOLVED') === true;
  const scanned = [...(range === null ? [] : [range]), ...(areUnresolved ? [isUnresolved.holds] : [])];
  return [
    ...(scanned.length === 0 ? [] : [{ holds: sql<SqlBool>`${all(scanned)}`, index: {} }]),
    ...withoutIndexes(rest),
  ];
}

/** Null if the severities are not adjacent. */
function rankRange(severities: readonly AlertLevel[]): RawBuilder<SqlBool> | null {
  const ranks = [...new Set(severities)].map((level) => alertLevels.indexOf(level) + 1);
  const [least, most] = [smallest(ranks), largest(ranks)];
  if (least === null || most === null || most - least + 1 !== ranks.length) return null;
  return sql`severity_rank between ${least} and ${most}`;
}

/** Active alerts and unresolved alerts have an index each: they are few among all. */
function statusConditions(statuses: readonly AlertStatus[]): readonly Condition[] {
  const wanted = new Set(statuses);
  const unresolved = unresolvedStatuses.filter((status) => wanted.has(status));
  if (unresolved.length === 0)
    return [wanted.has('RESOLVED') ? { holds: hasStatus.RESOLVED } : { holds: sql`false`, index: never }];
  const isAnyUnresolved = unresolved.length === unresolvedStatuses.length;
  if (wanted.has('RESOLVED')) return isAnyUnresolved ? [] : [{ holds: anyStatus([...wanted]) }];
  if (isAnyUnresolved) return [isUnresolved];
  const [only] = unresolved;
  if (unresolved.length === 1 && only === 'ACTIVE') return [{ holds: hasStatus.ACTIVE, index: {} }];
  return [isUnresolved, { holds: anyStatus(unresolved) }];
}

/** Of a condition that no row satisfies. */
const never = { status: [] };

function anyStatus(statuses: readonly AlertStatus[]): RawBuilder<SqlBool> {
  const conditions = statuses.map((status) => sql`(${hasStatus[status]})`);
  return sql`(${sql.join(conditions, sql` or `)})`;
}

/** The ids of the oldest alerts that match. */
export async function findAlertIds(db: Db, filter: AlertFilter, limit: number): Promise<readonly string[]> {
  const conditions = [
    ...conditionsOf(filter).map(({ holds }) => holds),
    ...within({ at: 'raised_at' }, filter),
  ];
  const { rows } = await sql<{ id: string }>`
    select id from alerts where ${all(conditions)} order by raised_at, seq limit ${limit}`.execute(db);
  return rows.map(({ id }) => id);
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
