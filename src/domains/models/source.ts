import { waitAtMost } from '../../lib/wait-at-most.ts';
import type { Source } from '../../sources/source.ts';
import type { ModelDirectory } from './directory.ts';
import { modelServerChanged, modelServerProbed, modelStatusChanged } from './events.ts';
import { ollamaProbe } from './ollama.ts';
import { openAiProbe } from './openai.ts';
import { ProbeFailure, toShared, type ModelServerAddress, type Probe, type ProbeResult } from './probe.ts';

export interface ModelsSourceOptions {
  readonly servers: readonly ModelServerAddress[];
  readonly directory: ModelDirectory;
  readonly fastestMs: number;
  readonly backgroundMs: number | null;
  /** Timeout of a probe with all its requests. Default: 2.5 s. */
  readonly timeoutMs?: number;
  /** How long a sample waits for probes. A later response is part of a later sample. Default: 300 ms. */
  readonly sampleMsMax?: number;
}

const timeoutMsDefault = 2_500;
const sampleMsMaxDefault = 300;
/** A sample that exceeds `sampleMsMax` by this is considered stuck. */
const marginMs = 2_000;
/** After a response 429 the server is not probed for the requested time, within these bounds. */
const pauseMs = { default: 60_000, min: 5_000, max: 600_000 };

interface ProbedServer {
  readonly address: ModelServerAddress;
  readonly probe: Probe;
  inFlight: Promise<void> | null;
  /** On the monotonic clock, in milliseconds. */
  notBefore: number;
}

/**
 * Probes all model servers concurrently, each with its own timeout and one probe at a time. A sample contains what the
 * directory knows after `sampleMsMax`, so a slow server does not delay the models of others.
 */
export function modelsSource(options: ModelsSourceOptions): Source {
  const { directory, timeoutMs = timeoutMsDefault, sampleMsMax = sampleMsMaxDefault } = options;
  const closing = new AbortController();
  const servers = options.servers.map((address): ProbedServer => ({
    address,
    probe: address.kind === 'OLLAMA' ? ollamaProbe(address) : openAiProbe(address),
    inFlight: null,
    notBefore: 0,
  }));

  /** Results that the other instances do not have yet. */
  const unsent = new Map<string, ProbeResult>();

  async function probeIfDue(server: ProbedServer): Promise<void> {
    if (closing.signal.aborted || (server.inFlight === null && performance.now() < server.notBefore)) return;
    server.inFlight ??= probe(server).finally(() => {
      server.inFlight = null;
    });
    await server.inFlight;
  }

  async function probe(server: ProbedServer): Promise<void> {
    const startedAt = performance.now();
    const outcome = await outcomeOf(server.probe, probeSignal());
    if (closing.signal.aborted) return;
    if (outcome instanceof ProbeFailure && outcome.code === 'RATE_LIMITED') {
      const { default: usual, min, max } = pauseMs;
      server.notBefore = performance.now() + Math.min(Math.max(outcome.retryAfterMs ?? usual, min), max);
    }
    const result = {
      server: server.address.name,
      at: Date.now(),
      responseTimeMs: performance.now() - startedAt,
      outcome,
    };
    directory.probed(result);
    unsent.set(result.server, result);
  }

  /** The timeout also applies to optional requests that continue after the probe. */
  function probeSignal(): AbortSignal {
    const timeout = new AbortController();
    const failure = new ProbeFailure('CONNECTION_TIMEOUT', `no response within ${timeoutMs} ms`);
    setTimeout(() => timeout.abort(failure), timeoutMs).unref();
    return AbortSignal.any([closing.signal, timeout.signal]);
  }

  return {
    name: 'models',
    lease: 'models',
    feeds: [modelStatusChanged.name, modelServerChanged.name],
    fastestMs: options.fastestMs,
    backgroundMs: options.backgroundMs,
    timeoutMs: sampleMsMax + marginMs,
    async sample() {
      await waitAtMost(sampleMsMax, Promise.all(servers.map(probeIfDue)));
      const events = directory.pending();
      const probes = [...unsent.values()].map((result) => ({
        topic: modelServerProbed,
        key: result.server,
        payload: toShared(result),
        occurredAt: result.at,
      }));
      unsent.clear();
      const gauges = [...directory.gauges(), ...probes];
      return { gauges, events, recorded: () => directory.recorded(events) };
    },
    async [Symbol.asyncDispose]() {
      closing.abort();
      await Promise.all(servers.map(async ({ inFlight }) => inFlight));
    },
  };
}

async function outcomeOf(probe: Probe, signal: AbortSignal): Promise<ProbeResult['outcome']> {
  try {
    return await probe(signal);
  } catch (error) {
    return error instanceof ProbeFailure
      ? error
      : new ProbeFailure('INVALID_RESPONSE', 'the probe failed unexpectedly');
  }
}
