import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, onTestFinished, vi } from 'vitest';
import { type ClientOptions } from 'ws';
import { RawClient } from '../_util/clients.ts';
import type { TestApp } from '../_util/app.ts';
import { checkMessage } from '../_util/described.ts';
import { publishMutation, rejectionOf } from '../_util/publish.ts';

/**
 * What the tests of old systems share: clients, and shapes of the messages that old clients depend on. A shape lists all
 * keys of an object, with a check for each value.
 */

type Check = (value: unknown) => boolean;
export type Shape = Check | { readonly [key: string]: Shape };

/** The differences between a value and a shape, including missing and additional keys; empty when it matches. */
export function mismatches(value: unknown, shape: Shape, at = 'it'): string[] {
  if (typeof shape === 'function') return shape(value) ? [] : [`${at} is ${JSON.stringify(value)}`];
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [`${at} is ${JSON.stringify(value)}, no object`];
  const given = value as Record<string, unknown>;
  return [
    ...Object.keys(shape).flatMap((key) =>
      key in given
        ? mismatches(given[key], shape[key] as Shape, `${at}.${key}`)
        : [`${at}.${key} is missing`],
    ),
    ...Object.keys(given)
      .filter((key) => !(key in shape))
      .map((key) => `${at}.${key} is not allowed`),
  ];
}

declare module 'vitest' {
  // oxlint-disable-next-line typescript/no-explicit-any -- as Vitest itself declares it
  interface Matchers<T = any> {
    /** The value has exactly the keys of the shape, and each value passes its check. */
    toFit(shape: Shape): T;
  }
}

expect.extend({
  toFit(value: unknown, shape: Shape) {
    const wrong = mismatches(value, shape);
    const message = (): string =>
      `expected ${JSON.stringify(value)} to match the shape, but ${wrong.join(', ')}`;
    return { pass: wrong.length === 0, message };
  },
});

export const text: Check = (value) => typeof value === 'string' && value !== '';
export const bool: Check = (value) => typeof value === 'boolean';
export const count: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
export const percent: Check = (value) => within(value, 0, 100, 2);
export const ratio: Check = (value) => within(value, 0, 1, 4);
export const size: Check = (value) => within(value, 0, Number.MAX_VALUE, 4);
export const milliseconds: Check = (value) => within(value, 0, Number.MAX_VALUE, 4);
/** Whole Unix seconds, at most 8 s away from now. */
export const justNow: Check = (value) => count(value) && Math.abs(Date.now() / 1000 - (value as number)) < 8;
/** ISO 8601, UTC, with milliseconds and Z. */
export const iso: Check = (value) =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value);
export const nothing: Check = (value) => value === null;

export function maybe(check: Check): Check {
  return (value) => value === null || check(value);
}

export function oneOf(...words: readonly unknown[]): Check {
  return (value) => words.includes(value);
}

export function listOf(shape: Shape): Check {
  return (value) => Array.isArray(value) && value.every((item) => mismatches(item, shape).length === 0);
}

function within(value: unknown, min: number, max: number, decimals: number): boolean {
  return (
    typeof value === 'number' &&
    value >= min &&
    value <= max &&
    // `toFixed` is inexact for large numbers
    (Math.abs(value) > 2 ** 40 || Number(value.toFixed(decimals)) === value)
  );
}

export const systemMetrics: Shape = {
  type: oneOf('system_metrics'),
  timestamp: justNow,
  data: {
    cpu: { percent: maybe(percent), cores: count, frequency_mhz: maybe(size) },
    memory: { percent, used_mb: size, total_mb: size, available_mb: size },
    disk: {
      percent: maybe(percent),
      used_gb: maybe(size),
      total_gb: maybe(size),
      read_speed_mbs: maybe(size),
      write_speed_mbs: maybe(size),
    },
    network: {
      bytes_sent: maybe(count),
      bytes_recv: maybe(count),
      packets_sent: maybe(count),
      packets_recv: maybe(count),
      errors_in: maybe(count),
      errors_out: maybe(count),
    },
    gpu: {
      available: bool,
      gpu_id: maybe(count),
      name: maybe(text),
      percent: maybe(percent),
      memory_used_mb: maybe(size),
      memory_total_mb: maybe(size),
      temperature_c: maybe(size),
    },
    temperature: { cpu_c: maybe(size), gpu_c: maybe(size) },
  },
};

export const databaseMetrics: Shape = {
  type: oneOf('database_metrics'),
  timestamp: justNow,
  data: {
    connection: {
      active_connections: maybe(count),
      idle_connections: maybe(count),
      max_connections: maybe(count),
      connection_pool_utilization: maybe(ratio),
    },
    performance: {
      active_queries: maybe(count),
      avg_query_time_ms: maybe(milliseconds),
      slow_queries_count: maybe(count),
      slow_query_threshold_ms: count,
      query_cache_hit_rate: maybe(ratio),
    },
    storage: {
      database_size_gb: maybe(size),
      indexes_size_gb: maybe(size),
      tables: listOf({
        table_name: text,
        size_mb: maybe(size),
        row_count: maybe(count),
        last_vacuum: maybe(iso),
      }),
    },
    health: {
      status: oneOf('healthy', 'degraded', 'unhealthy'),
      replication_lag_ms: maybe(milliseconds),
      backup_status: oneOf('completed', 'failed', 'pending', 'unknown'),
      last_backup: maybe(iso),
    },
  },
};

