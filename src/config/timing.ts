import { pick } from '../lib/pick.ts';
import { count, decimal, integer, milliseconds, text } from './parsers.ts';
import { section } from './setting.ts';

const file = {
  env: 'DASHBOARD_CONFIG',
  type: text,
  default: 'config/dashboard_config.yaml',
  description:
    'YAML file with intervals and reconnect advice; docs/operating.md lists its keys. A file named here must exist.',
} as const;

const interval = milliseconds(100);

/** How often values are measured and sent, and how clients should reconnect. */
export const timingSettings = section({
  title: 'Intervals and reconnecting',
  file,
  settings: {
    file,
    reconnectAttemptsMax: {
      env: 'WEBSOCKET_RECONNECT_ATTEMPTS',
      key: 'websocket.reconnect.max_attempts',
      type: count,
      default: '10',
      description: 'Reconnect attempts that clients are advised to make.',
    },
    reconnectDelayMs: {
      env: 'WEBSOCKET_RECONNECT_DELAY_MS',
      type: milliseconds(1),
      default: '1000',
      description:
        'Delay before the first reconnect attempt that clients are advised to use, in milliseconds.',
    },
    reconnectDelayMsMax: {
      key: 'websocket.reconnect.max_delay_ms',
      type: interval,
      default: '30000',
      description:
        'Longest delay before a reconnect attempt that clients are advised to use, in milliseconds.',
    },
    backoffMultiplier: {
      key: 'websocket.reconnect.backoff_multiplier',
      type: decimal(1, 100),
      default: '1.5',
      description: 'Factor by which clients are advised to increase the delay after each reconnect attempt.',
    },
    replayedEventsMax: {
      env: 'WEBSOCKET_MESSAGE_BUFFER_SIZE',
      type: integer(0, 1_000_000),
      default: '1000',
      description: 'Events replayed to a client that reconnects with its client_id. 0 replays none.',
    },
    pingIntervalMs: {
      env: 'WS_PING_INTERVAL_MS',
      type: milliseconds(10),
      default: '30000',
      description: 'Milliseconds between two pings on a WebSocket or an event stream.',
    },
    pongTimeoutMs: {
      env: 'WS_PONG_TIMEOUT_MS',
      type: milliseconds(10),
      default: '10000',
      description: 'Milliseconds until a client that does not answer a ping is disconnected.',
    },
    systemSampleMs: {
      key: 'monitoring.system.sample_interval_ms',
      type: interval,
      default: '1000',
      description:
        'Milliseconds between two measurements of the host. A client that requests a shorter interval (everyMs) causes more measurements.',
    },
    gpuSampleMs: {
      key: 'monitoring.gpu.sample_interval_ms',
      type: interval,
      default: '2000',
      description: 'Milliseconds between two measurements of the GPUs.',
    },
    databaseSampleMs: {
      key: 'monitoring.database.sample_interval_ms',
      type: interval,
      default: '5000',
      description: 'Milliseconds between two measurements of the database.',
    },
    systemMetricsMs: {
      key: 'updates.system_metrics',
      type: interval,
      unset: 'monitoring.system.sample_interval_ms',
      description:
        'Milliseconds between two updates of the host metrics. They are measured at least as often.',
    },
    gpuMetricsMs: {
      key: 'updates.gpu_metrics',
      type: interval,
      unset: 'monitoring.gpu.sample_interval_ms',
      description:
        'Milliseconds between two updates of the GPU metrics. They are measured at least as often.',
    },
    databaseMetricsMs: {
      key: 'updates.database_metrics',
      type: interval,
      unset: 'monitoring.database.sample_interval_ms',
      description:
        'Milliseconds between two updates of the database metrics. They are measured at least as often.',
    },
    modelStatusMs: {
      key: 'updates.model_status',
      type: interval,
      default: '3000',
      description: 'Milliseconds between two updates of the status of models.',
    },
    chatStatusMs: {
      key: 'updates.chat_status',
      type: interval,
      default: '500',
      description: 'Has no effect: no feed uses it.',
    },
  },
  resolve(values) {
    const systemMetricsMs = values.systemMetricsMs ?? values.systemSampleMs;
    const gpuMetricsMs = values.gpuMetricsMs ?? values.gpuSampleMs;
    const databaseMetricsMs = values.databaseMetricsMs ?? values.databaseSampleMs;
    return {
      realtime: pick(
        values,
        'reconnectAttemptsMax',
        'reconnectDelayMs',
        'reconnectDelayMsMax',
        'backoffMultiplier',
        'replayedEventsMax',
        'pingIntervalMs',
        'pongTimeoutMs',
      ),
      /** How often values are measured (`…SampleMs`) and sent (`…MetricsMs`), which is never more often. */
      intervals: {
        ...pick(values, 'modelStatusMs', 'chatStatusMs'),
        systemMetricsMs,
        gpuMetricsMs,
        databaseMetricsMs,
        systemSampleMs: Math.min(values.systemSampleMs, systemMetricsMs),
        gpuSampleMs: Math.min(values.gpuSampleMs, gpuMetricsMs),
        databaseSampleMs: Math.min(values.databaseSampleMs, databaseMetricsMs),
      },
    };
  },
});
