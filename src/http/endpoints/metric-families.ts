import { Counter, Gauge, Registry as Families } from 'prom-client';
import type { FanoutStats, GroupStats } from '../../delivery/subscription-groups.ts';
import type { Health, SourceStats } from '../../graph/context.ts';
import type { ShareStats } from '../../lib/memory-budget.ts';

/** What the process knew of itself when somebody looked. Times are milliseconds. */
export interface Stats {
  readonly version: string;
  readonly health: Health;
  readonly http: { readonly count: number; readonly meanMs: number | null };
  readonly endpoints: readonly EndpointCounts[];
  readonly recentFailures: number;
  readonly waitingHandshakes: number;
  readonly parked: number;
  readonly fanout: FanoutStats;
  readonly messageLatencyMs: number | null;
  readonly memory: readonly ShareStats[];
  readonly log: LogStats;
  readonly pool: PoolStats;
  readonly sources: readonly SourceStats[];
  readonly jobs: readonly JobStats[];
}

/** Sockets of one WebSocket endpoint: `open` now, the others since the start. */
export interface EndpointCounts {
  readonly dialect: string;
  readonly path: string;
  readonly open: number;
  readonly meanLatencyMs: number | null;
  readonly accepted: number;
  readonly refused: number;
  readonly reconnections: number;
  readonly received: number;
  readonly sent: number;
}

export interface LogStats {
  readonly head: number;
  readonly heldEntries: number;
  readonly heldBytes: number;
  readonly waiting: number;
}

/** Connections to the database, and statements that wait for one. */
export interface PoolStats {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
}

export interface JobStats {
  readonly id: string;
  readonly runs: Readonly<Record<string, number>>;
  readonly lastDurationMs: number | null;
}

/** A value and its labels. What nobody knows, null, is not shown. */
type Sample = readonly [value: number | null, ...labels: string[]];

interface Family {
  readonly help: string;
  /** Names of the labels, in the order of the samples'. Their values come from tables of this program only. */
  readonly labels?: readonly string[];
  readonly samples: (stats: Stats) => readonly Sample[];
}

const ofEndpoint = ['dialect', 'path'];
const ofField = ['field', 'delivery'];

