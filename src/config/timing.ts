/**
 * How often values are measured and sent, and how clients should reconnect: some variables, and the keys of
 * the dashboard's YAML file, over which the variables take precedence.
 */
import { z } from 'zod';
import { integer, text } from './parsers.ts';
import { section, type SettingsContext } from './setting.ts';
import { isMap, yamlInteger, yamlOf } from './yaml-file.ts';

const countMax = 1_000_000;
const dayMs = 86_400_000;
const intervalMs = yamlInteger(100, dayMs);

function yamlNumber(min: number, max: number) {
  const error = `must be a number from ${min} to ${max}`;
  return z.number({ error }).min(min, { error }).max(max, { error });
}

const keys = {
  'websocket.reconnect.backoff_multiplier': yamlNumber(1, 100),
  'websocket.reconnect.max_attempts': yamlInteger(1, countMax),
  'websocket.reconnect.max_delay_ms': intervalMs,
  'monitoring.system.sample_interval_ms': intervalMs,
  'monitoring.gpu.sample_interval_ms': intervalMs,
  'monitoring.database.sample_interval_ms': intervalMs,
  'updates.system_metrics': intervalMs,
  'updates.gpu_metrics': intervalMs,
  'updates.database_metrics': intervalMs,
  'updates.model_status': intervalMs,
  'updates.chat_status': intervalMs,
} satisfies Record<string, z.ZodType<number>>;

type Key = keyof typeof keys;
type FileValues = Partial<Record<Key, number>>;

const fileSetting = {
  env: 'DASHBOARD_CONFIG',
  type: text,
  default: 'config/dashboard_config.yaml',
  description: 'YAML file with intervals and reconnect advice. A file named here must exist.',
} as const;

export const timingSettings = section({
  title: 'Intervals and reconnecting',
  settings: {
    file: fileSetting,
    reconnectAttempts: {
      env: 'WEBSOCKET_RECONNECT_ATTEMPTS',
      type: integer(1, countMax),
      unset: 'websocket.reconnect.max_attempts of the YAML file, or 10',
      description: 'Reconnect attempts that clients are advised to make.',
    },
    reconnectDelayMs: {
      env: 'WEBSOCKET_RECONNECT_DELAY_MS',
      type: integer(1, dayMs),
      default: '1000',
      description:
        'Delay before the first reconnect attempt that clients are advised to use, in milliseconds.',
    },
    messageBufferSize: {
      env: 'WEBSOCKET_MESSAGE_BUFFER_SIZE',
      type: integer(0, countMax),
      default: '1000',
      description: 'Events replayed to a client that reconnects with its client_id. 0 replays none.',
    },
    pingIntervalMs: {
      env: 'WS_PING_INTERVAL_MS',
      type: integer(10, dayMs),
      default: '30000',
      description: 'Milliseconds between two pings on a WebSocket.',
    },
    pongTimeoutMs: {
      env: 'WS_PONG_TIMEOUT_MS',
      type: integer(10, dayMs),
      default: '10000',
      description: 'Milliseconds until a client that does not answer a ping is disconnected.',
    },
  },
  resolve({ file, reconnectAttempts, ...realtime }, context) {
    const values = readFile(file, context);
    return {
      realtime: {
        ...realtime,
        reconnectAttempts: reconnectAttempts ?? values['websocket.reconnect.max_attempts'] ?? 10,
        reconnectMaxDelayMs: values['websocket.reconnect.max_delay_ms'] ?? 30_000,
        backoffMultiplier: values['websocket.reconnect.backoff_multiplier'] ?? 1.5,
      },
      intervals: intervalsOf(values),
    };
  },
});

export type Intervals = ReturnType<typeof intervalsOf>;

function readFile(name: string, context: SettingsContext): FileValues {
  const values: FileValues = {};

  const visit = (section: object, prefix: string): void => {
    for (const [part, value] of Object.entries(section)) {
      const key = prefix + part;
      if (isKey(key)) {
        const { success, data, error } = keys[key].safeParse(value);
        if (success) values[key] = data;
        else context.error(`${key} in ${name} ${error.issues[0]?.message}, got ${shown(value)}`);
      } else if (isSection(key)) {
        if (isMap(value)) visit(value, `${key}.`);
        else if (value !== null)
          context.error(`${key} in ${name} must contain further keys, got ${shown(value)}`);
      } else if (!key.startsWith('x-')) {
        // `x-…` holds what merge keys refer to
        context.warn(`${key} in ${name} is not a known key and has no effect`);
      }
    }
  };

  const root = yamlOf(fileSetting, name, context);
  if (isMap(root)) visit(root, '');
  else if (root !== null)
    context.error(`${name} must contain keys such as monitoring.system.sample_interval_ms`);
  return values;
}

/** How often values are measured (`…SampleMs`) and sent (`…MetricsMs`), which is never more often. */
function intervalsOf(values: FileValues) {
  const of = (key: Key, fallback: number): number => values[key] ?? fallback;
  const systemSampleMs = of('monitoring.system.sample_interval_ms', 1000);
  const gpuSampleMs = of('monitoring.gpu.sample_interval_ms', 2000);
  const databaseSampleMs = of('monitoring.database.sample_interval_ms', 5000);
  const systemMetricsMs = of('updates.system_metrics', systemSampleMs);
  const gpuMetricsMs = of('updates.gpu_metrics', gpuSampleMs);
  const databaseMetricsMs = of('updates.database_metrics', databaseSampleMs);
  return {
    systemSampleMs: Math.min(systemSampleMs, systemMetricsMs),
    gpuSampleMs: Math.min(gpuSampleMs, gpuMetricsMs),
    databaseSampleMs: Math.min(databaseSampleMs, databaseMetricsMs),
    systemMetricsMs,
    gpuMetricsMs,
    databaseMetricsMs,
    modelStatusMs: of('updates.model_status', 3000),
    chatStatusMs: of('updates.chat_status', 500),
  };
}

function isKey(path: string): path is Key {
  return Object.hasOwn(keys, path);
}

function isSection(path: string): boolean {
  return Object.keys(keys).some((key) => key.startsWith(`${path}.`));
}

function shown(value: unknown): string {
  if (typeof value === 'number') return String(value);
  const json = JSON.stringify(value) ?? String(value);
  return json.length > 60 ? `${json.slice(0, 60)}…` : json;
}
