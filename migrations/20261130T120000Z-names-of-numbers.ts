import { sql, type Kysely } from 'kysely';

/** Numbers of gauges by their paths: the old name and the new one. */
const numbers = {
  connections: [
    ['open', 'openCount'],
    ['failedAttempts', 'failedAttemptCount'],
    ['httpRequests', 'httpRequestCount'],
  ],
  subscriptions: [
    ['parked', 'parkedCount'],
    ['waiting', 'waitingCount'],
  ],
  database: [
    ['connection.activeConnections', 'connection.activeConnectionCount'],
    ['connection.idleConnections', 'connection.idleConnectionCount'],
    ['performance.activeQueries', 'performance.activeQueryCount'],
    ['performance.slowQueriesCount', 'performance.slowQueryCount'],
  ],
  kpis: [['wasteReductionPercentage', 'wasteReductionPercent']],
  model: [['activeSessions', 'activeSessionCount']],
  provider: [['rateLimit.percentage', 'rateLimit.usagePercent']],
  providers: [
    ['totalRequestsHour', 'lastHourRequestCount'],
    ['totalFailuresHour', 'lastHourFailureCount'],
  ],
} as const;

const providerMetrics = [
  ['total_providers', 'provider_count'],
  ['total_requests_hour', 'last_hour_request_count'],
  ['total_failures_hour', 'last_hour_failure_count'],
] as const;

/** Counts are named `…Count` and percentages `…Percent`. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [gauge, renamed] of Object.entries(numbers))
    for (const [from, to] of renamed) {
      await sql`update gauge_samples
        set numbers = (numbers - ${from}::text) || jsonb_build_object(${to}::text, numbers -> ${from})
        where gauge = ${gauge} and numbers -> ${from} is not null`.execute(db);
      await sql`update alert_rules set field = ${`${gauge}.${to}`} where field = ${`${gauge}.${from}`}`.execute(
        db,
      );
    }
  for (const [from, to] of providerMetrics)
    await sql`alter table provider_metrics rename column ${sql.ref(from)} to ${sql.ref(to)}`.execute(db);
  await sql`update kpis set name = 'wasteReductionPercent' where name = 'wasteReductionPercentage'`.execute(
    db,
  );
  await sql`update events
    set payload = (payload - 'wasteReductionPercentage')
      || jsonb_build_object('wasteReductionPercent', payload -> 'wasteReductionPercentage')
    where topic = 'agents.events' and type = 'kpisReported' and payload ? 'wasteReductionPercentage'`.execute(
    db,
  );
  await sql`update models set report = (report - 'activeSessions')
      || jsonb_build_object('activeSessionCount', report -> 'activeSessions')
    where report ? 'activeSessions'`.execute(db);
}