/** All of them. A name that ends in `_total` only grows while the process lives; anything else goes up and down. */
const families: Readonly<Record<string, Family>> = {
  opsgraph_build_info: {
    help: 'Always 1. The label tells which version runs.',
    labels: ['version'],
    samples: ({ version }) => [[1, version]],
  },
  opsgraph_ready: {
    help: 'Whether it can serve, as /readyz has it: 1 or 0.',
    samples: ({ health }) => [[Number(health.ready)]],
  },

  // The database
  opsgraph_database_up: {
    help: 'Whether the database answers within a second: 1 or 0.',
    samples: ({ health }) => [[Number(health.database.answers)]],
  },
  opsgraph_database_size_bytes: {
    help: 'The size of the database, to a hundredth of a MiB.',
    samples: ({ health: { database } }) => [
      [database.sizeMb === null ? null : Math.round(database.sizeMb * 1_048_576)],
    ],
  },
  opsgraph_database_connections: {
    help: 'Connections of this process to the database, by whether they are in use.',
    labels: ['state'],
    samples: ({ pool: { totalCount, idleCount } }) => [
      [totalCount - idleCount, 'used'],
      [idleCount, 'idle'],
    ],
  },
  opsgraph_database_waiting: {
    help: 'Statements and transactions that wait for a connection to the database.',
    samples: ({ pool }) => [[pool.waitingCount]],
  },

  // The log
  opsgraph_log_head: {
    help: 'The position of the newest stored event that readers can see. It grows, and may skip numbers.',
    samples: ({ log }) => [[log.head]],
  },
  opsgraph_log_held_entries: {
    help: 'Events held in memory for readers.',
    samples: ({ log }) => [[log.heldEntries]],
  },
  opsgraph_log_held_bytes: {
    help: 'The size of the events held in memory, as they are counted.',
    samples: ({ log }) => [[log.heldBytes]],
  },
  opsgraph_log_waiting: {
    help: 'Events and transactions that wait to be stored.',
    samples: ({ log }) => [[log.waiting]],
  },

  // Memory that is held for clients
  opsgraph_memory_held_bytes: {
    help:
      'Memory that is held for clients, as it is counted. ring: stored events; frames: messages of events; documents; ' +
      'responses: to equal queries; subscriptions; drafts: events that wait to be stored; transfers: large data being received.',
    labels: ['share'],
    samples: ({ memory }) => memory.map(({ name, bytes }) => [bytes, name]),
  },
  opsgraph_memory_held_bytes_max: {
    help: 'What each share of MEMORY_BUDGET_MB may hold. Beyond it the oldest are evicted, or requests refused with OVERLOADED.',
    labels: ['share'],
    samples: ({ memory }) => memory.map(({ name, bytesMax }) => [bytesMax, name]),
  },

  // Sources and jobs
  opsgraph_source_samples_total: {
    help: 'Samples that a source has taken.',
    labels: ['source'],
    samples: ({ sources }) => sources.map(({ name, samples }) => [samples, name]),
  },
  opsgraph_source_failures_total: {
    help: 'Samples that a source failed to take.',
    labels: ['source'],
    samples: ({ sources }) => sources.map(({ name, failures }) => [failures, name]),
  },
  opsgraph_source_last_duration_seconds: {
    help: 'How long the last sample of a source took.',
    labels: ['source'],
    samples: ({ sources }) => sources.map(({ name, lastDurationMs }) => [seconds(lastDurationMs), name]),
  },
  opsgraph_source_interval_seconds: {
    help: 'How often a source is sampled now. A source that rests is not here.',
    labels: ['source'],
    samples: ({ sources }) => sources.map(({ name, paceMs }) => [seconds(paceMs), name]),
  },
  opsgraph_scheduler_running: {
    help: 'Whether jobs are run: 1 or 0.',
    samples: ({ health }) => [[Number(health.scheduler.running)]],
  },
  opsgraph_job_runs_total: {
    help: 'Runs of a job at this instance, by how they ended: success, failed or aborted.',
    labels: ['job', 'outcome'],
    samples: ({ jobs }) =>
      jobs.flatMap(({ id, runs }) =>
        Object.entries(runs).map(([outcome, count]): Sample => [count, id, outcome.toLowerCase()]),
      ),
  },
  opsgraph_job_last_duration_seconds: {
    help: 'How long the last run of a job at this instance took.',
    labels: ['job'],
    samples: ({ jobs }) => jobs.map(({ id, lastDurationMs }) => [seconds(lastDurationMs), id]),
  },

  // Sockets and requests
  opsgraph_sockets_open: {
    help: 'Open WebSockets.',
    labels: ofEndpoint,
    samples: ofEndpoints(({ open }) => open),
  },
  opsgraph_sockets_parked: {
    help: 'WebSockets that are not written to until their clients have read what they were sent.',
    samples: ({ parked }) => [[parked]],
  },
  opsgraph_socket_ping_mean_seconds: {
    help: 'From ping to pong: the mean of what was measured last of each open WebSocket.',
    labels: ofEndpoint,
    samples: ofEndpoints(({ meanLatencyMs }) => seconds(meanLatencyMs)),
  },
  opsgraph_socket_messages_received_total: {
    help: 'Messages from clients over WebSockets.',
    labels: ofEndpoint,
    samples: ofEndpoints(({ received }) => received),
  },
  opsgraph_socket_messages_sent_total: {
    help: 'Messages to clients over WebSockets.',
    labels: ofEndpoint,
    samples: ofEndpoints(({ sent }) => sent),
  },
  opsgraph_handshakes_accepted_total: {
    help: 'WebSockets that were let in.',
    labels: ofEndpoint,
    samples: ofEndpoints(({ accepted }) => accepted),
  },
  opsgraph_handshakes_refused_total: {
    help: 'WebSockets that were turned away at the handshake. The path /ws/* stands for feeds that there are not.',
    labels: ofEndpoint,
    samples: ofEndpoints(({ refused }) => refused),
  },
  opsgraph_handshakes_waiting: {
    help: 'WebSockets that wait for their turn to be let in.',
    samples: ({ waitingHandshakes }) => [[waitingHandshakes]],
  },
  opsgraph_reconnections_total: {
    help: 'WebSockets that were let in of clients that had been there before.',
    labels: ofEndpoint,
    samples: ofEndpoints(({ reconnections }) => reconnections),
  },
  opsgraph_connection_failures_last_minute: {
    help: 'WebSockets of the last 60 seconds that were refused, or ended for want of a pong or of a right credential.',
    samples: ({ recentFailures }) => [[recentFailures]],
  },
  opsgraph_http_requests_last_minute: {
    help: 'HTTP requests answered in the last 60 seconds. Event streams, probes and scrapes do not count.',
    samples: ({ http }) => [[http.count]],
  },
  opsgraph_http_request_mean_seconds: {
    help: 'From a request to its answer, mean of the last 60 seconds. Absent without any.',
    samples: ({ http }) => [[seconds(http.meanMs)]],
  },

  // Subscriptions
  opsgraph_subscription_groups: {
    help: 'SubscriptionGroups of equal subscriptions, for which each value is executed once, by root field.',
    labels: ofField,
    samples: ofGroups((groups) => groups.length),
  },
  opsgraph_subscription_members: {
    help: 'Subscriptions, over WebSockets and event streams, by root field.',
    labels: ofField,
    samples: ofGroups((groups) => sum(groups.map(({ members }) => members))),
  },
  opsgraph_subscription_lag_entries: {
    help: 'Values that wait in memory for the slowest reader, at most 1000, by root field.',
    labels: ofField,
    samples: ofGroups((groups) => groups.reduce((most, { lag }) => Math.max(most, lag), 0)),
  },
  opsgraph_subscription_reading_members: {
    help: 'Subscriptions so far behind that they are served from the database, by root field.',
    labels: ofField,
    samples: ofGroups((groups) => sum(groups.map(({ reading }) => reading))),
  },
  opsgraph_subscription_executed_total: {
    help: 'Values that were executed for a group, by root field.',
    labels: ofField,
    samples: ({ fanout }) =>
      fanout.fields.map(({ field, delivery, executed }) => [executed, field, delivery]),
  },
  opsgraph_subscription_skipped_total: {
    help: 'Values that a reader had not taken when a newer one took their place, by root field. Never of events.',
    labels: ofField,
    samples: ({ fanout }) => fanout.fields.map(({ field, delivery, skipped }) => [skipped, field, delivery]),
  },
  opsgraph_subscription_ends_total: {
    help: 'Subscriptions that ended: left, stalled (took nothing for a minute), shutdown, or the code of an error.',
    labels: ['reason'],
    samples: ({ fanout }) => [...fanout.ends].map(([reason, count]) => [count, reason]),
  },
  opsgraph_remembered_frames_bytes: {
    help: 'Messages of events that are kept for readers near each other.',
    samples: ({ fanout }) => [[fanout.rememberedBytes]],
  },

  // The way of a value
  opsgraph_message_latency_mean_seconds: {
    help: 'From the arrival of a value to its writing to a reader, mean of the last 60 seconds. Absent without any.',
    samples: ({ messageLatencyMs }) => [[seconds(messageLatencyMs)]],
  },
  opsgraph_topic_stage_mean_seconds: {
    help:
      'How long values of a topic took, mean of the last 60 seconds. collected: from their happening to their ' +
      'arrival in the journal; executed and written: from their arrival to their result and to their writing.',
    labels: ['topic', 'stage'],
    samples: ({ fanout }) =>
      fanout.latency.flatMap(({ topic, collectedMs, executedMs, writtenMs }): Sample[] => [
        [seconds(collectedMs), topic, 'collected'],
        [seconds(executedMs), topic, 'executed'],
        [seconds(writtenMs), topic, 'written'],
      ]),
  },
  opsgraph_topic_entries_last_minute: {
    help: 'Values of a topic that came in the last 60 seconds.',
    labels: ['topic'],
    samples: ({ fanout }) => fanout.latency.map(({ topic, entries }) => [entries, topic]),
  },
  opsgraph_topic_messages_last_minute: {
    help: 'Messages with values of a topic that were written in the last 60 seconds. Replays do not count.',
    labels: ['topic'],
    samples: ({ fanout }) => fanout.latency.map(({ topic, written }) => [written, topic]),
  },
};

