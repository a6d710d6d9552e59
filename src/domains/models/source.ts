import { waitAtMost } from '../../lib/wait-at-most.ts';
import type { Source } from '../../sources/source.ts';
import type { ModelDirectory } from './directory.ts';
import { modelServerChanged, modelStatusChanged } from './events.ts';
import { ollamaProbe } from './ollama.ts';
import { openAiProbe } from './openai.ts';
import { ProbeFailure, type ModelServerAddress, type Probe, type ProbeResult } from './probe.ts';

export interface ModelsSourceOptions {
  readonly servers: readonly ModelServerAddress[];
  readonly directory: ModelDirectory;
  readonly fastestMs: number;
  readonly backgroundMs: number | null;
  /** Timeout of a probe with all its requests. Default: 2.5 s. */
  readonly timeoutMs?: number;
  /** How long a sample waits for servers; a slower answer is in a later sample. Default: 300 ms. */
  readonly patienceMs?: number;
}

const timeoutMsDefault = 2_500;
const patienceMsDefault = 300;
/** A sample that outlasts its patience by this is taken for stuck. */
const marginMs = 2_000;
/** A server that answers 429 is not probed for as long as it says, within these bounds. */
const pauseMs = { default: 60_000, min: 5_000, max: 600_000 };

interface Probed {
  readonly address: ModelServerAddress;
  readonly probe: Probe;
  inFlight: Promise<void> | null;
  notBefore: number;
}

/**
 * Probes all model servers at the same time, each with its own timeout and never twice at the same time. A sample has
 * what the directory knows by then, so a slow server does not delay the models of others.
 */
export function modelsSource(options: ModelsSourceOptions): Source {
  const { directory, timeoutMs = timeoutMsDefault, patienceMs = patienceMsDefault } = options;
  const open = new Map<AbortController, NodeJS.Timeout>();
  let stopped = false;
  const servers = options.servers.map((address): Probed => ({
    address,
    probe: address.kind === 'OLLAMA' ? ollamaProbe(address) : openAiProbe(address),
    inFlight: null,
    notBefore: 0,
  }));

  function ask(server: Probed): Promise<void> {
    if (stopped || (server.inFlight === null && performance.now() < server.notBefore))
      return Promise.resolve();
    server.inFlight ??= look(server).finally(() => {
      server.inFlight = null;
    });
    return server.inFlight;
  }

  async function look(server: Probed): Promise<void> {
    const startedAt = performance.now();
    const outcome = await outcomeOf(server.probe, limit());
    if (stopped) return;
    if (outcome instanceof ProbeFailure && outcome.code === 'RATE_LIMITED') {
      const { default: usual, min, max } = pauseMs;
      server.notBefore = performance.now() + Math.min(Math.max(outcome.retryAfterMs ?? usual, min), max);
    }
    directory.probed({
      server: server.address.name,
      at: Date.now(),
      responseTimeMs: performance.now() - startedAt,
      outcome,
    });
  }

  /** It outlives its probe, for the requests that go on after it. */
  function limit(): AbortSignal {
    const controller = new AbortController();
    const expiry = setTimeout(() => {
      open.delete(controller);
      controller.abort(new ProbeFailure('CONNECTION_TIMEOUT', `gave no answer within ${timeoutMs} ms`));
    }, timeoutMs);
    open.set(controller, expiry);
    return controller.signal;
  }

  return {
    name: 'models',
    feeds: [modelStatusChanged.name, modelServerChanged.name],
    fastestMs: options.fastestMs,
    backgroundMs: options.backgroundMs,
    timeoutMs: patienceMs + marginMs,
    async sample() {
      await waitAtMost(patienceMs, Promise.all(servers.map(ask)));
      const events = directory.pending();
      return { gauges: directory.gauges(), events, recorded: () => directory.recorded(events) };
    },
    async [Symbol.asyncDispose]() {
      stopped = true;
      for (const [controller, expiry] of open) {
        clearTimeout(expiry);
        controller.abort();
      }
      open.clear();
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
      : new ProbeFailure('INVALID_RESPONSE', 'the probe itself failed');
  }
}
