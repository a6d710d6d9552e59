import pLimit from 'p-limit';
import { z } from 'zod';
import { waitAtMost } from '../../lib/wait-at-most.ts';
import { entriesOf, lenient, requestJson } from './http.ts';
import { modelsMax, nameCharsMax, ProbeFailure, type ModelServerAddress, type Probe } from './probe.ts';
import type { ProbedModel } from './events.ts';

const titleRequestsMax = 2;
/** How long a probe waits for titles. */
const titlesWaitMs = 150;
/** How long `/api/ps` is not requested after an error response. */
const psRetryMs = 30_000;

const name = z.string().min(1).max(nameCharsMax);
/** An entry without either name is dropped. */
const named = { name: lenient(name), model: lenient(name) };
const tagged = z
  .object({ ...named, digest: lenient(z.string().min(1)) })
  .transform(({ digest, ...names }) => ({ name: nameOf(names), digest }))
  .refine(isNamed);
const running = z
  .object({
    ...named,
    digest: lenient(z.string().min(1)),
    size: lenient(z.number().nonnegative()),
    size_vram: lenient(z.number().nonnegative()),
  })
  .transform((entry) => ({ ...entry, name: nameOf(entry) }))
  .refine(isNamed);

export const tagsBody = z.object({ models: entriesOf(tagged, modelsMax) }).transform(({ models }) => models);
export const psBody = z.object({ models: entriesOf(running, modelsMax) }).transform(({ models }) => models);
export const showBody = z
  .object({ model_info: z.record(z.string(), z.unknown()).nullish() })
  .transform(({ model_info }) => name.safeParse(model_info?.['general.name']).data?.trim() || null);

export type Tagged = z.output<typeof tagged>;
export type Running = z.output<typeof running>;

/**
 * A model that is only in `tags` is not loaded, and a loaded model may have lost its tag. `ps` is null if the server does
 * not list loaded models.
 */
export function toModels(
  tags: readonly Tagged[],
  ps: readonly Running[] | null,
  titleOf: (digest: string) => string | null,
): ProbedModel[] {
  const digests = new Map([...(ps ?? []), ...tags].map((entry) => [shortName(entry.name), digestOf(entry)]));
  const byName = new Map(ps?.map((entry) => [shortName(entry.name), entry]));
  return [...digests].map(([short, digest]) => {
    const loaded = byName.get(short);
    const { size, size_vram: sizeVram = 0 } = loaded ?? {};
    return {
      name: short,
      title: titleOf(digest),
      status: ps === null ? null : loaded === undefined ? 'UNLOADED' : 'LOADED',
      memoryUsedBytes: size === undefined ? null : Math.round(size),
      onGpu: size !== undefined && sizeVram > 0 && sizeVram >= size / 2,
      activeSessionCount: null,
      inferenceTimeMs: null,
      tokensPerSecond: null,
    };
  });
}

/** Requests the title of a model once per digest. A slow response is part of a later probe. */
export function ollamaProbe({ url, key }: ModelServerAddress): Probe {
  const titles = new Map<string, string | null>();
  const requested = new Set<string>();
  const limit = pLimit(titleRequestsMax);
  let psDueAt = 0;

  /** Null if the server does not list loaded models: old versions lack the endpoint, and gateways may forbid it. */
  async function readRunning(signal: AbortSignal): Promise<readonly Running[] | null> {
    if (performance.now() < psDueAt) return null;
    try {
      return await requestJson(psBody, { url: `${url}/api/ps`, key, signal });
    } catch (error) {
      if (!(error instanceof ProbeFailure)) throw error;
      // A server that responds with an error is assumed to do so for a while.
      if (!error.code.startsWith('CONNECTION'))
        psDueAt = performance.now() + (error.retryAfterMs ?? psRetryMs);
      return null;
    }
  }

  async function readTitle(model: string, digest: string, signal: AbortSignal): Promise<void> {
    try {
      titles.set(
        digest,
        await requestJson(showBody, { url: `${url}/api/show`, key, body: { model }, signal }),
      );
    } catch (error) {
      // An error response is final. Without a response the request is repeated.
      if (error instanceof ProbeFailure && !error.code.startsWith('CONNECTION') && !signal.aborted)
        titles.set(digest, null);
    } finally {
      requested.delete(digest);
    }
  }

  return async (signal) => {
    const [tags, ps] = await Promise.all([
      requestJson(tagsBody, { url: `${url}/api/tags`, key, signal }),
      readRunning(signal),
    ]);
    const models = new Map([...tags, ...(ps ?? [])].map((entry) => [digestOf(entry), entry.name]));
    for (const digest of titles.keys()) if (!models.has(digest)) titles.delete(digest);
    const unknown = [...models].filter(([digest]) => !titles.has(digest) && !requested.has(digest));
    for (const [digest] of unknown) requested.add(digest);
    const reading = Promise.all(
      unknown.map(([digest, model]) => limit(() => readTitle(model, digest, signal))),
    );
    if (unknown.length > 0) await waitAtMost(titlesWaitMs, reading);
    return toModels(tags, ps, (digest) => titles.get(digest) ?? null);
  };
}

function nameOf(entry: { readonly name?: string | undefined; readonly model?: string | undefined }): string {
  return entry.model ?? entry.name ?? '';
}

function isNamed({ name: found }: { readonly name: string }): boolean {
  return found !== '';
}

function shortName(full: string): string {
  return full.endsWith(':latest') ? full.slice(0, -':latest'.length) : full;
}

function digestOf(entry: { readonly name: string; readonly digest?: string | undefined }): string {
  return entry.digest ?? entry.name;
}