/** The figures in Prometheus' text format. A family of which nothing is known is left out. */
export function textOf(stats: Stats): Promise<string> {
  const register = new Families();
  for (const [name, { help, labels = [], samples }] of Object.entries(families)) {
    const known = samples(stats).filter(([value]) => value !== null);
    if (known.length === 0) continue;
    const options = { name, help, labelNames: [...labels], registers: [register] };
    const metric = name.endsWith('_total') ? new Counter(options) : new Gauge(options);
    for (const [value, ...values] of known) metric.labels(...values).inc(value ?? 0);
  }
  return register.metrics();
}

function ofEndpoints(value: (counts: EndpointCounts) => number | null): Family['samples'] {
  return ({ endpoints }) => endpoints.map((counts) => [value(counts), counts.dialect, counts.path]);
}

/** SubscriptionGroups by their root field: there are as many as the schema has, while clients write what documents they like. */
function ofGroups(value: (groups: readonly GroupStats[]) => number): Family['samples'] {
  return ({ fanout: { groups, fields } }) => {
    const byField = new Map(fields.map(({ field }) => [field, [] as GroupStats[]]));
    for (const group of groups) byField.get(group.field)?.push(group);
    return fields.map(({ field, delivery }) => [value(byField.get(field) ?? []), field, delivery]);
  };
}

function seconds(ms: number | null): number | null {
  return ms === null ? null : ms / 1_000;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
