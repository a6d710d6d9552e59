import { sql, type Kysely, type Selectable, type SqlBool, type Updateable } from 'kysely';
import type { Database } from '../../db/database.ts';
import { readLastNumber, storeLastNumber } from '../../db/event-numbers.ts';
import { keysetList } from '../../db/keyset-list.ts';
import { indexed, type Condition } from '../../db/list-page.ts';
import type { Retained } from '../../db/retained.ts';
import { upsertRows } from '../../db/write-rows.ts';
import { topicHandler } from '../../journal/topic-handlers.ts';
import type { Entry } from '../../journal/topic.ts';
import { camelKeys, snakeKeys, type SnakeKeys } from '../../lib/case-keys.ts';
import { datedId } from '../../lib/dated-id.ts';
import {
  alertEvents,
  ruleSource,
  type AlertChange,
  type AlertEventPayload,
  type AlertLevel,
  type AlertPayload,
  type AlertRecord,
  type AlertStatus,
} from './events.ts';

declare module '../../db/database.ts' {
  interface Database {
    alerts: AlertsTable;
  }
}

/** `subject` is empty if the alert has none. */
export type AlertsTable = SnakeKeys<
  Omit<AlertRecord, 'actions' | 'number' | 'raisedAt' | 'acknowledgedAt' | 'resolvedAt'>
> & {
  actions: string[];
  number: number;
  raised_at: Date;
  acknowledged_at: Date | null;
  resolved_at: Date | null;
};

type Db = Kysely<Database>;

/** Numbers alerts when they are raised, and maintains a row per alert. The first acknowledgement and resolution count. */
export const alertTable = topicHandler({
  topics: [alertEvents],
  read: (db) => readLastNumber(db, 'alert'),
  enrich(drafts, last) {
    let number = last;
    return drafts.map((draft) => {
      if (draft.type !== 'alertRaised') return draft;
      const payload = { ...(draft.payload as NumberedAlert), number: ++number };
      return { ...draft, payload };
    });
  },
  project(entries) {
    const raised = entries.filter(({ type }) => type === 'alertRaised');
    const numbers = raised.map(({ payload }) => (payload as NumberedAlert).number ?? 0);
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
  };
}

/** Neither acknowledged nor resolved, newest first. */
export async function readActive(db: Db, limit: number): Promise<readonly AlertRecord[]> {
  const page = { limit, newestFirst: true, olderThan: null, newerThan: null };
  const { rows } = await alertList.read(db, { active: true }, page);
  return rows.map(toAlert);
}

/** The last alert of each type and subject that rules have raised. */
export async function readLastRuleAlerts(db: Db): Promise<readonly AlertRecord[]> {
  const rows = await db
    .selectFrom('alerts')
    .selectAll()
    .distinctOn(['alert_type', 'subject'])
    .where('source', '=', ruleSource)
    .orderBy('alert_type')
    .orderBy('subject')
    .orderBy('seq', 'desc')
    .execute();
  return rows.map(toAlert);
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
 * Acknowledges or resolves an alert unless that was done before. Changes the table before the event is projected, so
 * that other mutations in the same transaction see the change.
 * @param id the id or the number of the alert.
 * @returns the alert before the change; null if it does not exist.
 */
export async function changeAlert(
  db: Db,
  id: string,
  change: Updateable<Pick<AlertsTable, 'acknowledged_at' | 'acknowledged_by' | 'resolved_at'>>,
): Promise<{ readonly before: AlertRecord; readonly changed: boolean } | null> {
  const column = /^\d{1,15}$/.test(id) ? 'number' : 'id';
  const row = await db.selectFrom('alerts').selectAll().forUpdate().where(column, '=', id).executeTakeFirst();
  if (row === undefined) return null;
  const changed = ('resolved_at' in change ? row.resolved_at : row.acknowledged_at) === null;
  if (changed) await db.updateTable('alerts').where('seq', '=', row.seq).set(change).execute();
  return { before: toAlert(row), changed };
}

export interface AlertFilter {
  readonly active?: boolean | null | undefined;
  readonly acknowledged?: boolean | null | undefined;
  readonly levels?: readonly AlertLevel[] | null | undefined;
  readonly alertTypes?: readonly string[] | null | undefined;
  readonly agentId?: string | null | undefined;
  readonly provider?: string | null | undefined;
  readonly since?: Date | null | undefined;
  readonly until?: Date | null | undefined;
}

export const alertList = keysetList({
  table: 'alerts',
  at: 'raised_at',
  id: 'seq',
  filter: ({ since, until, ...filter }: AlertFilter) => ({ since, until, conditions: conditionsOf(filter) }),
});

function conditionsOf(filter: AlertFilter): readonly Condition[] {
  const { active, acknowledged, levels, alertTypes, agentId, provider } = filter;
  return [
    ...(active === true
      ? [{ holds: sql<SqlBool>`acknowledged_at is null and resolved_at is null`, index: {} }]
      : []),
    ...(active === false
      ? [{ holds: sql<SqlBool>`acknowledged_at is not null or resolved_at is not null` }]
      : []),
    ...(typeof acknowledged === 'boolean'
      ? [{ holds: sql<SqlBool>`(acknowledged_at is not null) = ${acknowledged}` }]
      : []),
    ...(levels ? [indexed('level', levels)] : []),
    ...(alertTypes ? [indexed('alert_type', alertTypes)] : []),
    ...(agentId ? [indexed('agent_id', [agentId])] : []),
    ...(provider ? [indexed('provider', [provider])] : []),
  ];
}

/** Counts alerts that were raised since then and are not acknowledged, resolved or not. */
export function countUnacknowledged(db: Db, since: Date): Promise<number> {
  return alertList.count(db, { acknowledged: false, since });
}

/** Unresolved alerts are kept. */
export const retainedAlerts: Retained = { table: 'alerts', by: 'resolved_at' };

function toRow(alert: AlertRecord): Selectable<AlertsTable> {
  return {
    ...snakeKeys(alert),
    actions: [...alert.actions],
    raised_at: new Date(alert.raisedAt),
    acknowledged_at: alert.acknowledgedAt === null ? null : new Date(alert.acknowledgedAt),
    resolved_at: alert.resolvedAt === null ? null : new Date(alert.resolvedAt),
    number: numberOf(alert),
  };
}

export function toAlert(row: Selectable<AlertsTable>): AlertRecord {
  return {
    ...camelKeys(row),
    raisedAt: row.raised_at.getTime(),
    acknowledgedAt: row.acknowledged_at?.getTime() ?? null,
    resolvedAt: row.resolved_at?.getTime() ?? null,
  };
}

/** The stored payload of `alertRaised`. */
type NumberedAlert = AlertPayload & Pick<AlertRecord, 'number'>;

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
  if (type !== 'alertRaised') return (payload as AlertChange).alert;
  const raised = payload as NumberedAlert;
  return {
    ...raised,
    id: datedId('alert', recordedAt, numberOf({ ...raised, seq })),
    seq,
    raisedAt: occurredAt,
    acknowledgedAt: null,
    acknowledgedBy: null,
    resolvedAt: null,
  };
}

export function statusOf({ acknowledgedAt, resolvedAt }: AlertRecord): AlertStatus {
  if (resolvedAt !== null) return 'RESOLVED';
  return acknowledgedAt === null ? 'ACTIVE' : 'ACKNOWLEDGED';
}
