import { isInputObjectType, isObjectType, type GraphQLArgument } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type DatabaseHandle } from '../../src/db/database.ts';
import type { RowKey } from '../../src/db/list-page.ts';
import type { KeysetList, KeysetPage } from '../../src/db/keyset-list.ts';
import { activityList } from '../../src/domains/activity/store.ts';
import { decisionList } from '../../src/domains/agents/decisions.store.ts';
import { interventionList } from '../../src/domains/agents/store.ts';
import type { AlertRuleOrigin } from '../../src/domains/alerts/alert-rules.events.ts';
import { alertRuleList } from '../../src/domains/alerts/alert-rules.store.ts';
import { silenceList } from '../../src/domains/alerts/silences.store.ts';
import { alertList, type AlertFilter } from '../../src/domains/alerts/list.store.ts';
import { subjectOf } from '../../src/domains/annotations/fields.ts';
import { annotationList } from '../../src/domains/annotations/store.ts';
import { customEventList } from '../../src/domains/custom-events/store.ts';
import { auditList, readOffset, type AuditFilter } from '../../src/domains/governance/audit.store.ts';
import { jobRunList } from '../../src/domains/jobs/store.ts';
import { deployedModelList } from '../../src/domains/models/deployments.store.ts';
import { notificationList } from '../../src/domains/notifications/store.ts';
import { logList } from '../../src/domains/providers/logs.store.ts';
import { metricsList } from '../../src/domains/providers/store.ts';
import { tokenList } from '../../src/domains/tokens/store.ts';
import { runList } from '../../src/domains/training/store.ts';
import { deliveryList, webhookList } from '../../src/domains/webhooks/store.ts';
import type { DeliveryStatus } from '../../src/domains/webhooks/webhook.ts';
import { transferList } from '../../src/domains/transfers/store.ts';
import { uploadList } from '../../src/domains/files/store.ts';
import { workflowList } from '../../src/domains/workflows/store.ts';
import { silentLog } from '../../src/log/log.ts';
import { schema } from '../../src/schema.ts';
import { createTestDatabase, type TestDatabase } from '../_util/database.ts';
import { explained, type Explained } from '../_util/explained.ts';

// Every list of the graph that can be filtered, over tables in which values are common, rare, or common but old: what a
// page reads must depend on the page, and not on the table.

const rowsOfTable = 15_000;
const limit = 20;
const searchedMax = 200;

let home: TestDatabase;
let database: DatabaseHandle;
let watched: Explained;

beforeAll(async () => {
  home = await createTestDatabase();
  database = openDatabase({ connection: home.connection, log: silentLog });
  await database.pool.query(filled);
  watched = explained(database);
});

afterAll(async () => {
  await database[Symbol.asyncDispose]();
  await home.drop();
});

type Words = readonly [common: string, old: string, rare: string, other: string];

/** `common` now, `old` only long ago, `rare` twice. @param salt makes columns independent of each other. */
function word(salt: number, words: Words = ['common', 'old', 'rare', 'other']): string {
  const [common, old, rare, other] = words;
  return `case
    when n in (${salt}, ${rowsOfTable / 2 + salt}) then '${rare}'
    when n < ${rowsOfTable / 4} and (n * 7919::bigint + ${salt}) % 5 < 3 then '${old}'
    when (n * 104729::bigint + ${salt}) % 3 = 0 then '${common}'
    else '${other}' end`;
}

const at = `timestamptz '2026-01-01' + n * interval '1 second'`;
const series = `from (select n::int as n from generate_series(1, ${rowsOfTable}) as n) as row`;
const logTypes = ['connectionLogged', 'failureLogged', 'collectionLogged', 'rateLimitLogged'] as const;
const states = ['RUNNING', 'FAILED', 'COMPLETED', 'COMPLETED'] as const;
const statuses = ['IN_PROGRESS', 'FAILED', 'CANCELLED', 'COMPLETED'] as const;
const outcomes = ['SUCCESS', 'FAILED', 'ABORTED', 'SUCCESS'] as const;
const modelStatuses = ['ACTIVE', 'ERROR', 'TRAINING', 'INACTIVE'] as const;
const levels = ['INFO', 'CRITICAL', 'ERROR', 'WARNING'] as const;

