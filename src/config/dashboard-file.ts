/**
 * The dashboard's YAML file: how often things are measured and sent, and what clients are told about reconnecting.
 * Never throws for what stands in the file: it returns every mistake, and `config.ts` reports them with its own.
 */
import { z } from 'zod';
import { parseYaml } from '../lib/yaml.ts';

export interface DashboardFileOptions {
  /** As the operator knows it, for messages. */
  readonly name: string;
  readonly path: string;
  /** Whether the operator named the file: then it has to be there. */
  readonly required: boolean;
  readonly readFile: (path: string) => string;
}

export interface DashboardSettings {
  readonly reconnect: {
    readonly maxAttempts: number;
    readonly maxDelayMs: number;
    readonly backoffMultiplier: number;
  };
  readonly intervals: {
    readonly systemSampleMs: number;
    readonly gpuSampleMs: number;
    readonly databaseSampleMs: number;
    readonly systemMetricsMs: number;
    readonly gpuMetricsMs: number;
    readonly databaseMetricsMs: number;
    readonly modelStatusMs: number;
    readonly chatStatusMs: number;
  };
}

export interface DashboardFile {
  readonly settings: DashboardSettings;
  readonly mistakes: readonly string[];
  readonly warnings: readonly string[];
}

const DAY_MS = 86_400_000;
const intervalMs = wholeNumber(100, DAY_MS);

const KEYS = {
  'websocket.reconnect.backoff_multiplier': number(1, 100),
  'websocket.reconnect.max_attempts': wholeNumber(1, 1_000_000),
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

type Key = keyof typeof KEYS;
type Values = Partial<Record<Key, number>>;

export function readDashboardFile(options: DashboardFileOptions): DashboardFile {
  const mistakes: string[] = [];
  const warnings: string[] = [];
  const values: Values = {};

  const visit = (section: object, prefix: string): void => {
    for (const [name, value] of Object.entries(section)) {
      const key = prefix + name;
      if (isKey(key)) {
        const result = KEYS[key].safeParse(value);
        if (result.success) values[key] = result.data;
        else mistakes.push(`${key} in ${options.name} is ${shown(value)}; it ${reason(result.error)}`);
      } else if (isSection(key)) {
        if (isMap(value)) visit(value, `${key}.`);
        else if (value !== null) {
          mistakes.push(`${key} in ${options.name} is ${shown(value)}; it must hold further keys`);
        }
      } else if (!key.startsWith('x-')) {
        // `x-…` holds what merge keys refer to
        warnings.push(`${key} in ${options.name} is no known key and has no effect`);
      }
    }
  };

  const root = parse(options, mistakes);
  if (isMap(root)) visit(root, '');
  else if (root !== null) {
    mistakes.push(`${options.name} must hold keys such as monitoring.system.sample_interval_ms`);
  }
  return { settings: settingsOf(values), mistakes, warnings };
}

/** The content as plain data; null when there is none. */
function parse(options: DashboardFileOptions, mistakes: string[]): unknown {
  let text: string;
  try {
    text = options.readFile(options.path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
    const missing = code === 'ENOENT' || code === 'ENOTDIR';
    if (options.required || !missing) {
      const name = options.required ? `DASHBOARD_CONFIG="${options.name}"` : options.name;
      mistakes.push(`${name} cannot be read (${code})`);
    }
    return null;
  }
  try {
    return parseYaml(text);
  } catch (error) {
    mistakes.push(`${options.name} is no readable YAML: ${(error as Error).message}`);
    return null;
  }
}

function settingsOf(values: Values): DashboardSettings {
  const of = (key: Key, fallback: number): number => values[key] ?? fallback;
  const systemSampleMs = of('monitoring.system.sample_interval_ms', 1000);
  const gpuSampleMs = of('monitoring.gpu.sample_interval_ms', 2000);
  const databaseSampleMs = of('monitoring.database.sample_interval_ms', 5000);
  const systemMetricsMs = of('updates.system_metrics', systemSampleMs);
  const gpuMetricsMs = of('updates.gpu_metrics', gpuSampleMs);
  const databaseMetricsMs = of('updates.database_metrics', databaseSampleMs);
  return {
    reconnect: {
      maxAttempts: of('websocket.reconnect.max_attempts', 10),
      maxDelayMs: of('websocket.reconnect.max_delay_ms', 30_000),
      backoffMultiplier: of('websocket.reconnect.backoff_multiplier', 1.5),
    },
    intervals: {
      // What is sent has to be fresh: a sampler runs at least as often as its numbers are sent.
      systemSampleMs: Math.min(systemSampleMs, systemMetricsMs),
      gpuSampleMs: Math.min(gpuSampleMs, gpuMetricsMs),
      databaseSampleMs: Math.min(databaseSampleMs, databaseMetricsMs),
      systemMetricsMs,
      gpuMetricsMs,
      databaseMetricsMs,
      modelStatusMs: of('updates.model_status', 3000),
      chatStatusMs: of('updates.chat_status', 500),
    },
  };
}

function number(min: number, max: number): z.ZodType<number> {
  const error = `must be a number from ${min} to ${max}`;
  return z.number({ error }).min(min, { error }).max(max, { error });
}

function wholeNumber(min: number, max: number): z.ZodType<number> {
  const error = `must be a whole number from ${min} to ${max}`;
  return z.number({ error }).int({ error }).min(min, { error }).max(max, { error });
}

function isKey(path: string): path is Key {
  return Object.hasOwn(KEYS, path);
}

function isSection(path: string): boolean {
  return Object.keys(KEYS).some((key) => key.startsWith(`${path}.`));
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function reason(error: z.ZodError): string {
  return error.issues[0]?.message ?? 'is not allowed';
}

function shown(value: unknown): string {
  if (typeof value === 'number') return String(value);
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
