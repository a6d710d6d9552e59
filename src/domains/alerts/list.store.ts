import { sql, type Kysely, type RawBuilder, type SqlBool } from 'kysely';
import type { Database } from '../../db/database.ts';
import { keysetList } from '../../db/keyset-list.ts';
import { contains, indexed } from '../../db/list-conditions.ts';
import { all, within, withoutIndexes, type Condition } from '../../db/list-page.ts';
import { largest, smallest } from '../../lib/extremes.ts';
import { alertLevels, ruleSource, type AlertLevel, type AlertRecord, type AlertStatus } from './events.ts';
import { toAlert } from './store.ts';

type Db = Kysely<Database>;

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
  readonly ruleId?: string | null | undefined;
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

/** The rule that raised an alert. Null: a producer or a mutation did. */
export function ruleIdOf({ source, alertType }: AlertRecord): string | null {
  return source === ruleSource ? alertType : null;
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
  const { hostId, ruleId, search } = filter;
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
    ...(ruleId ? [indexed('alert_type', [ruleId]), { holds: sql<SqlBool>`source = ${ruleSource}` }] : []),
    ...(search ? [contains(['title', 'message'], search)] : []),
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

/** Neither acknowledged, resolved nor silenced, newest first. */
export async function readActive(db: Db, limit: number): Promise<readonly AlertRecord[]> {
  const page = { limit, newestFirst: true, olderThan: null, newerThan: null };
  const { rows } = await alertList.read(db, { statuses: ['ACTIVE'] }, page);
  return rows.map(toAlert);
}
