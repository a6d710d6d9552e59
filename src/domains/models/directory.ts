import { reservedId } from '../../journal/reserved-ids.ts';
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
  type ProbedModel,
} from './events.ts';
import {
  differOnlyInMeasurements,
  mergeReports,
  probedStatus,
  reportedStatus,
  serverOf,
  type MergedReport,
} from './status.ts';
import { ProbeFailure, type ModelServerAddress, type ProbeResult } from './probe.ts';

/**
 * The status of all models, from probes of their servers and from reports of producers.
 *
 * Once a configured server has responded, it decides the status of its models, and reports only add measurements. While
 * it does not respond, its loaded models have the status ERROR, which does not count as unloading. The status in a report
 * is used for models of servers that are not configured, or that have not responded since the report.
 *
 * The directory has no connection and no clock: the source passes in results of probes, the domain reports.
 */
export interface ModelDirectory {
  probed(result: ProbeResult): void;
  /**
   * @param reportedAt Unix milliseconds. An older report only adds values that newer ones do not have.
   * @param seq position of the report in the log; null: unknown
   */
  report(report: ModelReport, reportedAt: number, seq?: number | null): void;
  /**
   * The value of every model and server, and null for models that were removed since the last call. A value is urgent
   * if more than its measurements has changed since then.
   */
  gauges(): readonly Gauge[];
  /**
   * Events to store, oldest first. Their ids follow from the probe or the report that caused them, so storing an event
   * twice, or on several instances, has no effect.
   */
  pending(): readonly ModelEventDraft[];
  /** Removes stored events from the pending ones. */
  recorded(events: readonly Draft[]): void;
}

export interface ModelDirectoryOptions {
  readonly servers: readonly Pick<ModelServerAddress, 'name' | 'url' | 'kind'>[];
  /** Null if no GPU is monitored. */
  readonly gpuMemoryTotalBytes: () => number | null;
  readonly hostMemoryTotalBytes: number | null;
  /** The state at the end of the previous process, so that its events are not repeated. */
  readonly known?: readonly KnownModel[];
  /** Servers whose last event is modelServerUnreachable. */
  readonly knownUnreachable?: readonly string[];
}

export interface KnownModel {
  readonly modelId: string;
  readonly modelName: string | null;
  /** According to its last modelLoaded or modelUnloaded event. */
  readonly status: ModelState | null;
  /** Time of that event, Unix milliseconds. Older reports are ignored. */
  readonly updatedAt: number;
}

/** Further events drop the oldest ones. The database has then been unavailable for days. */
const pendingEventsMax = 10_000;

interface Server {
  status: ModelServerStatus;
  /** Only then is the memory of its GPU or host known. */
  readonly isLocal: boolean;
  /** By model id, from the last successful probe; null before the first. */
  models: ReadonlyMap<string, ProbedModel> | null;
  /** Time of the last successful probe, Unix milliseconds. */
  respondedAt: number;
  /** Whether its last event was modelServerUnreachable. */
  reportedUnreachable: boolean;
}

