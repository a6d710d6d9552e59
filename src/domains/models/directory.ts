import { randomUUID } from 'node:crypto';
import { round } from '../../lib/round.ts';
import type { Draft, Gauge } from '../../journal/topic.ts';
import {
  modelEvent,
  modelServerChanged,
  modelStatusChanged,
  reportedModelsMax,
  type ModelEventDraft,
  type ModelReport,
  type ModelServerStatus,
  type ModelState,
  type ModelStatus,
} from './events.ts';
import {
  differOnlyInFigures,
  merged,
  probedStatus,
  reportedStatus,
  serverOf,
  type HeldReport,
} from './status.ts';
import { ProbeFailure, type ModelServerAddress, type ProbedModel, type ProbeResult } from './probe.ts';

/**
 * Everything that is known of models: what their servers answered, what producers reported, and what became of it.
 *
 * A configured server decides about its models as soon as it has answered; a report then only adds what was measured.
 * While a server does not answer, its models that were loaded have the status ERROR, which is neither a loading nor
 * an unloading. A report's own status holds for models of servers that are not configured, and for those of a server
 * that has not answered since the report.
 *
 * Holds no connection and no clock: the source puts in what it found, the domain what was reported.
 */
export interface ModelDirectory {
  probed(result: ProbeResult): void;
  /** @param reportedAt Unix milliseconds. An older report fills only what the newer ones left out. */
  report(report: ModelReport, reportedAt: number): void;
  /**
   * Every model and every server as it is now, and null for models that have gone since the last call. What changed
   * in more than its measured values since the last call is urgent.
   */
  gauges(): readonly Gauge[];
  /** Events that nobody has said to be stored, oldest first. Each keeps its id, so that it may be stored again. */
  pending(): readonly ModelEventDraft[];
  /** These are stored. */
  recorded(events: readonly Draft[]): void;
}

export interface ModelDirectoryOptions {
  readonly servers: readonly Pick<ModelServerAddress, 'name' | 'url' | 'kind'>[];
  /** Null while graphics cards are not monitored. */
  readonly gpuMemoryTotalMb: () => number | null;
  readonly hostMemoryTotalMb: number | null;
  /** What was known when the process before this one ended. Only LOADED counts: nobody is told of it again. */
  readonly known?: readonly KnownModel[];
  /** Servers of which everybody knows already that they do not answer. */
  readonly knownUnreachable?: readonly string[];
}

export interface KnownModel {
  readonly modelId: string;
  readonly modelName: string | null;
  /** As its last modelLoaded or modelUnloaded event said. */
  readonly status: ModelState | null;
  /** Unix milliseconds: when that was, so that a report from before it does not count against it. */
  readonly updatedAt: number;
}

/** Beyond it the oldest are dropped: the store has been unavailable for days. */
const pendingEventsMax = 10_000;

interface Server {
  status: ModelServerStatus;
  /** Another machine's devices cannot be seen from here. */
  readonly onThisMachine: boolean;
  /** By model id, of the last answer; null before the first. */
  models: ReadonlyMap<string, ProbedModel> | null;
  /** Unix milliseconds of the last answer. */
  answeredAt: number;
  /** Whether an event has said that it does not answer. */
  saidUnreachable: boolean;
}

