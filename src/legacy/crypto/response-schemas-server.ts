/** Schemas of the response bodies for the server itself. */
import { z } from 'zod';
import { count, each, flag, isoTime, number, text } from '../schema-terms.ts';
import { configuration } from './response-schemas-providers.ts';

const advertised = z
  .strictObject({ host: text, port: count, protocol: z.enum(['ws', 'wss']), url: text })
  .describe('The address at which clients reach the WebSockets.');
const database = z.enum(['healthy', 'degraded', 'unhealthy']);

export const root = z.strictObject({
  ...each(text, 'name', 'version', 'description'),
  status: z.literal('online'),
  timestamp: isoTime,
  advertised,
  endpoints: z
    .record(z.string(), z.strictObject({ rest: z.array(text), websocket: z.array(text) }))
    .describe('Paths by old system.'),
  documentation: z
    .strictObject({ swagger: text, redoc: text, graphql: text })
    .describe('Paths of the documentation.'),
  dialects: z.strictObject({ crypto: z.strictObject({ title: text, version: text }) }),
});

export const health = z.strictObject({
  status: database,
  timestamp: isoTime,
  components: z.strictObject({
    database: z.strictObject({
      status: database,
      writable: flag.describe(
        'Whether the database accepts writes: false while it is read-only, full or locked.',
      ),
      faults: z.array(text).describe('The reasons why statements failed in the last seconds.'),
      clock_ahead_ms: number
        .nullable()
        .describe(
          'How far the clock of the server is ahead of the database’s; above three minutes nothing is pruned.',
        ),
      notifications: z
        .enum(['listening', 'polling'])
        .describe('Whether the database notifies this instance of commits of other instances.'),
    }),
    scheduler: z.strictObject({ status: z.enum(['running', 'stopped']) }),
    websocket: z.strictObject({
      status: z.enum(['running', 'stopped']),
      active_connections: count.describe('Open sockets of `/ws/live`.'),
    }),
    providers: z.strictObject({ total: count, online: count, degraded: count, offline: count }),
  }),
});

export const info = z.strictObject({
  application: z.strictObject({
    ...each(text, 'name', 'version', 'environment'),
    uptime_seconds: number,
  }),
  configuration,
  database: z.strictObject({ status: database, size_mb: number.nullable() }),
  rate_limits: z.strictObject({ configured_providers: count }),
  scheduler: z.strictObject({ running: flag, total_jobs: count, jobs: z.array(text) }),
  websocket: z.strictObject({ active_connections: count, background_tasks_running: flag }),
  features: z.record(z.string(), flag).describe('Whether each feature is on, by name.'),
  realtime: z
    .strictObject({
      ...each(count, 'reconnect_attempts', 'reconnect_delay_ms', 'reconnect_max_delay_ms'),
      backoff_multiplier: number,
      ...each(count, 'ping_interval_ms', 'pong_timeout_ms', 'message_buffer_size'),
    })
    .describe('Recommended settings for clients that reconnect.'),
  advertised,
  listeners: z.array(z.strictObject({ name: text, url: text })),
  timestamp: isoTime,
});

export const socketStats = z.strictObject({
  active_connections: count,
  total_connections: count.describe('Since the start of the server.'),
  connections: z.array(
    z.strictObject({
      client_id: text,
      connected_at: isoTime,
      last_ping: isoTime.nullable().describe('When the last pong or message arrived.'),
      messages_sent: count,
    }),
  ),
  background_tasks_running: flag,
  timestamp: isoTime,
});