export function createModelDirectory(options: ModelDirectoryOptions): ModelDirectory {
  const { known = [], knownUnreachable = [] } = options;
  const servers = new Map(
    options.servers.map((address) => [address.name, newServer(address, knownUnreachable)]),
  );
  const knownModels = new Map(known.map((model) => [model.modelId, model]));
  /** Models whose last event is modelLoaded. */
  const loaded = new Set(known.filter(({ status }) => status === 'LOADED').map(({ modelId }) => modelId));
  const reports = new Map<string, MergedReport>();
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
      server.respondedAt = result.at;
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
    for (const id of ids) update(id, result.at, String(result.at));
  }

  function addServerEvent(server: Server, at: number): void {
    const { server: name, reachable, errorCode, errorMessage } = server.status;
    if (server.reportedUnreachable === !reachable) return;
    server.reportedUnreachable = !reachable;
    const type = reachable === true ? 'modelServerRecovered' : 'modelServerUnreachable';
    addEvent(
      modelEvent(type, {
        key: name,
        id: reservedId('model:', `${type}:${name}:${at}`),
        occurredAt: at,
        payload: { server: name, errorCode, errorMessage },
      }),
    );
  }

  function report(values: ModelReport, reportedAt: number, seq: number | null = null): void {
    const cause = seq === null ? String(reportedAt) : `report-${seq}`;
    const { modelId } = values;
    const merged = mergeReports(reports.get(modelId), { values, at: reportedAt });
    reports.delete(modelId); // so that the most recently reported model is the last one
    reports.set(modelId, merged);
    update(modelId, reportedAt, cause);
    const [oldest] = reports.keys();
    if (reports.size <= reportedModelsMax || oldest === undefined) return;
    reports.delete(oldest);
    update(oldest, reportedAt, cause);
    if (!models.has(oldest)) loaded.delete(oldest);
  }

  /**
   * Updates the status of a model, and adds an event when it was loaded or unloaded.
   *
   * @param cause is the same on all instances, which store the event once together
   */
  function update(id: string, at: number, cause: string): void {
    const before = models.get(id);
    const now = statusOf(id);
    if (now === null) models.delete(id);
    else models.set(id, now);
    if (now !== null && (before === undefined || !differOnlyInMeasurements(before, now)))
      urgentModels.add(id);
    const isLoaded = isModelLoaded(id, now);
    if (isLoaded === null || isLoaded === loaded.has(id)) return;
    if (isLoaded) loaded.add(id);
    else loaded.delete(id);
    const modelName = now?.modelName ?? before?.modelName ?? nameOf(id);
    const type = isLoaded ? 'modelLoaded' : 'modelUnloaded';
    addEvent(
      modelEvent(type, {
        key: id,
        id: reservedId('model:', `${type}:${id}:${cause}`),
        occurredAt: at,
        payload: { modelId: id, modelName, server: serverOf(id) },
      }),
    );
  }

  /** Null if unknown. */
  function isModelLoaded(id: string, now: ModelStatus | null): boolean | null {
    if (now === null) return servers.get(serverOf(id))?.status.reachable === true ? false : null;
    if (now.status === 'LOADED') return true;
    return now.status === 'UNLOADED' ? false : null;
  }

  function statusOf(id: string): ModelStatus | null {
    const server = servers.get(serverOf(id));
    const model = server?.models?.get(id);
    const report = reports.get(id);
    if (server !== undefined && model !== undefined) {
      const deviceBytes = server.isLocal ? deviceMemoryBytes(model) : null;
      return probedStatus(id, server.status, model, { report, deviceBytes, wasLoaded: loaded.has(id) });
    }
    if (report !== undefined && isNewer(id, server, report)) return reportedStatus(id, nameOf(id), report);
    // The model was loaded before this process started, and its server has not responded since.
    if (server?.status.reachable === false && server.models === null && loaded.has(id)) {
      const at = server.status.lastProbeAt ?? 0;
      const values = report?.values ?? { modelId: id };
      return {
        ...reportedStatus(id, nameOf(id), { values, at }),
        status: 'ERROR',
        lastReportedAt: report?.at ?? null,
      };
    }
    return null;
  }

  /** Whether a report is newer than the last response of the server, if the server is configured. */
  function isNewer(id: string, server: Server | undefined, { at }: MergedReport): boolean {
    if (at < (knownModels.get(id)?.updatedAt ?? 0)) return false;
    return server === undefined || (server.status.reachable !== true && at > server.respondedAt);
  }

  function deviceMemoryBytes({ onGpu }: ProbedModel): number | null {
    return (onGpu ? options.gpuMemoryTotalBytes() : null) ?? options.hostMemoryTotalBytes;
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
    isLocal: isLoopback(new URL(url).hostname),
    models: null,
    respondedAt: Number.NEGATIVE_INFINITY,
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