const filled = `
  insert into audit_log (seq, id, event_type, actor_id, target_id, action, role, status, occurred_at, recorded_at)
    select n, 'e' || n, ${word(1)}, ${word(2)}, ${word(3)}, '', ${word(5)}, ${word(4)}, ${at}, ${at} ${series};
  insert into audit_counts select event_type, count(*) from audit_log group by 1;
  insert into alerts (
    seq, id, alert_type, level, title, message, source, subject, agent_id, provider, auto_dismiss, actions, raised_at,
    acknowledged_at, resolved_at, updated_at, number, silenced_by
  ) select n, 'a' || n, ${word(1)}, ${word(2, levels)}, '', '', '', '', ${word(3)}, ${word(4)}, false, '{}', ${at},
    case when n > 1500 and n % 2 = 0 then ${at} end, case when n > 1500 and n % 2 = 1 then ${at} end, ${at}, n, ${word(1)}
    ${series};
  insert into webhook_deliveries (delivery_id, webhook_id, event, body, status, attempts, created_at)
    select 'm' || n, ${word(1)}, '', '{}', ${word(2, ['DELIVERED', 'FAILED', 'CANCELLED', 'PENDING'])}, 1, ${at} ${series};
  insert into alert_rules (rule_id, origin, enabled, for_ms, clear_ms, severity, title, actions, created_at, updated_at)
    select 'r' || n, ${word(1, ['OPERATOR', 'CONFIGURATION', 'OPERATOR', 'OPERATOR'])}, true, 0, 0, 'INFO', '', '{}',
      ${at}, ${at} ${series};
  insert into silences (silence_id, reason, until, created_by, created_at, updated_at, ended_at)
    select 's' || n, '', ${at}, 'ann', ${at}, ${at}, case when n % 2 = 1 then ${at} end ${series};
  insert into provider_logs
    select n, ${word(1, logTypes)}, 1, ${word(2)}, ${at}, ${at}, '{}' ${series};
  insert into decisions (decision_id, seq, agent_id, action_type, parameters, expected_outcome, occurred_at, recorded_at)
    select 'd' || n, n, ${word(1)}, ${word(2)}, '{}', '{}', ${at}, ${at} ${series};
  insert into interventions
    select n, 'i' || n, ${word(1)}, 'PAUSE', '{}', null, 'OK', 'OK', 'ann', ${at}, ${at} ${series};
  insert into job_runs select n, 'r' || n, ${word(1)}, '', ${at}, ${at}, 1, ${word(2, outcomes)} ${series};
  insert into training_runs (run_id, model_id, state, started_at, updated_at, recorded_at)
    select 't' || n, ${word(2)}, ${word(1, states)}, ${at}, ${at}, ${at} ${series};
  insert into workflows (workflow_id, owner_user_id, status, stage, progress, started_at, updated_at, recorded_at)
    select 'w' || n, ${word(2)}, ${word(1, statuses)}, 'VALIDATION', 1, ${at}, ${at}, ${at} ${series};
  insert into uploads (upload_id, filename, started_at, updated_at, recorded_at, validation)
    select 'u' || n, ${word(1)}, ${at}, ${at}, ${at},
      jsonb_build_object('status', ${word(2, ['SUCCESS', 'ERROR', 'ERROR', 'SUCCESS'])}) ${series};
  insert into transfers (seq, id, data_id, total_bytes, sha256, sender, received_at)
    select n, 't' || n, ${word(1)}, 1, '', ${word(2)}, ${at} ${series};
  insert into webhooks (webhook_id, name, url, secret, enabled, created_by, created_at, updated_at, position)
    select 'w' || n, ${word(1)}, '', '', n % 2 = 0, ${word(2)}, ${at}, ${at}, 0 ${series};
  insert into provider_metrics (
    at, provider_count, online_count, degraded_count, offline_count, last_hour_request_count, last_hour_failure_count,
    system_health
  ) select ${at}, 1, 1, 0, 0, 0, 0, 'HEALTHY' ${series};
  insert into tokens (token_id, kind, digest, subject, role, created_at, created_by)
    select 'k' || n, 'API', int4send(n), ${word(1)}, ${word(2)}, ${at}, 'ann' ${series};
  insert into notifications
    select n, 'n' || n, 'n' || n, ${word(1)}, '', '', 'USER_ACTION', 'LOW', null, '{}', ${at}, ${at} ${series};
  insert into annotations
    select 'a' || n, '', array[${word(1)}], ${at}, null, ${word(2)}, ${word(3)}, ${word(4)}, ${word(5)}, ${word(6)},
      ${at}, 'ann', ${at}, 'ann' ${series};
  insert into notification_reads select 'common', n, ${at} ${series} where n % 3 = 0;
  insert into notification_read_marks values ('old', 100, now()), ('rare', ${rowsOfTable}, now());
  insert into activities (seq, id, title, actor, action_type, status, severity_level, metadata, occurred_at)
    select n, 'a' || n, '', ${word(1)}, ${word(2)}, '', 'INFO', '{}', ${at} ${series};
  insert into deployed_models (
    model_id, operational_status, listed_at, prediction_count, timed_predictions, response_time_sum_ms
  ) select 'm' || n, ${word(1, modelStatuses)}, ${at}, 0, 0, 0 ${series};
  insert into custom_events
    select n, ${at}, ${at}, 'c' || n, ${word(1)}, ${word(2)}, ${word(3, levels)}, '', null, null ${series};
  analyze;
`;