export function createModelDirectory(options: ModelDirectoryOptions): ModelDirectory {
  const { known = [], knownUnreachable = [] } = options;
  const servers = new Map(
    options.servers.map((address) => [address.name, newServer(address, knownUnreachable)]),
  );
  const knownModels = new Map(known.map((model) => [model.modelId, model]));
  /** As far as events have told. */
  const loaded = new Set(known.filter(({ status }) => status === 'LOADED').map(({ modelId }) => modelId));
  const reports = new Map<string, HeldReport>();
  const models = new Map<string, ModelStatus>();
  const urgentModels = new Set<string>();
  const urgentServers = new Set<string>();
  let shown = new Set<string>();
  let events: ModelEventDraft[] = [];

  function tell(event: ModelEventDraft): void {
    events.push(event);
    if (events.length > pendingEventsMax) events.shift();
  }

  function probed(result: ProbeResult): void {
    const server = servers.get(result.server);
    if (server === undefined) return;
    const before = server.models;
    const failure = result.outcome instanceof ProbeFailure ? result.outcome : null;
    if (!(result.outcome instanceof ProbeFailure)) {
      server.models = new Map(result.outcome.map((model) => [`${result.server}:${model.name}`, model]));
      server.answeredAt = result.at;
    }
    const { status } = server;
    server.status = {
      ...status,
      reachable: failure === null,
      errorCode: failure?.code ?? null,
      errorMessage: failure?.message ?? null,
      lastProbeAt: result.at,
      responseTimeMs: failure === null ? round(result.responseTimeMs, 2) : status.responseTimeMs,
    };
    if (
      status.reachable !== server.status.reachable ||
      status.errorCode !== server.status.errorCode ||
      status.errorMessage !== server.status.errorMessage
    )
      urgentServers.add(result.server);
    tellOfServer(server, result.at);
    const own = `${result.server}:`;
    const ids = new Set([
      ...(before?.keys() ?? []),
      ...(server.models?.keys() ?? []),
      ...[...loaded, ...reports.keys(), ...models.keys()].filter((id) => id.startsWith(own)),
    ]);
    for (const id of ids) settle(id, result.at);
  }

  function tellOfServer(server: Server, at: number): void {
    const { server: name, reachable, errorCode, errorMessage } = server.status;
    if (server.saidUnreachable === !reachable) return;
    server.saidUnreachable = !reachable;
    tell(
      modelEvent(reachable === true ? 'modelServerRecovered' : 'modelServerUnreachable', {
        key: name,
        id: randomUUID(),
        occurredAt: at,
        payload: { server: name, errorCode, errorMessage },
      }),
    );
  }

  function report(values: ModelReport, reportedAt: number): void {
    const { modelId } = values;
    const held = reports.get(modelId);
    reports.delete(modelId); // to the end of the order in which they are given up
    reports.set(modelId, merged(held, { values, at: reportedAt }));
    settle(modelId, reportedAt);
    const [oldest] = reports.keys();
    if (reports.size <= reportedModelsMax || oldest === undefined) return;
    reports.delete(oldest);
    settle(oldest, reportedAt);
    if (!models.has(oldest)) loaded.delete(oldest);
  }

  /** Finds out what a model is now, and tells of what became of it. */
  function settle(id: string, at: number): void {
    const before = models.get(id);
    const now = compute(id);
    if (now === null) models.delete(id);
    else models.set(id, now);
    if (now !== null && (before === undefined || !differOnlyInFigures(before, now))) urgentModels.add(id);
    const isLoaded = stateOf(id, now);
    if (isLoaded === null || isLoaded === loaded.has(id)) return;
    if (isLoaded) loaded.add(id);
    else loaded.delete(id);
    const modelName = now?.modelName ?? before?.modelName ?? nameOf(id);
    tell(
      modelEvent(isLoaded ? 'modelLoaded' : 'modelUnloaded', {
        key: id,
        id: randomUUID(),
        occurredAt: at,
        payload: { modelId: id, modelName, server: serverOf(id) },
      }),
    );
  }

  /** Null when nothing is said about it. */
  function stateOf(id: string, now: ModelStatus | null): boolean | null {
    if (now === null) return servers.get(serverOf(id))?.status.reachable === true ? false : null;
    if (now.status === 'LOADED') return true;
    return now.status === 'UNLOADED' ? false : null;
  }

  function compute(id: string): ModelStatus | null {
    const server = servers.get(serverOf(id));
    const model = server?.models?.get(id);
    const held = reports.get(id);
    if (server !== undefined && model !== undefined) {
      const deviceMb = server.onThisMachine ? deviceMemoryMb(model) : null;
      return probedStatus(id, server.status, model, { held, deviceMb, wasLoaded: loaded.has(id) });
    }
    if (held !== undefined && isNews(id, server, held)) return reportedStatus(id, nameOf(id), held);
    // It was loaded before we started, and its server has not answered since.
    if (server?.status.reachable === false && server.models === null && loaded.has(id)) {
      const at = server.status.lastProbeAt ?? 0;
      const values = held?.values ?? { modelId: id };
      return {
        ...reportedStatus(id, nameOf(id), { values, at }),
        status: 'ERROR',
        lastReportedAt: held?.at ?? null,
      };
    }
    return null;
  }

  /** Whether a report says what its server, if we may ask it at all, could not say any more. */
  function isNews(id: string, server: Server | undefined, { at }: HeldReport): boolean {
    if (at < (knownModels.get(id)?.updatedAt ?? 0)) return false;
    return server === undefined || (server.status.reachable !== true && at > server.answeredAt);
  }

  function deviceMemoryMb({ onGpu }: ProbedModel): number | null {
    return (onGpu ? options.gpuMemoryTotalMb() : null) ?? options.hostMemoryTotalMb;
  }

  function nameOf(id: string): string {
    return knownModels.get(id)?.modelName ?? id.slice(id.indexOf(':') + 1);
  }

  function gauges(): readonly Gauge[] {
    const gone = [...shown].filter((id) => !models.has(id));
    shown = new Set(models.keys());
    const taken: Gauge[] = [
      ...[...servers.values()].map(({ status }) => ({
        topic: modelServerChanged,
        key: status.server,
        payload: status,
        urgent: urgentServers.has(status.server),
      })),
      ...[...models].map(([key, payload]) => ({
        topic: modelStatusChanged,
        key,
        payload,
        urgent: urgentModels.has(key),
      })),
      ...gone.map((key) => ({ topic: modelStatusChanged, key, payload: null })),
    ];
    urgentModels.clear();
    urgentServers.clear();
    return taken;
  }

  return {
    probed,
    report,
    gauges,
    pending: () => [...events],
    recorded(stored) {
      const ids = new Set(stored.map(({ id }) => id));
      events = events.filter(({ id }) => !ids.has(id));
    },
  };
}

function newServer(
  { name, url, kind }: Pick<ModelServerAddress, 'name' | 'url' | 'kind'>,
  knownUnreachable: readonly string[],
): Server {
  return {
    status: {
      server: name,
      url: publicUrl(url),
      kind,
      reachable: null,
      errorCode: null,
      errorMessage: null,
      lastProbeAt: null,
      responseTimeMs: null,
    },
    onThisMachine: isLoopback(new URL(url).hostname),
    models: null,
    answeredAt: Number.NEGATIVE_INFINITY,
    saidUnreachable: knownUnreachable.includes(name),
  };
}

function publicUrl(url: string): string {
  const shown = new URL(url);
  shown.username = '';
  shown.password = '';
  shown.search = '';
  shown.hash = '';
  return shown.href.replace(/\/$/, '');
}

function isLoopback(hostname: string): boolean {
  return /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}
