import { z } from 'zod';
import { waitAtMost } from '../../lib/wait-at-most.ts';
import { entriesOf, lenient, requestJson, requestText } from './http.ts';
import { readCounters, speedBetween, type ModelCounters, type Speed } from './metrics.ts';
import { modelsMax, nameCharsMax, ProbeFailure, type ModelServerAddress, type Probe } from './probe.ts';
import type { ProbedModel } from './events.ts';

/** How long a probe waits for metrics. */
const metricsWaitMs = 1_000;
/** How long metrics are not requested after an error response, because most servers have none, and after no response. */
const metricsRetryAbsentMs = 600_000;
const metricsRetrySilentMs = 30_000;

const states: ReadonlyMap<string | undefined, ProbedModel['status']> = new Map([
  ['unloaded', 'UNLOADED'],
  ['loading', 'LOADING'],
  ['downloading', 'UNLOADED'],
]);

const name = z.string().min(1).max(nameCharsMax);
/** llama.cpp with several models also lists models that it would load on request. */
const state = z.union([z.string(), z.object({ value: z.string() }).transform(({ value }) => value)]);
const listed = z.union([
  name.transform((id) => ({ id, status: 'LOADED' as const })),
  z
    .object({ id: lenient(name), name: lenient(name), model: lenient(name), status: lenient(state) })
    .transform((entry) => ({
      id: entry.id ?? entry.name ?? entry.model ?? '',
      status: states.get(entry.status) ?? ('LOADED' as const),
    }))
    .refine(({ id }) => id !== ''),
]);
const list = entriesOf<z.output<typeof listed>>(listed, modelsMax);

/** The list in `data` as in the API of OpenAI, in `models`, or by itself. */
const modelsBody = z.union([
  z.array(z.unknown()).transform((entries) => list.parse(entries)),
  z.object({ data: list }).transform(({ data }) => data),
  z.object({ models: list }).transform(({ models }) => models),
]);

type ListedModel = z.output<typeof modelsBody>[number];

interface ModelMetrics extends Speed {
  readonly running: number | null;
}

function toModels(
  entries: readonly ListedModel[],
  metrics: ReadonlyMap<string, ModelMetrics>,
): ProbedModel[] {
  const loaded = entries.filter(({ status }) => status === 'LOADED');
  return entries.map(({ id, status }) => {
    // Metrics without a model name are those of the only loaded model.
    const own =
      metrics.get(id) ?? (loaded.length === 1 && loaded[0]?.id === id ? metrics.get('') : undefined);
    return {
      name: id,
      title: null,
      status,
      memoryUsedBytes: null,
      onGpu: false,
      activeSessionCount: own?.running ?? null,
      inferenceTimeMs: own?.inferenceTimeMs ?? null,
      tokensPerSecond: own?.tokensPerSecond ?? null,
    };
  });
}

/** Reads the list of models, and speeds and sessions from the metrics if the server has any. */
export function openAiProbe({ url, key }: ModelServerAddress): Probe {
  const base = url.replace(/\/v1$/, '');
  let metricsDueAt = 0;
  let last: { readonly at: number; readonly counters: ReadonlyMap<string, ModelCounters> } | null = null;
  let metrics: ReadonlyMap<string, ModelMetrics> = new Map();

  async function readMetrics(signal: AbortSignal): Promise<void> {
    try {
      const text = await requestText({ url: `${base}/metrics`, key, signal });
      // Some servers respond with a web page or a JSON error and status 200.
      if (/^\s*[<{]/.test(text)) throw new ProbeFailure('INVALID_RESPONSE', 'the server has no metrics');
      const now = { at: performance.now(), counters: readCounters(text) };
      metrics = metricsSince(last, now);
      last = now;
    } catch (error) {
      const isSilent = !(error instanceof ProbeFailure) || error.code.startsWith('CONNECTION');
      metricsDueAt = performance.now() + (isSilent ? metricsRetrySilentMs : metricsRetryAbsentMs);
      last = null;
      metrics = new Map();
    }
  }

  function metricsSince(before: typeof last, now: NonNullable<typeof last>): typeof metrics {
    const entries = [...now.counters].map(([model, counters]): [string, ModelMetrics] => {
      const { inferenceTimeMs = null, tokensPerSecond = null } = metrics.get(model) ?? {};
      const earlier = before?.counters.get(model);
      const speed = { inferenceTimeMs, tokensPerSecond };
      if (before === null || earlier === undefined) return [model, { ...speed, running: counters.running }];
      const current = speedBetween(earlier, counters, now.at - before.at, speed);
      return [model, { ...current, running: counters.running }];
    });
    return new Map(entries);
  }

  let reading: Promise<void> | null = null;
  return async (signal) => {
    const entries = await requestJson(modelsBody, { url: `${base}/v1/models`, key, signal });
    if (performance.now() >= metricsDueAt) {
      reading ??= readMetrics(signal).finally(() => {
        reading = null;
      });
      await waitAtMost(metricsWaitMs, reading);
    }
    return toModels(entries, metrics);
  };
}
