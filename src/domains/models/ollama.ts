import pLimit from 'p-limit';
import { z } from 'zod';
import { round } from '../../lib/round.ts';
import { waitAtMost } from '../../lib/wait-at-most.ts';
import { askJson, entriesOf, lenient } from './http.ts';
import {
  modelsMax,
  nameCharsMax,
  ProbeFailure,
  type ModelServerAddress,
  type Probe,
  type ProbedModel,
} from './probe.ts';

const bytesPerMb = 2 ** 20;
const titleRequestsMax = 2;
/** How long a list waits for its models' titles. */
const namesPatienceMs = 150;
/** A server that does not list what runs is not asked for it again so soon. */
const psRetryMs = 30_000;

const name = z.string().min(1).max(nameCharsMax);
/** An entry has at least one of these names, or is dropped. */
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
 * A tagged model that does not run is unloaded; a running one may have lost its tag. `ps` is null where the server does
 * not list what runs.
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
      memoryUsageMb: size === undefined ? null : round(size / bytesPerMb, 4),
      onGpu: size !== undefined && sizeVram > 0 && sizeVram >= size / 2,
      activeSessions: null,
      inferenceTimeMs: null,
      tokensPerSecond: null,
    };
  });
}

/** The title of a model is requested once per digest, and may come with a later probe than the model. */
export function ollamaProbe({ url, key }: ModelServerAddress): Probe {
  const titles = new Map<string, string | null>();
  const asking = new Set<string>();
  const inTurn = pLimit(titleRequestsMax);
  let psDueAt = 0;

  /** Null where the server does not list what runs: old servers cannot, and gateways may forbid it. */
  async function askRunning(signal: AbortSignal): Promise<readonly Running[] | null> {
    if (performance.now() < psDueAt) return null;
    try {
      return await askJson(psBody, { url: `${url}/api/ps`, key, signal });
    } catch (error) {
      if (!(error instanceof ProbeFailure)) throw error;
      // Any answer is assumed to stay the same for a while.
      if (!error.code.startsWith('CONNECTION'))
        psDueAt = performance.now() + (error.retryAfterMs ?? psRetryMs);
      return null;
    }
  }

  async function learnTitle(model: string, digest: string, signal: AbortSignal): Promise<void> {
    try {
      titles.set(digest, await askJson(showBody, { url: `${url}/api/show`, key, body: { model }, signal }));
    } catch (error) {
      // Any answer is final; without an answer the request is repeated.
      if (error instanceof ProbeFailure && !error.code.startsWith('CONNECTION') && !signal.aborted)
        titles.set(digest, null);
    } finally {
      asking.delete(digest);
    }
  }

  return async (signal) => {
    const [tags, ps] = await Promise.all([
      askJson(tagsBody, { url: `${url}/api/tags`, key, signal }),
      askRunning(signal),
    ]);
    const models = new Map([...tags, ...(ps ?? [])].map((entry) => [digestOf(entry), entry.name]));
    for (const digest of titles.keys()) if (!models.has(digest)) titles.delete(digest);
    const unknown = [...models].filter(([digest]) => !titles.has(digest) && !asking.has(digest));
    for (const [digest] of unknown) asking.add(digest);
    const learning = Promise.all(
      unknown.map(([digest, model]) => inTurn(() => learnTitle(model, digest, signal))),
    );
    if (unknown.length > 0) await waitAtMost(namesPatienceMs, learning);
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