interface Page {
  readonly limit: number;
  readonly searchedMax: number;
  readonly newestFirst: boolean;
  readonly since: Date | null;
}
type Filter = Readonly<Record<string, unknown>>;
type Db = Explained['db'];

interface FilteredList {
  /** Parts for which there is no index. */
  readonly unindexed?: readonly string[];
  /** Values of each part of the filter; a part that is not in the schema has none. */
  readonly parts: Readonly<Record<string, readonly unknown[]>>;
  /** @returns whether the search was ended before the page was full. */
  readonly read: (db: Db, filter: Filter, page: Page) => Promise<boolean>;
}

const words = ['common', 'old', 'rare', 'none'];
const ends = { olderThan: null, newerThan: null };

/** Reads a list as it is declared. */
function declared<Own>(
  list: Pick<KeysetList<Own, unknown>, 'read'>,
  ownFilter: (filter: Filter, since: Date | null) => Own,
): FilteredList['read'] {
  return async (db, filter, { since, ...page }) =>
    (await list.read(db, ownFilter(filter, since), { ...page, ...ends })).searchedUpTo !== null;
}

const withTime = (filter: Filter, since: Date | null) => ({ ...filter, since });

const lists: Readonly<Record<string, FilteredList>> = {
  auditLogs: {
    parts: {
      eventTypes: [['common'], ['old', 'rare', 'none']],
      actorId: ['common', 'old', 'rare'],
      targetId: ['rare'],
      roleId: ['common', 'old'],
      statuses: [['common'], ['old', 'none'], ['rare']],
    },
    read: declared(auditList, (filter, since) => ({ ...filter, since })),
  },
  alerts: {
    parts: {
      acknowledged: [true],
      severities: [['INFO', 'ERROR']],
      alertTypes: [['old']],
      agentId: ['rare'],
      providerName: ['old'],
      silencedBy: ['rare'],
      hostId: ['common', 'rare'],
      statuses: [
        ['ACTIVE', 'RESOLVED'],
        ['ACTIVE'],
        ['ACKNOWLEDGED', 'SILENCED'],
        ['ACTIVE', 'SILENCED', 'ACKNOWLEDGED'],
      ],
      ruleId: ['common'],
      search: ['nothing'],
    },
    unindexed: ['acknowledged', 'hostId', 'ruleId', 'search', 'statuses'],
    read: declared(alertList, withTime),
  },
  alertRules: {
    parts: { origin: ['CONFIGURATION', 'OPERATOR'] },
    read: declared(alertRuleList, ({ origin = null }) => ({ origin: origin as AlertRuleOrigin | null })),
  },
  webhookDeliveries: {
    parts: { webhookId: words, statuses: [['PENDING'], ['FAILED', 'CANCELLED']] },
    read: declared(deliveryList, ({ webhookId = null, statuses = null }) => ({
      webhookId: webhookId as string | null,
      statuses: statuses as readonly DeliveryStatus[] | null,
    })),
  },
  silences: {
    parts: { statuses: [['ACTIVE'], ['ENDED']] },
    unindexed: ['statuses'],
    read: declared(silenceList, (filter) => filter),
  },
  logEntries: {
    parts: { types: logTypes.map((type) => [type]), providerName: words },
    read: declared(logList, withTime),
  },
  customEvents: {
    parts: {
      types: [['common'], ['old', 'rare', 'none']],
      subject: ['common', 'old', 'rare'],
      severities: [['INFO'], ['CRITICAL', 'ERROR']],
    },
    read: declared(customEventList, withTime),
  },
  activity: {
    parts: { users: [['common'], ['old', 'rare']], actionTypes: [['rare'], ['common', 'none']] },
    read: declared(activityList, withTime),
  },
  deployedModels: {
    parts: { operationalStatuses: [['ACTIVE'], ['ERROR', 'TRAINING']] },
    read: declared(deployedModelList, (filter) => filter),
  },
  annotations: {
    parts: {
      tags: [['common'], ['rare', 'old']],
      hostId: ['common', 'rare'],
      metricName: ['old'],
      providerName: ['none'],
      agentId: ['rare'],
      modelId: ['common'],
    },
    unindexed: ['tags'],
    read: declared(annotationList, (filter, since) => ({
      ...subjectOf(filter),
      since,
      until: null,
      tags: (filter['tags'] as readonly string[] | undefined) ?? null,
    })),
  },
  decisions: {
    parts: { agentId: words, actionTypes: [['common'], ['rare']] },
    unindexed: ['actionTypes'],
    read: declared(decisionList, withTime),
  },
  interventions: {
    parts: { agentId: words, actorId: ['ann', 'none'], actions: [['PAUSE'], ['RESET']] },
    unindexed: ['actorId', 'actions'],
    read: declared(interventionList, withTime),
  },
  jobRuns: {
    parts: { jobId: words, outcomes: [['SUCCESS'], ['ABORTED', 'FAILED']], triggeredBy: ['ann', 'none'] },
    unindexed: ['triggeredBy'],
    read: declared(jobRunList, withTime),
  },
  trainingRuns: {
    parts: { statuses: [['RUNNING'], ['FAILED', 'COMPLETED']], modelId: words },
    read: declared(runList, withTime),
  },
  workflows: {
    parts: { statuses: [['IN_PROGRESS'], ['FAILED'], ['CANCELLED', 'PENDING']], ownerUserId: words },
    read: declared(workflowList, withTime),
  },
  uploads: {
    parts: { validationStatuses: [['SUCCESS'], ['ERROR']], search: words },
    unindexed: ['validationStatuses', 'search'],
    read: declared(uploadList, withTime),
  },
  transfers: {
    parts: { senderId: words, dataId: ['common', 'rare'] },
    read: declared(transferList, withTime),
  },
  webhooks: {
    parts: { enabled: [true, false], createdBy: words, search: ['rare'] },
    unindexed: ['enabled', 'createdBy', 'search'],
    read: declared(webhookList, withTime),
  },
  providerStatisticsLog: {
    parts: {},
    read: declared(metricsList, withTime),
  },
  tokens: {
    parts: { subject: words, roleId: ['common', 'old', 'rare'], kinds: [['API'], ['SESSION']] },
    unindexed: ['kinds'],
    read: declared(tokenList, withTime),
  },
  notifications: {
    parts: { read: [true, false] },
    read: async (db, { read }, { since: _since, ...page }) => {
      const reads = words.map((subject) =>
        notificationList.read(db, { subject, read: read as boolean | undefined }, { ...page, ...ends }),
      );
      return (await Promise.all(reads)).some(({ searchedUpTo }) => searchedUpTo !== null);
    },
  },
};