export const roleHierarchy: Shape = {
  type: oneOf('role_hierarchy'),
  timestamp: count,
  data: {
    roles: listOf({
      role_id: text,
      role_name: text,
      description: maybe(text),
      parent_role: maybe(text),
      capabilities: listOf(text),
      trust_level: ratio,
      member_count: count,
    }),
  },
};

export const auditEvent: Shape = {
  type: oneOf('audit_event'),
  timestamp: count,
  data: {
    event_id: (value) => /^evt_\d+$/.test(String(value)),
    event_type: text,
    actor_id: text,
    target_id: maybe(text),
    action: text,
    role: maybe(text),
    status: text,
    details: maybe(text),
  },
};

export const modelStatus: Shape = {
  type: oneOf('model_status'),
  timestamp: justNow,
  data: {
    model_id: text,
    model_name: text,
    status: oneOf('loaded', 'loading', 'unloaded', 'error'),
    memory_usage_mb: maybe(size),
    memory_total_mb: maybe(size),
    inference_time_ms: maybe(milliseconds),
    tokens_per_second: maybe(size),
    active_sessions: maybe(count),
  },
};

/** An error message: about a message of the client, or about a model server. */
export function errorMessage(code: string): Shape {
  return { type: oneOf('error'), code: oneOf(code), message: text, timestamp: justNow };
}

/** A client of a feed that records the text and the arrival time of every message. */
export class FeedClient extends RawClient {
  readonly texts: string[] = [];
  readonly arrivedAt: number[] = [];

  constructor(url: string, options: ClientOptions = {}, protocols: string[] = []) {
    super(url, options, protocols);
    this.socket.on('message', (data) => {
      this.texts.push((data as Buffer).toString());
      this.arrivedAt.push(Date.now());
    });
  }

  /** @throws Error when a message does not match the schema that its feed declares. */
  override next(
    wanted: (message: Record<string, unknown>) => boolean = () => true,
  ): Promise<Record<string, unknown>> {
    return super.next((message) => {
      checkMessage(this.socket.url, message);
      return wanted(message);
    });
  }

  get messages(): Record<string, unknown>[] {
    return this.texts.map((one) => JSON.parse(one) as Record<string, unknown>);
  }

  async ended(code = 1000): Promise<void> {
    this.close(code);
    await this.closed;
  }
}

export function open(app: TestApp, path: string, options: ClientOptions = {}): Promise<FeedClient> {
  return new FeedClient(`${app.wsUrl}${path}`, options).opened();
}

export function dataOf(message: Record<string, unknown>): Record<string, unknown> {
  return message['data'] as Record<string, unknown>;
}

/** The body of an error of a REST endpoint or a handshake. */
export interface Refusal {
  readonly detail: string;
  readonly error: Record<string, unknown> & { code: string; message: string };
}

export function refusal(code: string, more: Record<string, Shape> = {}): Shape {
  return { detail: text, error: { code: oneOf(code), message: text, ...more } };
}

/** Publishes events as a producer does. @throws Error when the batch is rejected. */
export async function publish(
  app: TestApp,
  events: object[],
  headers: Record<string, string> = {},
): Promise<void> {
  const rejection = rejectionOf(await app.graphql(publishMutation(), { events }, headers));
  if (rejection !== undefined) throw new Error(JSON.stringify(rejection));
}

export function entry(n: number, more: object = {}): object {
  return {
    auditEvent: { eventType: 'tested', actorId: 'ann', action: `did ${n}`, status: 'success', ...more },
  };
}

export function entries(from: number, to: number, more: object = {}): object[] {
  return Array.from({ length: to - from + 1 }, (_, index) => entry(from + index, more));
}

/** Writes a `dashboard_config.yaml` with these lines; the file is removed when the test ends. @returns its path. */
export async function dashboardFile(...lines: string[]): Promise<string> {
  const dir = await emptyFolder();
  const path = join(dir, 'dashboard_config.yaml');
  await writeFile(path, lines.join('\n'));
  return path;
}

export async function emptyFolder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'opsgraph-aura-'));
  try {
    onTestFinished(() => rm(dir, { recursive: true, force: true }));
  } catch {
    process.once('exit', () => void rm(dir, { recursive: true, force: true })); // outside a test, for a whole test file
  }
  return dir;
}

/** A port on which no process listens. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Replaces the monotonic clock of the servers of this test file. `skip` moves it forward. */
export function spanClock(): { skip(ms: number): void } {
  const real = performance.now.bind(performance);
  let ahead = 0;
  const spy = vi.spyOn(performance, 'now').mockImplementation(() => real() + ahead);
  afterAll(() => spy.mockRestore());
  return {
    skip(ms) {
      ahead += ms;
    },
  };
}

/** Waits until the condition is true. For conditions that no message reports. */
export async function until(what: () => boolean | Promise<boolean>, everyMs = 20): Promise<void> {
  while (!(await what())) await new Promise((resolve) => setTimeout(resolve, everyMs));
}
