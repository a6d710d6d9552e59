import type { LatencyHistograms } from '../../delivery/latency.ts';
import type { HistogramSnapshot } from '../../lib/histogram.ts';
import type { FanoutStats } from '../../delivery/stats.ts';
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
  readonly fanout: FanoutStats;
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

/** A value and its labels. An unknown value, null, is left out. */
export type Sample = readonly [value: number | HistogramSnapshot | null, ...labels: string[]];

export interface Family {
  readonly help: string;
  /** Names of the labels, in the order of the samples'. Their values come from tables of this program only. */
  readonly labels?: readonly string[];
  readonly samples: (stats: Stats) => readonly Sample[];
}

const ofEndpoint = ['dialect', 'path'];
const ofField = ['field', 'delivery'];

/**
 * All metrics. A name that ends in `_total` is a counter, one with histograms as values a histogram, any other a gauge.
 * Counters and histograms begin with the process.
 */
export const families: Readonly<Record<string, Family>> = {
  opsgraph_build_info: {
    help: 'Always 1. The label is the version that runs.',
    labels: ['version'],
    samples: ({ version }) => [[1, version]],
  },
  opsgraph_ready: {
    help: 'Whether the server can serve, as /readyz answers: 1 or 0.',
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
  opsgraph_memory_limit_bytes: {
    help: 'What each share of MEMORY_BUDGET_MB may hold. Above it the oldest are evicted, or requests are rejected with OVERLOADED.',
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
    help: 'The interval at which a source is sampled now. Absent for a source that is not sampled.',
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
    help: 'WebSockets that are not written to until their clients have read what was sent.',
    samples: ({ parked }) => [[parked]],
  },
  opsgraph_socket_ping_seconds: {
    help: 'Time from a ping to the pong of the client.',
    labels: ofEndpoint,
    samples: ofEndpoints(({ pings }) => pings),
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
    help: 'WebSocket handshakes that were accepted.',
    labels: ofEndpoint,
    samples: ofEndpoints(({ accepted }) => accepted),
  },
  opsgraph_handshakes_rejected_total: {
    help: 'WebSocket handshakes that were rejected. The path /ws/* counts feeds that do not exist.',
    labels: ofEndpoint,
    samples: ofEndpoints(({ refused }) => refused),
  },
  opsgraph_handshakes_waiting: {
    help: 'WebSocket handshakes that wait for their turn.',
    samples: ({ waitingHandshakes }) => [[waitingHandshakes]],
  },
  opsgraph_reconnections_total: {
    help: 'Accepted handshakes of clients that had been connected before.',
    labels: ofEndpoint,
    samples: ofEndpoints(({ reconnections }) => reconnections),
  },
  opsgraph_connection_failures_total: {
    help: 'WebSockets whose handshake was rejected, or that ended for lack of a pong or of a valid credential.',
    samples: ({ failures }) => [[failures]],
  },
  opsgraph_http_request_duration_seconds: {
    help: 'Time from an HTTP request to the end of its response. Event streams, probes and scrapes do not count.',
    samples: ({ http }) => [[http]],
  },

  // Subscriptions
  opsgraph_subscription_groups: {
    help: 'Groups of equal subscriptions, for which each value is executed once, by root field.',
    labels: ofField,
    samples: ofGroups((groups) => groups.length),
  },
  opsgraph_subscribers: {
    help: 'Open subscriptions, over WebSockets and event streams, by root field.',
    labels: ofField,
    samples: ofGroups((groups) => sum(groups.map(({ members }) => members))),
  },
  opsgraph_subscription_lag_entries: {
    help: 'Values that wait in memory for the slowest subscriber, at most 1000, by root field.',
    labels: ofField,
    samples: ofGroups((groups) => groups.reduce((most, { lag }) => Math.max(most, lag), 0)),
  },
  opsgraph_subscribers_catching_up: {
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
    help: 'Values that a newer one replaced before a subscriber took them, by root field. Never events.',
    labels: ofField,
    samples: ({ fanout }) => fanout.fields.map(({ field, delivery, skipped }) => [skipped, field, delivery]),
  },
  opsgraph_subscription_ends_total: {
    help: 'Subscriptions that ended: left, stalled (read nothing for a minute), shutdown, or the code of an error.',
    labels: ['reason'],
    samples: ({ fanout }) => [...fanout.ends].map(([reason, count]) => [count, reason]),
  },
  opsgraph_frame_cache_bytes: {
    help: 'Messages of events that are cached for subscribers near each other.',
    samples: ({ fanout }) => [[fanout.rememberedBytes]],
  },

  // Latency
  opsgraph_message_latency_seconds: {
    help: 'Time from the arrival of a value in the journal to its writing, per message.',
    samples: ({ latency }) => [[latency.message]],
  },
  opsgraph_topic_latency_seconds: {
    help:
      'Time that values of a topic took. collected: from when they happened to their arrival in the journal; ' +
      'executed: from their arrival to their result, per group; written: from their arrival to their writing, per message.',
    labels: ['topic', 'stage'],
    samples: ({ latency }) => latency.topics.map(({ topic, stage, histogram }) => [histogram, topic, stage]),
  },
};

function ofEndpoints(value: (counts: EndpointCounts) => number | HistogramSnapshot): Family['samples'] {
  return ({ endpoints }) => endpoints.map((counts) => [value(counts), counts.dialect, counts.path]);
}

/** Groups by their root field: the schema bounds their number, while clients write any documents. */
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