/** Every choice of at most one value for each part, and of at most three parts. */
function choices(parts: FilteredList['parts']): readonly Filter[] {
  return Object.entries(parts).reduce<readonly Filter[]>(
    (begun, [part, values]) =>
      begun.flatMap((filter) => [
        filter,
        ...(Object.keys(filter).length === 3 ? [] : values.map((value) => ({ ...filter, [part]: value }))),
      ]),
    [{}],
  );
}

/** Of the arguments, or of the fields of the argument `filter`, those that are no times and do not page. */
function partsOf(args: readonly GraphQLArgument[]): string[] {
  return args
    .filter(({ name }) => name !== 'orderBy')
    .flatMap(({ name, type }) => (isInputObjectType(type) ? Object.keys(type.getFields()) : [name]))
    .filter((name) => !['first', 'last', 'before', 'after', 'offset', 'since', 'until'].includes(name));
}

describe('a page of a filtered list', () => {
  /** Lists that are read from memory or from the log. */
  const inMemory = new Set(['metrics', 'hosts', 'eventLog']);

  it('is tested for every list with a filter, and for every part of the filter', () => {
    const inSchema = Object.values(schema.getQueryType()?.getFields() ?? {}).flatMap(
      ({ name, type, args }) => {
        const answer = 'ofType' in type ? type.ofType : type;
        if (!isObjectType(answer) || !answer.name.endsWith('Connection') || inMemory.has(name)) return [];
        const parts = partsOf(args);
        return parts.length === 0 ? [] : [[name, parts.toSorted()] as const];
      },
    );
    const tested = Object.entries(lists)
      .map(([name, { parts }]) => [name, Object.keys(parts).toSorted()] as const)
      .filter(([, parts]) => parts.length > 0);
    expect(Object.fromEntries(tested)).toEqual(Object.fromEntries(inSchema));
  });

  it.each(Object.entries(lists))(
    'of %s reads only the rows of the page, or a bounded number of rows',
    async (_, list) => {
      const { parts, read, unindexed = [] } = list;
      const tooMany: object[] = [];
      for (const [number, filter] of choices(parts).entries()) {
        const page = {
          limit,
          searchedMax,
          newestFirst: number % 2 === 0,
          since: number % 3 === 0 ? new Date('2026-01-01T00:10:00Z') : null,
        };
        await read(watched.db, filter, page);
        const rows = watched.rowsRead();
        const given = Object.keys(filter).length;
        const isSearched =
          given > 1 ||
          (list === lists['annotations'] && page.since !== null) ||
          unindexed.some((part) => part in filter) ||
          'read' in filter;
        // the planner reads each index of the filter to choose one, and reads rows through that one
        const most = isSearched && list !== lists['logEntries'] ? (given + 1) * 2 * searchedMax : 10 * limit;
        if (rows > most) tooMany.push({ filter, page, rows, most });
      }
      expect(tooMany).toEqual([]);
    },
  );

  it.each([
    ['trainingRuns', runList, 'UPDATED_AT'],
    ['workflows', workflowList, 'UPDATED_AT'],
    ['uploads', uploadList, 'UPDATED_AT'],
    ['jobRuns', jobRunList, 'STARTED_AT'],
    ['alerts', alertList, 'UPDATED_AT'],
    ['alerts', alertList, 'SEVERITY'],
  ] as const)('of %s in another order reads only the rows of the page', async (_name, list, order) => {
    for (const newestFirst of [true, false]) {
      await list.read(watched.db, {}, { limit, newestFirst, order, ...ends });
      expect(watched.rowsRead()).toBeLessThanOrEqual(2 * limit);
    }
  });

  it.each([
    ['UPDATED_AT', { statuses: ['ACTIVE', 'SILENCED', 'ACKNOWLEDGED'] }, 2 * limit],
    ['UPDATED_AT', { statuses: ['ACKNOWLEDGED'] }, 4 * searchedMax],
    ['UPDATED_AT', { agentId: 'rare' }, 4 * searchedMax],
    ['SEVERITY', { statuses: ['ACTIVE', 'SILENCED', 'ACKNOWLEDGED'] }, 2 * limit],
    ['SEVERITY', { statuses: ['ACTIVE'] }, 4 * searchedMax],
    ['SEVERITY', { severities: ['ERROR', 'CRITICAL'] }, 2 * limit],
    ['SEVERITY', { severities: ['INFO'] }, 2 * limit],
    ['SEVERITY', { severities: ['INFO', 'ERROR'] }, 4 * searchedMax],
    ['SEVERITY', { severities: [] }, 0],
    ['SEVERITY', { severities: ['WARNING'], statuses: ['ACTIVE', 'SILENCED', 'ACKNOWLEDGED'] }, 2 * limit],
  ] satisfies [string, AlertFilter, number][])(
    'of alerts in the order %s with the filter %j reads at most the rows that an index leaves',
    async (order, filter, most) => {
      for (const newestFirst of [true, false]) {
        await alertList.read(watched.db, filter, { limit, searchedMax, newestFirst, order, ...ends });
        expect(watched.rowsRead()).toBeLessThanOrEqual(most);
      }
    },
  );

  it.each([
    ['UPDATED_AT', {}, 'true'],
    ['SEVERITY', {}, 'true'],
    ['SEVERITY', { severities: ['INFO', 'ERROR'] }, "level in ('INFO', 'ERROR')"],
    [
      'SEVERITY',
      { severities: ['ERROR', 'CRITICAL'], statuses: ['ACTIVE'] },
      "level in ('ERROR', 'CRITICAL') and acknowledged_at is null and resolved_at is null and silenced_by is null",
    ],
    [
      'SEVERITY',
      { statuses: ['ACKNOWLEDGED'], since: new Date('2026-01-01T01:00:00Z') },
      "acknowledged_at is not null and resolved_at is null and raised_at >= '2026-01-01T01:00:00Z'",
    ],
  ] satisfies [string, AlertFilter, string][])(
    'of alerts in the order %s with the filter %j gives every alert once, in as many pages as it takes',
    async (order, filter, where) => {
      const rank = `array_position(array['INFO', 'WARNING', 'ERROR', 'CRITICAL'], level)`;
      const column = order === 'SEVERITY' ? rank : 'updated_at';
      const { rows } = await database.pool.query<{ seq: number }>(
        `select seq from alerts where ${where} order by ${column}, seq`,
      );
      const wanted = rows.map(({ seq }) => seq);
      for (const newestFirst of [true, false]) {
        const given: number[] = [];
        let key: RowKey | null = null;
        do {
          const boundary = { ...ends, [newestFirst ? 'olderThan' : 'newerThan']: key };
          const page: KeysetPage = { limit: 900, searchedMax: 2_000, newestFirst, order, ...boundary };
          const { rows: found, searchedUpTo } = await alertList.read(database.kysely, filter, page);
          given.push(...found.map(({ seq }) => seq));
          const last = found.at(-1);
          key = found.length === 900 && last ? alertList.keyOf(last, order) : searchedUpTo;
        } while (key !== null);
        expect(given).toEqual(newestFirst ? wanted.toReversed() : wanted);
      }
    },
  );

  it('has a count that reads only what it counts, so that the counts of many objects read each row once', async () => {
    const subjects = ['common', 'old', 'rare', 'other', ...Array.from({ length: 20 }, (_, n) => `none ${n}`)];
    const filters = subjects.map((hostId) => ({
      ...subjectOf({ hostId }),
      since: null,
      until: null,
      tags: null,
    }));
    watched.rowsRead();
    const counts = await annotationList.countAll(watched.db, filters);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(rowsOfTable);
    expect(watched.rowsRead()).toBeLessThan(5 * rowsOfTable); // a row is counted in an index and in the table
  });

  it.each([
    { actorId: 'old' },
    { eventTypes: ['common', 'old', 'none'] },
    { eventTypes: ['old', 'rare'], statuses: ['old'], actorId: 'common' },
    { targetId: 'rare', statuses: ['none'], until: new Date('2026-01-01T01:30:00Z') },
    { eventTypes: ['common', 'other'], targetId: 'old', since: new Date('2026-01-01T00:20:00Z') },
    { eventTypes: [] },
  ] satisfies AuditFilter[])('gives every entry once, in as many pages as it takes: %j', async (filter) => {
    const where = [
      filter.eventTypes &&
        `event_type in (${["''", ...filter.eventTypes.map((type) => `'${type}'`)].join()})`,
      filter.actorId && `actor_id = '${filter.actorId}'`,
      filter.targetId && `target_id = '${filter.targetId}'`,
      filter.statuses && `status in (${filter.statuses.map((status) => `'${status}'`).join()})`,
      filter.since && `occurred_at >= '${filter.since.toISOString()}'`,
      filter.until && `occurred_at < '${filter.until.toISOString()}'`,
    ];
    const { rows } = await database.pool.query<{ seq: number }>(
      `select seq from audit_log where ${where.filter(Boolean).join(' and ')} order by seq`,
    );
    const wanted = rows.map(({ seq }) => seq);
    for (const newestFirst of [true, false]) {
      const given: number[] = [];
      let key: RowKey | null = null;
      do {
        const page: KeysetPage = {
          limit: 90,
          searchedMax: 500,
          newestFirst,
          ...ends,
          [newestFirst ? 'olderThan' : 'newerThan']: key,
        };
        const { rows: found, searchedUpTo } = await auditList.read(database.kysely, filter, page);
        given.push(...found.map(({ seq }) => seq));
        const last = found.at(-1);
        key = found.length === 90 && last ? auditList.keyOf(last) : searchedUpTo;
      } while (key !== null);
      expect(given).toEqual(newestFirst ? wanted.toReversed() : wanted);
    }
    const counted = await readOffset(database.kysely, {
      filter,
      page: { ...ends, limit: 30, searchedMax: 500, newestFirst: true },
      offset: 40,
    });
    expect(counted.rows.map(({ seq }) => seq)).toEqual(wanted.toReversed().slice(40, 70));
  });
});
