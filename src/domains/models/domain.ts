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
  readDeployments,
} from './deployments.store.ts';
import { createModelDirectory, type ModelDirectory } from './directory.ts';
import {
  deploymentsKey,
  deploymentsSampled,
  modelEvents,
  pipelineLookedAt,
  serversAskedMinMs,
  type Deployments,
  type ModelEventPayload,
  type ModelReport,
  type PipelineLook,
} from './events.ts';
import './deployments.graph.ts';
import './events.graph.ts';
import './graph.ts';
import type { ModelServerAddress } from './probe.ts';
import { modelsSource } from './source.ts';
import { modelTable, retainedModels, readModels, readUnreachable } from './store.ts';
import { watchVolume } from './volume.domain.ts';

const backgroundMs = 30_000;

export interface ModelsOptions {
  readonly servers: readonly ModelServerAddress[];
  readonly predictionMilestone: number;
  readonly statusEveryMs: number;
}

/** AI models: their status from their servers and from producers' reports, and the deployed models of the pipeline. */
export function modelsDomain({ servers, predictionMilestone, statusEveryMs }: ModelsOptions): Domain {
  return {
    name: 'models',
    handlers: [modelTable, deployedModelTable, predictionCountTable, predictionVolumeTable],
    retained: [retainedEntries(modelEvents.name), retainedModels],
    async start(context) {
      const { database, journal, log } = context;
      const directory = await openDirectory(context, servers);
      const reported = takeReports(context, directory);
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
      const fastestMs = Math.min(statusEveryMs, serversAskedMinMs);
      return {
        sources: [
          modelsSource({ servers, directory, fastestMs, backgroundMs: Math.max(backgroundMs, fastestMs) }),
          // rates change also while nothing is reported
          polledGauge({ name: 'deployments', topic: deploymentsSampled, key: deploymentsKey, read }),
          polledGauge({
            name: 'pipeline',
            topic: pipelineLookedAt,
            key: context.hostId,
            read: () => pipelineLook(context),
          }),
        ],
        async stop() {
          await volume[Symbol.asyncDispose]();
          await reported.stop();
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
    gpuMemoryTotalMb: () => journal.gauges.newest(gpuSampled, hostId)?.payload.gpus[0]?.memoryTotalMb ?? null,
    hostMemoryTotalMb: journal.gauges.newest(hostDescribed, hostId)?.payload.memoryTotalMb ?? null,
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

/** Applies producers' reports to the directory as they are stored, and puts the gauges immediately. */
function takeReports(
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
      log.warn({ err: error }, 'cannot store events of models; the next sample stores them');
    }
  }

  const following = journal.log.onAppend((entries) => {
    const reports = entries.filter(
      (entry) => entry.topic === modelEvents.name && entry.type === 'modelReported',
    );
    if (reports.length === 0) return;
    for (const { payload, occurredAt } of reports as readonly Entry<ModelEventPayload>[])
      directory.report(payload as ModelReport, occurredAt);
    storing = storing.then(store).then(() => journal.gauges.put(directory.gauges()));
  });

  return {
    async stop() {
      following[Symbol.dispose]();
      await storing;
    },
  };
}

/** A younger value is not measured again. Sockets are counted each time: one that asks at connect counts itself. */
const maxAgeMs = 50;
/** A part that takes longer keeps its value. */
const patienceMs = 1_000;

/** Measures all parts of the pipeline's status, so that readers get all of them together. */
async function pipelineLook({ journal }: DomainContext): Promise<PipelineLook> {
  await Promise.all([
    ...[deploymentsSampled, trainingActivityChanged, hostSampled].map(({ name }) =>
      journal.demand.refresh(name, maxAgeMs, patienceMs),
    ),
    journal.demand.refresh(connectionsSampled.name, 0, patienceMs),
  ]);
  return { sampledAt: Date.now() };
}
