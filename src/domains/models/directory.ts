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
  differOnlyInMeasurements,
  merged,
  probedStatus,
  reportedStatus,
  serverOf,
  type HeldReport,
} from './status.ts';
import { ProbeFailure, type ModelServerAddress, type ProbedModel, type ProbeResult } from './probe.ts';

/**
 * The state of all models, from the answers of their servers and the reports of producers.
 *
 * A configured server decides the status of its models as soon as it has answered; a report then only adds measurements.
 * While a server does not answer, its models that were loaded have the status ERROR, which is neither a loading nor
 * an unloading. A report's own status holds for models of servers that are not configured, and for those of a server
 * that has not answered since the report.
 *
 * It has no connection and no clock: the source passes in the results of probes, the domain the reports.
 */
export interface ModelDirectory {
  probed(result: ProbeResult): void;
  /** @param reportedAt Unix milliseconds. An older report fills only what the newer ones left out. */
  report(report: ModelReport, reportedAt: number): void;
  /**
   * The current value of every model and server, and null for models that are gone since the last call. A value is
   * urgent when more than its measurements has changed since then.
   */
  gauges(): readonly Gauge[];
  /** Events that are not known to be stored, oldest first. Each keeps its id, so that a second attempt stores nothing. */
  pending(): readonly ModelEventDraft[];
  /** Marks events as stored. */
  recorded(events: readonly Draft[]): void;
}

export interface ModelDirectoryOptions {
  readonly servers: readonly Pick<ModelServerAddress, 'name' | 'url' | 'kind'>[];
  /** Null while graphics cards are not monitored. */
  readonly gpuMemoryTotalMb: () => number | null;
  readonly hostMemoryTotalMb: number | null;
  /** What the process before this one knew. A model that was LOADED makes no event again. */
  readonly known?: readonly KnownModel[];
  /** Servers whose last event says that they do not answer. */
  readonly knownUnreachable?: readonly string[];
}

export interface KnownModel {
  readonly modelId: string;
  readonly modelName: string | null;
  /** Of its last modelLoaded or modelUnloaded event. */
  readonly status: ModelState | null;
  /** Time of that event, Unix milliseconds. Older reports do not count. */
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
  /** Whether its last event was modelServerUnreachable. */
  reportedUnreachable: boolean;
}

export function createModelDirectory(options: ModelDirectoryOptions): ModelDirectory {
  const { known = [], knownUnreachable = [] } = options;
  const servers = new Map(
    options.servers.map((address) => [address.name, newServer(address, knownUnreachable)]),
  );
  const knownModels = new Map(known.map((model) => [model.modelId, model]));
  /** Models that are loaded according to the events. */
  const loaded = new Set(known.filter(({ status }) => status === 'LOADED').map(({ modelId }) => modelId));
  const reports = new Map<string, HeldReport>();
  const models = new Map<string, ModelStatus>();
  const urgentModels = new Set<string>();
  const urgentServers = new Set<string>();
  let shown = new Set<string>();
  let events: ModelEventDraft[] = [];

  function addEvent(event: ModelEventDraft): void {
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
    addServerEvent(server, result.at);
    const own = `${result.server}:`;
    const ids = new Set([
      ...(before?.keys() ?? []),
      ...(server.models?.keys() ?? []),
      ...[...loaded, ...reports.keys(), ...models.keys()].filter((id) => id.startsWith(own)),
    ]);
    for (const id of ids) settle(id, result.at);
  }

  function addServerEvent(server: Server, at: number): void {
    const { server: name, reachable, errorCode, errorMessage } = server.status;
    if (server.reportedUnreachable === !reachable) return;
    server.reportedUnreachable = !reachable;
    addEvent(
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
    reports.delete(modelId); // moves it to the end of the order in which reports are dropped
    reports.set(modelId, merged(held, { values, at: reportedAt }));
    settle(modelId, reportedAt);
    const [oldest] = reports.keys();
    if (reports.size <= reportedModelsMax || oldest === undefined) return;
    reports.delete(oldest);
    settle(oldest, reportedAt);
    if (!models.has(oldest)) loaded.delete(oldest);
  }

  /** Updates the status of a model, and adds an event when it was loaded or unloaded. */
  function settle(id: string, at: number): void {
    const before = models.get(id);
    const now = compute(id);
    if (now === null) models.delete(id);
    else models.set(id, now);
    if (now !== null && (before === undefined || !differOnlyInMeasurements(before, now)))
      urgentModels.add(id);
    const isLoaded = stateOf(id, now);
    if (isLoaded === null || isLoaded === loaded.has(id)) return;
    if (isLoaded) loaded.add(id);
    else loaded.delete(id);
    const modelName = now?.modelName ?? before?.modelName ?? nameOf(id);
    addEvent(
      modelEvent(isLoaded ? 'modelLoaded' : 'modelUnloaded', {
        key: id,
        id: randomUUID(),
        occurredAt: at,
        payload: { modelId: id, modelName, server: serverOf(id) },
      }),
    );
  }

  /** Whether it is loaded; null when that is unknown. */
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
    if (held !== undefined && isNewer(id, server, held)) return reportedStatus(id, nameOf(id), held);
    // It was loaded before this process started, and its server has not answered since.
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

  /** Whether a report is newer than everything that its server, if it is configured, has answered. */
  function isNewer(id: string, server: Server | undefined, { at }: HeldReport): boolean {
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
    reportedUnreachable: knownUnreachable.includes(name),
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
