import { sql, type Kysely } from 'kysely';
import type { Database } from '../db/database.ts';
import type { Instance, InstanceState } from '../graph/server-stats.ts';

/** What an instance counts about itself. */
export type InstanceStats = Pick<
  Instance,
  'connectionCount' | 'subscriptionCount' | 'position' | 'notified' | 'carrier' | 'sendsTo'
>;

type NewsStats = 'carrier' | 'sendsTo';

declare module '../db/database.ts' {
  interface Database {
    instances: InstancesTable;
  }
}

interface InstancesTable {
  instance_id: string;
  host_id: string;
  version: string;
  state: string;
  started_at: Date;
  seen_at: Date;
  stats: unknown;
  demand: unknown;
}

/** The channel on which an instance announces that its row has changed. */
export const instancesChannel = 'opsgraph_instances';

/** How long a row stays in the list after its instance is gone, and how many rows are read. */
const listedS = 600;
const listedMax = 1_000;

/** What the database answers. */
export interface Report {
  readonly leases: readonly { readonly name: string; readonly fence: number }[] | null;
  readonly instances: readonly (Omit<Instance, keyof InstanceStats | 'leases'> & {
    /** An older version reports neither its carrier nor where it sends. */
    readonly stats: Omit<InstanceStats, NewsStats> & Partial<Pick<InstanceStats, NewsStats>>;
    readonly demand: Readonly<Record<string, number>>;
    readonly leases: readonly string[] | null;
  })[];
}

/** What an instance reports. */
export interface OwnReport {
  readonly ownId: string;
  readonly hostId: string;
  readonly version: string;
  readonly state: InstanceState;
  /** Seconds since its start. */
  readonly upS: number;
  readonly stats: InstanceStats;
  /** JSON: the interval per topic. */
  readonly demand: string;
  /** Names of the leases that it wants, in one order on all instances, so that they do not wait for each other. */
  readonly leases: readonly string[];
  /** Seconds for which a lease is valid, and after which an instance without a report is gone. */
  readonly leaseS: number;
  readonly aliveS: number;
  /** Whether a notification announces the report. */
  readonly notify: boolean;
}

/**
 * Stores the report of an instance, renews its leases and takes those that have expired, and returns the reports of all
 * instances, in one statement.
 */
export async function sendReport(db: Kysely<Database>, report: OwnReport): Promise<Report> {
  const { ownId, hostId, version, state, upS, stats, demand, leases: names, leaseS, aliveS, notify } = report;
  const { rows } = await sql<Report>`
    with own as (
      insert into instances as i
        (instance_id, host_id, version, state, started_at, seen_at, stats, demand)
      values (
        ${ownId}, ${hostId}, ${version}, ${state},
        clock_timestamp() - make_interval(secs => ${upS}), clock_timestamp(),
        ${JSON.stringify(stats)}::jsonb, ${demand}::jsonb
      )
      on conflict (instance_id) do update set
        state = excluded.state, seen_at = excluded.seen_at, stats = excluded.stats, demand = excluded.demand
      returning *
    ), released as (
      delete from leases where instance_id = ${ownId} and name <> all(${names}::text[])
    ), renewed as (
      update leases set until = clock_timestamp() + make_interval(secs => ${leaseS})
      where instance_id = ${ownId} and name = any(${names}::text[])
      returning name, instance_id, fence
    ), taken as (
      insert into leases as l (name, instance_id, fence, until)
      select wanted.name, ${ownId}, nextval('lease_fences'), clock_timestamp() + make_interval(secs => ${leaseS})
      from unnest(${names}::text[]) as wanted (name)
      where not exists (
        select from leases as other
        where other.name = wanted.name and (other.instance_id = ${ownId} or other.until > clock_timestamp())
      )
      order by wanted.name
      on conflict (name) do update set
        instance_id = excluded.instance_id, fence = excluded.fence, until = excluded.until
      where l.until < clock_timestamp()
      returning name, instance_id, fence
    ), held as (
      select * from renewed union all select * from taken
    ), forgotten as (
      delete from instances where seen_at < clock_timestamp() - make_interval(secs => ${listedS})
    ), announced as (
      select pg_notify(${instancesChannel}, ${ownId}) where ${notify}
    ), holders as (
      select name, instance_id from held
      union all
      select name, instance_id from leases where instance_id <> ${ownId} and until > clock_timestamp()
        and name not in (select name from held)
    ), listed as (
      select * from own
      union all
      (select * from instances where instance_id <> ${ownId} order by seen_at desc limit ${listedMax})
    )
    select
      (select json_agg(json_build_object('name', name, 'fence', fence)) from held) as leases,
      (
        select json_agg(json_build_object(
          'instanceId', instance_id, 'hostId', host_id, 'version', version,
          'state', case
            when seen_at < clock_timestamp() - make_interval(secs => ${aliveS}) then 'GONE' else state
          end,
          'startedAt', round(extract(epoch from started_at) * 1000),
          'seenAt', round(extract(epoch from seen_at) * 1000),
          'stats', stats, 'demand', demand,
          'leases', (select json_agg(name order by name) from holders where holders.instance_id = listed.instance_id)
        ) order by instance_id <> ${ownId}, started_at)
        from listed
      ) as instances,
      (select count(*) from announced)`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('PostgreSQL returned no row');
  return row;
}

/** Removes an instance that stops, with its leases. */
export async function removeReport(
  db: Kysely<Database>,
  { ownId, notify }: Pick<OwnReport, 'ownId' | 'notify'>,
): Promise<void> {
  await sql`
    with own as (delete from instances where instance_id = ${ownId}),
      released as (delete from leases where instance_id = ${ownId})
    select pg_notify(${instancesChannel}, ${ownId}) where ${notify}`.execute(db);
}
