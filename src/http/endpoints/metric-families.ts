import type { LatencyHistograms } from '../../delivery/latency.ts';
import type { HistogramSnapshot } from '../../lib/histogram.ts';
import type { DeliveryStats } from '../../delivery/stats.ts';
import type { Health, SourceStats } from '../../graph/context.ts';
import type { EndpointCounts, GroupStats } from '../../graph/server-stats.ts';
import type { ShareStats } from '../../lib/memory-budget.ts';

/** The state of the process at one moment. Times are in milliseconds. */
export interface Stats {
  readonly version: string;
  readonly health: Health;
  readonly http: HistogramSnapshot;
  readonly endpoints: readonly EndpointCounts[];
  readonly failures: number;
  readonly waitingHandshakes: number;
  readonly parked: number;
  readonly fanout: DeliveryStats;
  readonly latency: LatencyHistograms;
  readonly memory: readonly ShareStats[];
  readonly log: LogStats;
  readonly pool: PoolStats;
  readonly sources: readonly SourceStats[];
  readonly jobs: readonly JobStats[];
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

/** A value and its labels. Null: the value is unknown, and the sample is omitted. */
export type Sample = readonly [value: number | HistogramSnapshot | null, ...labels: string[]];

export interface Family {
  readonly help: string;
  /** Names of the labels, in the order of their values in the samples. Values never come from clients. */
  readonly labels?: readonly string[];
  readonly samples: (stats: Stats) => readonly Sample[];
  /** How the values of several workers with the same labels become one. Default: their sum. */
  readonly across?: 'max' | 'min';
}

const ofEndpoint = ['dialect', 'path'];
const ofField = ['field', 'delivery'];

/** Reasons that are shown from the start, because Prometheus sees no increase in the first value of a counter. */
const endsAtStart = ['left', 'stalled', 'shutdown'].map((reason) => [reason, 0] as const);

/**
 * All metrics. A metric whose name ends in `_total` is a counter, one with histograms as values a histogram, and any other
 * a gauge. Counters and histograms start at 0 with the process.
 */
export const families: Readonly<Record<string, Family>> = {
  opsgraph_build_info: {
    across: 'max',
    help: 'Always 1. The label is the version of the server.',
    labels: ['version'],
    samples: ({ version }) => [[1, version]],
  },
  opsgraph_ready: {
    across: 'min',
    help: 'Whether the server is ready, as /readyz reports: 1 or 0.',
    samples: ({ health }) => [[Number(health.ready)]],
  },

  // The database
  opsgraph_database_up: {
    across: 'min',
    help: 'Whether the database responds within a second: 1 or 0.',
    samples: ({ health }) => [[Number(health.database.answers)]],
  },
  opsgraph_database_size_bytes: {
    across: 'max',
    help: 'Size of the database, rounded to a hundredth of a MiB.',
    samples: ({ health: { database } }) => [[database.sizeBytes]],
  },
  opsgraph_database_connections: {
    help: 'Connections of this process to the database, by state: used or idle.',
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
    across: 'max',
    help: 'Position of the newest event that readers can see. It increases and may skip numbers.',
    samples: ({ log }) => [[log.head]],
  },
  opsgraph_log_held_entries: {
    help: 'Events in memory for readers.',
    samples: ({ log }) => [[log.heldEntries]],
  },
  opsgraph_log_held_bytes: {
    help: 'Estimated size of the events in memory.',
    samples: ({ log }) => [[log.heldBytes]],
  },
  opsgraph_log_waiting: {
    help: 'Events and transactions waiting to be stored.',
    samples: ({ log }) => [[log.waiting]],
  },

  // Memory that is held for clients
  opsgraph_memory_held_bytes: {
    help:
      'Estimated memory that is held for clients. ring: stored events; frames: messages of events; documents: parsed ' +
      'documents; responses: cached responses; subscriptions: open subscriptions; drafts: events waiting to be stored; ' +
      'transfers: large data being received; answers: bytes that clients have not read.',
    labels: ['share'],
    samples: ({ memory }) => memory.map(({ name, bytes }) => [bytes, name]),
  },
  opsgraph_memory_limit_bytes: {
    help: 'Limit of each share of MEMORY_BUDGET_MB. Above it the oldest entries are evicted, or requests are rejected with OVERLOADED.',
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
  opsgraph_source_up: {
    across: 'min',
    help: 'Whether the last sample of a source succeeded: 1 or 0. Absent before the first sample.',
    labels: ['source'],
    samples: ({ sources }) =>
      sources.map(({ name, failing }) => [failing === null ? null : Number(!failing), name]),
  },
  opsgraph_source_last_duration_seconds: {
    across: 'max',
    help: 'Duration of the last sample of a source.',
    labels: ['source'],
    samples: ({ sources }) => sources.map(({ name, lastDurationMs }) => [seconds(lastDurationMs), name]),
  },
  opsgraph_source_interval_seconds: {
    across: 'min',
    help: 'The interval at which a source is sampled now. Absent for a source that is not sampled.',
    labels: ['source'],
    samples: ({ sources }) => sources.map(({ name, paceMs }) => [seconds(paceMs), name]),
  },
  opsgraph_scheduler_running: {
    across: 'max',
    help: 'Whether the scheduler runs jobs: 1 or 0.',
    samples: ({ health }) => [[Number(health.scheduler.running)]],
  },
  opsgraph_job_runs_total: {
    help: 'Runs of a job on this instance, by outcome: success, failed or aborted.',
    labels: ['job', 'outcome'],
    samples: ({ jobs }) =>
      jobs.flatMap(({ id, runs }) =>
        Object.entries(runs).map(([outcome, count]): Sample => [count, id, outcome.toLowerCase()]),
      ),
  },
  opsgraph_job_last_duration_seconds: {
    across: 'max',
    help: 'Duration of the last run of a job on this instance.',
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
    help: 'WebSockets that are paused until their clients have read what was sent.',
    samples: ({ parked }) => [[parked]],
  },
  opsgraph_socket_ping_seconds: {
    help: 'Time from a ping to the pong of the client.',
    labels: ofEndpoint,
    samples: ofEndpoints(({ pings }) => pings),
  },
  opsgraph_socket_messages_received_total: {
    help: 'Messages received from clients over WebSockets.',
    labels: ofEndpoint,
    samples: ofEndpoints(({ received }) => received),
  },
  opsgraph_socket_messages_sent_total: {
    help: 'Messages sent to clients over WebSockets.',
    labels: ofEndpoint,
    samples: ofEndpoints(({ sent }) => sent),
  },
  opsgraph_handshakes_accepted_total: {
    help: 'Accepted WebSocket handshakes.',
    labels: ofEndpoint,
    samples: ofEndpoints(({ accepted }) => accepted),
  },
  opsgraph_handshakes_rejected_total: {
    help: 'Rejected WebSocket handshakes. The path /ws/* counts feeds that do not exist.',
    labels: ofEndpoint,
    samples: ofEndpoints(({ refused }) => refused),
  },
  opsgraph_handshakes_waiting: {
    help: 'WebSocket handshakes waiting to be processed.',
    samples: ({ waitingHandshakes }) => [[waitingHandshakes]],
  },
  opsgraph_reconnections_total: {
    help: 'Accepted handshakes of clients that had been connected before.',
    labels: ofEndpoint,
    samples: ofEndpoints(({ reconnectionCount }) => reconnectionCount),
  },
  opsgraph_connection_failures_total: {
    help: 'WebSockets whose handshake was rejected, that sent no pong, or whose credential in a message was invalid.',
    samples: ({ failures }) => [[failures]],
  },
  opsgraph_http_request_duration_seconds: {
    help: 'Time from an HTTP request to the end of its response, without subscriptions, probes and scrapes.',
    samples: ({ http }) => [[http]],
  },

  // Subscriptions
  opsgraph_subscription_groups: {
    help: 'Groups of equal subscriptions, by root field. Each value is executed once per group.',
    labels: ofField,
    samples: ofGroups((groups) => groups.length),
  },
  opsgraph_subscribers: {
    help: 'Open subscriptions, over WebSockets and HTTP, by root field.',
    labels: ofField,
    samples: ofGroups((groups) => sum(groups.map(({ members }) => members))),
  },
  opsgraph_subscription_lag_entries: {
    across: 'max',
    help: 'Values in memory that the slowest subscriber has not received, at most 1000, by root field.',
    labels: ofField,
    samples: ofGroups((groups) => groups.reduce((most, { lag }) => Math.max(most, lag), 0)),
  },
  opsgraph_subscribers_catching_up: {
    help: 'Subscriptions that are so far behind that they read from the database, by root field.',
    labels: ofField,
    samples: ofGroups((groups) => sum(groups.map(({ reading }) => reading))),
  },
  opsgraph_subscription_executed_total: {
    help: 'Values executed for a group, by root field.',
    labels: ofField,
    samples: ({ fanout }) =>
      fanout.fields.map(({ field, delivery, executed }) => [executed, field, delivery]),
  },
  opsgraph_subscription_skipped_total: {
    help: 'Values of gauges that a newer value replaced before a subscriber received them, by root field.',
    labels: ofField,
    samples: ({ fanout }) => fanout.fields.map(({ field, delivery, skipped }) => [skipped, field, delivery]),
  },
  opsgraph_subscription_ends_total: {
    help: 'Ended subscriptions, by reason: left, stalled (read nothing for a minute), shutdown, or the code of an error.',
    labels: ['reason'],
    samples: ({ fanout }) =>
      [...new Map([...endsAtStart, ...fanout.ends])].map(([reason, count]) => [count, reason]),
  },
  opsgraph_frame_cache_bytes: {
    help: 'Size of the cached messages of events.',
    samples: ({ fanout }) => [[fanout.cachedBytes]],
  },

  // Latency
  opsgraph_message_latency_seconds: {
    help: 'Time from the arrival of a value in the journal until its message is written.',
    samples: ({ latency }) => [[latency.message]],
  },
  opsgraph_topic_latency_seconds: {
    help:
      'Latency of the values of a topic, by stage. collected: from the event to its arrival in the journal; executed: ' +
      'from the arrival to the result, per group; written: from the arrival to the written message.',
    labels: ['topic', 'stage'],
    samples: ({ latency }) => latency.topics.map(({ topic, stage, histogram }) => [histogram, topic, stage]),
  },
};

function ofEndpoints(value: (counts: EndpointCounts) => number | HistogramSnapshot): Family['samples'] {
  return ({ endpoints }) => endpoints.map((counts) => [value(counts), counts.dialect, counts.path]);
}

/** By root field, whose number the schema limits. The number of documents is not limited. */
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
