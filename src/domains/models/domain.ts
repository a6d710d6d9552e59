import { retainedEntries } from '../../journal/retention.ts';
import type { Entry } from '../../journal/topic.ts';
import { polledGauge } from '../../sources/polled-gauge.ts';
import type { Domain, DomainContext } from '../domain.ts';
import { gpuSampled } from '../gpu/events.ts';
import { hostSampled, hostDescribed } from '../host/events.ts';
import { connectionsSampled } from '../server/events.ts';
import { trainingActivityChanged } from '../training/events.ts';
import {
  deployedModelTable,
  predictionCountTable,
  predictionVolumeTable,
  readDeployed,
  readDeployments,
} from './deployments.store.ts';
import { createModelDirectory, type ModelDirectory } from './directory.ts';
import {
  deployedModelsSampled,
  deploymentsKey,
  deploymentsSampled,
  modelEvents,
  modelServerProbed,
  pipelineSampled,
  probeIntervalMinMs,
  recordedModelsMax,
  type Deployments,
  type ModelEventPayload,
  type ModelReport,
  type PipelineSample,
  type SharedProbeResult,
} from './events.ts';
import { pipelineOf } from './deployments.graph.ts';
import './events.graph.ts';
import './graph.ts';
import './links.graph.ts';
import { fromShared, type ModelServerAddress } from './probe.ts';
import { modelsSource } from './source.ts';
import { modelTable, retainedModels, readModels, readUnreachable } from './store.ts';
import { watchVolume } from './volume.domain.ts';
import './history.graph.ts';
import './rule-fields.graph.ts';

export interface ModelsOptions {
  readonly servers: readonly ModelServerAddress[];
  readonly predictionMilestone: number;
  readonly statusEveryMs: number;
  /** The interval of samples without readers, for the history. */
  readonly backgroundMs: number;
}

/**
 * AI models: their status, from probes of model servers and from reports of producers, and deployed models with their
 * predictions. Nothing here loads, deploys or calls a model.
 */
export function modelsDomain({
  servers,
  predictionMilestone,
  statusEveryMs,
  backgroundMs,
}: ModelsOptions): Domain {
  return {
    name: 'models',
    handlers: [modelTable, deployedModelTable, predictionCountTable, predictionVolumeTable],
    retained: [retainedEntries(modelEvents.name), retainedModels],
    shared: [modelServerProbed],
    async start(context) {
      const { database, journal, log } = context;
      const directory = await openDirectory(context, servers);
      const reports = applyReports(context, directory);
      const read = (): Promise<Deployments> => readDeployments(database.kysely, Date.now());
      journal.gauges.put([
        ...directory.gauges(),
        { topic: deploymentsSampled, key: deploymentsKey, payload: await read() },
      ]);
      const volume = watchVolume({
        db: database.kysely,
        journal: journal.log,
        log,
        milestone: predictionMilestone,
      });
      const fastestMs = Math.min(statusEveryMs, probeIntervalMinMs);
      return {
        sources: [
          modelsSource({ servers, directory, fastestMs, backgroundMs: Math.max(backgroundMs, fastestMs) }),
          // Sampled on demand, because rates also change without reports.
          polledGauge({ name: 'deployments', topic: deploymentsSampled, key: deploymentsKey, read }),
          polledGauge({
            name: 'deployedModels',
            topic: deployedModelsSampled,
            key: deploymentsKey,
            read: async () => ({
              models: await readDeployed(database.kysely, { now: Date.now(), limit: recordedModelsMax }),
            }),
            backgroundMs,
          }),
          polledGauge({
            name: 'pipeline',
            topic: pipelineSampled,
            key: context.hostId,
            read: () => samplePipeline(context),
            backgroundMs,
          }),
        ],
        async stop() {
          await volume[Symbol.asyncDispose]();
          await reports.stop();
        },
      };
    },
  };
}

async function openDirectory(
  { database, journal, hostId }: DomainContext,
  servers: readonly ModelServerAddress[],
): Promise<ModelDirectory> {
  const rows = await readModels(database.kysely);
  const directory = createModelDirectory({
    servers,
    gpuMemoryTotalBytes: () =>
      journal.gauges.newest(gpuSampled, hostId)?.payload.gpus[0]?.memoryTotalBytes ?? null,
    hostMemoryTotalBytes: journal.gauges.newest(hostDescribed, hostId)?.payload.memoryTotalBytes ?? null,
    known: rows.map((row) => ({
      modelId: row.model_id,
      modelName: row.model_name,
      status: row.status,
      updatedAt: row.status_at?.getTime() ?? 0,
    })),
    knownUnreachable: await readUnreachable(database.kysely),
  });
  for (const { report, reported_at: at } of rows) {
    if (report !== null && at !== null) directory.report(report, at.getTime());
  }
  return directory;
}

/**
 * Applies stored reports, and the probes of the instance that probes, to the directory, stores the resulting events, and
 * updates the gauges. All instances do this. Events of reports have the same ids on all of them; those of probes are
 * stored by the instance that probes.
 */
function applyReports(
  { journal, log }: DomainContext,
  directory: ModelDirectory,
): { stop: () => Promise<void> } {
  let storing = Promise.resolve();

  async function store(): Promise<void> {
    const events = directory.pending();
    if (events.length === 0) return;
    try {
      await journal.log.append(events);
      directory.recorded(events);
    } catch (error) {
      log.warn({ err: error }, 'cannot store events of models; retrying with the next sample');
    }
  }

  const subscription = journal.log.onAppend((entries) => {
    const reports = entries.filter(
      (entry) => entry.topic === modelEvents.name && entry.type === 'modelReported',
    );
    if (reports.length === 0) return;
    for (const { payload, occurredAt, seq } of reports as readonly Entry<ModelEventPayload>[])
      directory.report(payload as ModelReport, occurredAt, seq);
    storing = storing.then(store).then(() => journal.gauges.put(directory.gauges()));
  });

  const probes = journal.gauges.onPut((entries, origin) => {
    if (origin === 'OWN') return;
    const others = entries.filter(({ topic }) => topic === modelServerProbed.name);
    if (others.length === 0) return;
    const own = new Set(directory.pending().map(({ id }) => id));
    for (const { payload } of others) directory.probed(fromShared(payload as SharedProbeResult));
    // The instance that probes stores these events, and sees every probe; this one may have missed some.
    directory.recorded(directory.pending().filter(({ id }) => !own.has(id)));
    journal.gauges.put(directory.gauges());
  });

  return {
    async stop() {
      subscription[Symbol.dispose]();
      probes[Symbol.dispose]();
      await storing;
    },
  };
}

/** A newer value is not sampled again, except connections, so that a new connection counts itself. */
const maxAgeMs = 50;
/** How long to wait for a sample. After that the previous value is shown. */
const sampleMsMax = 1_000;

/** Samples all gauges that `pipelineStatus` shows. */
async function samplePipeline({ journal }: DomainContext): Promise<PipelineSample> {
  await Promise.all([
    ...[deploymentsSampled, trainingActivityChanged, hostSampled].map(({ name }) =>
      journal.demand.refresh(name, maxAgeMs, sampleMsMax),
    ),
    journal.demand.refresh(connectionsSampled.name, 0, sampleMsMax),
  ]);
  return pipelineOf(journal);
}
