import { z } from 'zod';
import { waitAtMost } from '../../lib/wait-at-most.ts';
import { askJson, askText, entriesOf, lenient } from './http.ts';
import { readMeters, speedBetween, type Meter, type Speed } from './meters.ts';
import {
  modelsMax,
  nameCharsMax,
  ProbeFailure,
  type ModelServerAddress,
  type Probe,
  type ProbedModel,
} from './probe.ts';

/** How long a list waits for the metrics. */
const metricsPatienceMs = 1_000;
/** A server without metrics, which is most of them, is not asked for them again so soon. */
const metricsRetryAbsentMs = 600_000;
const metricsRetrySilentMs = 30_000;

const states: ReadonlyMap<string | undefined, ProbedModel['status']> = new Map([
  ['unloaded', 'UNLOADED'],
  ['loading', 'LOADING'],
  ['downloading', 'UNLOADED'],
]);

const name = z.string().min(1).max(nameCharsMax);
/** llama.cpp with several models also lists those that it would load on request. */
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

/** The list in OpenAI's envelope, in that of others, or bare. */
export const modelsBody = z.union([
  z.array(z.unknown()).transform((entries) => list.parse(entries)),
  z.object({ data: list }).transform(({ data }) => data),
  z.object({ models: list }).transform(({ models }) => models),
]);

export type Listed = z.output<typeof modelsBody>[number];

export interface Measured extends Speed {
  readonly running: number | null;
}

export function toModels(entries: readonly Listed[], measured: ReadonlyMap<string, Measured>): ProbedModel[] {
  const loaded = entries.filter(({ status }) => status === 'LOADED');
  return entries.map(({ id, status }) => {
    // A meter without a model's name belongs to the only loaded model.
    const own =
      measured.get(id) ?? (loaded.length === 1 && loaded[0]?.id === id ? measured.get('') : undefined);
    return {
      name: id,
      title: null,
      status,
      memoryUsageMb: null,
      onGpu: false,
      activeSessions: own?.running ?? null,
      inferenceTimeMs: own?.inferenceTimeMs ?? null,
      tokensPerSecond: own?.tokensPerSecond ?? null,
    };
  });
}

/** Models come from the list; metrics, where they are served, add speeds and sessions. */
export function openAiProbe({ url, key }: ModelServerAddress): Probe {
  const base = url.replace(/\/v1$/, '');
  let metricsDueAt = 0;
  let before: { readonly at: number; readonly meters: ReadonlyMap<string, Meter> } | null = null;
  let measured: ReadonlyMap<string, Measured> = new Map();

  async function measure(signal: AbortSignal): Promise<void> {
    try {
      const text = await askText({ url: `${base}/metrics`, key, signal });
      // HTML pages and JSON errors with status 200.
      if (/^\s*[<{]/.test(text)) throw new ProbeFailure('INVALID_RESPONSE', 'serves no metrics');
      const now = { at: performance.now(), meters: readMeters(text) };
      measured = compare(now);
      before = now;
    } catch (error) {
      const silent = !(error instanceof ProbeFailure) || error.code.startsWith('CONNECTION');
      metricsDueAt = performance.now() + (silent ? metricsRetrySilentMs : metricsRetryAbsentMs);
      before = null;
      measured = new Map();
    }
  }

  function compare(now: NonNullable<typeof before>): ReadonlyMap<string, Measured> {
    const compared = new Map<string, Measured>();
    for (const [model, meter] of now.meters) {
      const earlier = before?.meters.get(model);
      const last = measured.get(model) ?? { inferenceTimeMs: null, tokensPerSecond: null };
      const speed =
        before === null || earlier === undefined
          ? last
          : speedBetween(earlier, meter, now.at - before.at, last);
      compared.set(model, {
        running: meter.running,
        inferenceTimeMs: speed.inferenceTimeMs,
        tokensPerSecond: speed.tokensPerSecond,
      });
    }
    return compared;
  }

  let measuring: Promise<void> | null = null;
  return async (signal) => {
    const entries = await askJson(modelsBody, { url: `${base}/v1/models`, key, signal });
    if (performance.now() >= metricsDueAt) {
      measuring ??= measure(signal).finally(() => {
        measuring = null;
      });
      await waitAtMost(metricsPatienceMs, measuring);
    }
    return toModels(entries, measured);
  };
}
