import { sql, type Kysely, type Selectable, type SqlBool } from 'kysely';
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
  engineSource,
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

/** Without a subject, that is empty. */
export type AlertsTable = SnakeKeys<
  Omit<AlertRecord, 'actions' | 'number' | 'raisedAt' | 'acknowledgedAt' | 'resolvedAt'>
> & {
  actions: string[];
  /** Counts alerts from 1. */
  number: number;
  raised_at: Date;
  acknowledged_at: Date | null;
  resolved_at: Date | null;
};

type Db = Kysely<Database>;

/** Numbers alerts as they are raised, and keeps their table: a row per alert, changed by each event about it. */
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
      alerts.set(alert.seq, before === undefined ? alert : together(before, alert));
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

/** What was once acknowledged or resolved stays so, as it was first. */
function together(before: AlertRecord, after: AlertRecord): AlertRecord {
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

/** The last alert of each type and subject that the rules have raised. */
export async function readLastOfRules(db: Db): Promise<readonly AlertRecord[]> {
  const rows = await db
    .selectFrom('alerts')
    .selectAll()
    .distinctOn(['alert_type', 'subject'])
    .where('source', '=', engineSource)
    .orderBy('alert_type')
    .orderBy('subject')
    .orderBy('seq', 'desc')
    .execute();
  return rows.map(toAlert);
}

/** Alerts without a rule that resolve themselves and have not yet, oldest first. */
export async function readDismissible(db: Db, limit: number): Promise<readonly AlertRecord[]> {
  const rows = await db
    .selectFrom('alerts')
    .selectAll()
    .where('auto_dismiss', '=', true)
    .where('resolved_at', 'is', null)
    .where('source', '<>', engineSource)
    .orderBy('raised_at')
    .limit(limit)
    .execute();
  return rows.map(toAlert);
}

/**
 * Acknowledges an alert that nobody has acknowledged, or resolves one that is not resolved yet.
 * @param id or its number.
 * @returns how it was before; null when there is none with this id.
 */
export async function changeAlert(
  db: Db,
  id: string,
  change: { readonly acknowledgedBy: string; readonly at: Date } | { readonly resolvedAt: Date },
): Promise<{ readonly before: AlertRecord; readonly changed: boolean } | null> {
  const wanted = db.selectFrom('alerts').selectAll().forUpdate();
  const row = await (
    /^\d{1,15}$/.test(id) ? wanted.where('number', '=', Number(id)) : wanted.where('id', '=', id)
  ).executeTakeFirst();
  if (row === undefined) return null;
  const changed = ('resolvedAt' in change ? row.resolved_at : row.acknowledged_at) === null;
  if (changed)
    await db
      .updateTable('alerts')
      .where('seq', '=', row.seq)
      .set(
        'resolvedAt' in change
          ? { resolved_at: change.resolvedAt }
          : { acknowledged_at: change.at, acknowledged_by: change.acknowledgedBy },
      )
      .execute();
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

/** By the time they were raised. Newest first, it is the order of the list of active alerts as well. */
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

/** Alerts raised since then that nobody has acknowledged, resolved or not. */
export function countUnacknowledged(db: Db, since: Date): Promise<number> {
  return alertList.count(db, { acknowledged: false, since });
}

/** Resolved alerts. */
export const retainedAlerts: Retained = { table: 'alerts', by: 'resolved_at' };

function toRow(alert: AlertRecord): Selectable<AlertsTable> {
  return {
    ...snakeKeys(alert),
    actions: [...alert.actions],
    raised_at: new Date(alert.raisedAt),
    acknowledged_at: dateOf(alert.acknowledgedAt),
    resolved_at: dateOf(alert.resolvedAt),
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

function dateOf(at: number | null): Date | null {
  return at === null ? null : new Date(at);
}

/** As the log stores it: with the number that it was given there. */
export interface NumberedAlert extends AlertPayload {
  readonly number?: number;
}

/** Where it has none, its position in the log, as it was shown before alerts were numbered. */
export function numberOf({ number, seq }: { readonly number?: number; readonly seq: number }): number {
  return number ?? seq;
}

/** The alert that an event is about, as it stands after the event. */
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
