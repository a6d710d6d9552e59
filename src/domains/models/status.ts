import type { ModelReport, ModelServerStatus, ModelStatus } from './events.ts';
import type { ProbedModel } from './probe.ts';

/** The merged reports of producers on a model. */
export interface HeldReport {
  readonly values: ModelReport;
  /** Unix milliseconds, of the newest. */
  readonly at: number;
}

/** The newer one's values, and the older one's where the newer has none. */
export function merged(held: HeldReport | undefined, given: HeldReport): HeldReport {
  if (held === undefined) return given;
  const [older, newer] = held.at <= given.at ? [held, given] : [given, held];
  const values = Object.entries(newer.values).filter(([, value]) => value !== null && value !== undefined);
  return {
    values: { ...older.values, ...(Object.fromEntries(values) as unknown as ModelReport) },
    at: newer.at,
  };
}

/** A model that its server listed: the server decides its status, and a report fills what the server left out. */
export function probedStatus(
  modelId: string,
  { server, reachable, lastProbeAt }: ModelServerStatus,
  model: ProbedModel,
  more: {
    readonly held: HeldReport | undefined;
    readonly deviceMb: number | null;
    /** Whether it was loaded when its status was last known. */
    readonly wasLoaded: boolean;
  },
): ModelStatus {
  const known = model.status ?? more.held?.values.status ?? (more.wasLoaded ? 'LOADED' : 'UNLOADED');
  const status = reachable === true || known === 'UNLOADED' ? known : 'ERROR';
  const live = status === 'LOADED' || status === 'LOADING';
  const reported = more.held?.values;
  // A model that is not in memory takes none and has no sessions, whatever was reported before.
  const inMemory = status === 'UNLOADED' ? undefined : reported;
  return {
    modelId,
    modelName: model.title ?? reported?.modelName ?? model.name,
    server,
    status,
    memoryUsageMb: (live ? model.memoryUsageMb : null) ?? inMemory?.memoryUsageMb ?? null,
    memoryTotalMb: (live ? more.deviceMb : null) ?? inMemory?.memoryTotalMb ?? null,
    inferenceTimeMs: model.inferenceTimeMs ?? reported?.inferenceTimeMs ?? null,
    tokensPerSecond: model.tokensPerSecond ?? reported?.tokensPerSecond ?? null,
    activeSessions: (live ? model.activeSessions : null) ?? inMemory?.activeSessions ?? null,
    updatedAt: Math.max(lastProbeAt ?? 0, more.held?.at ?? 0),
    lastReportedAt: more.held?.at ?? null,
  };
}

/** A model that only producers report. */
export function reportedStatus(modelId: string, name: string, { values, at }: HeldReport): ModelStatus {
  return {
    modelId,
    modelName: values.modelName ?? name,
    server: serverOf(modelId),
    // A model with measurements is loaded.
    status: values.status ?? 'LOADED',
    memoryUsageMb: values.memoryUsageMb ?? null,
    memoryTotalMb: values.memoryTotalMb ?? null,
    inferenceTimeMs: values.inferenceTimeMs ?? null,
    tokensPerSecond: values.tokensPerSecond ?? null,
    activeSessions: values.activeSessions ?? null,
    updatedAt: at,
    lastReportedAt: at,
  };
}

/** Whether a reader may wait for its interval. */
export function differOnlyInMeasurements(a: ModelStatus, b: ModelStatus): boolean {
  return a.status === b.status && a.modelName === b.modelName && a.memoryTotalMb === b.memoryTotalMb;
}

/** The part before the colon; empty without one. */
export function serverOf(modelId: string): string {
  return modelId.slice(0, Math.max(0, modelId.indexOf(':')));
}
