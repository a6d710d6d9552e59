import type { ModelReport, ModelServerStatus, ModelStatus, ProbedModel } from './events.ts';

/** The merged reports of producers about a model. */
export interface MergedReport {
  readonly values: ModelReport;
  /** Time of the newest report, Unix milliseconds. */
  readonly at: number;
}

/** The values of the newer report, and those of the older one that the newer does not have. */
export function mergeReports(a: MergedReport | undefined, b: MergedReport): MergedReport {
  if (a === undefined) return b;
  const [older, newer] = a.at <= b.at ? [a, b] : [b, a];
  const values = Object.entries(newer.values).filter(([, value]) => value !== null && value !== undefined);
  return {
    values: { ...older.values, ...(Object.fromEntries(values) as unknown as ModelReport) },
    at: newer.at,
  };
}

/** The status of a model that its server lists. Reports only fill in what the server does not report. */
export function probedStatus(
  modelId: string,
  { server, reachable, lastProbeAt }: ModelServerStatus,
  model: ProbedModel,
  more: {
    readonly report: MergedReport | undefined;
    readonly deviceBytes: number | null;
    /** Whether the last known status was LOADED. */
    readonly wasLoaded: boolean;
  },
): ModelStatus {
  const known = model.status ?? more.report?.values.status ?? (more.wasLoaded ? 'LOADED' : 'UNLOADED');
  const status = reachable === true || known === 'UNLOADED' ? known : 'ERROR';
  const live = status === 'LOADED' || status === 'LOADING';
  const reported = more.report?.values;
  // Reports of memory and sessions are outdated once the model is unloaded.
  const inMemory = status === 'UNLOADED' ? undefined : reported;
  return {
    modelId,
    modelName: model.title ?? reported?.modelName ?? model.name,
    server,
    status,
    memoryUsedBytes: (live ? model.memoryUsedBytes : null) ?? inMemory?.memoryUsedBytes ?? null,
    memoryTotalBytes: (live ? more.deviceBytes : null) ?? inMemory?.memoryTotalBytes ?? null,
    inferenceTimeMs: model.inferenceTimeMs ?? reported?.inferenceTimeMs ?? null,
    tokensPerSecond: model.tokensPerSecond ?? reported?.tokensPerSecond ?? null,
    activeSessionCount: (live ? model.activeSessionCount : null) ?? inMemory?.activeSessionCount ?? null,
    updatedAt: Math.max(lastProbeAt ?? 0, more.report?.at ?? 0),
    lastReportedAt: more.report?.at ?? null,
  };
}

/** The status of a model that only producers report. */
export function reportedStatus(modelId: string, name: string, { values, at }: MergedReport): ModelStatus {
  return {
    modelId,
    modelName: values.modelName ?? name,
    server: serverOf(modelId),
    // A report without a status has measurements, so the model is loaded.
    status: values.status ?? 'LOADED',
    memoryUsedBytes: values.memoryUsedBytes ?? null,
    memoryTotalBytes: values.memoryTotalBytes ?? null,
    inferenceTimeMs: values.inferenceTimeMs ?? null,
    tokensPerSecond: values.tokensPerSecond ?? null,
    activeSessionCount: values.activeSessionCount ?? null,
    updatedAt: at,
    lastReportedAt: at,
  };
}

export function differOnlyInMeasurements(a: ModelStatus, b: ModelStatus): boolean {
  return a.status === b.status && a.modelName === b.modelName && a.memoryTotalBytes === b.memoryTotalBytes;
}

/** The part of the id before the colon; empty if it has none. */
export function serverOf(modelId: string): string {
  return modelId.slice(0, Math.max(0, modelId.indexOf(':')));
}
