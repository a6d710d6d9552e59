import type { Config } from '../settings.ts';
import { agentsDomain } from './agents/domain.ts';
import { activityDomain } from './activity/domain.ts';
import { annotationsDomain } from './annotations/domain.ts';
import { alertsDomain } from './alerts/domain.ts';
import { customEventsDomain } from './custom-events/domain.ts';
import { databaseDomain } from './database/domain.ts';
import type { Domain } from './domain.ts';
import { filesDomain } from './files/domain.ts';
import { gpuDomain } from './gpu/domain.ts';
import { governanceDomain, type GovernanceDomain } from './governance/domain.ts';
import { historyDomain } from './history/domain.ts';
import { hostDomain } from './host/domain.ts';
import { jobsDomain } from './jobs/domain.ts';
import { metricsDomain, type MetricsDomain } from './metrics/domain.ts';
import { modelsDomain } from './models/domain.ts';
import { notificationsDomain } from './notifications/domain.ts';
import { providersDomain } from './providers/domain.ts';
import { serverDomain, type ServerStats } from './server/domain.ts';
import { tokensDomain, type TokensDomain } from './tokens/domain.ts';
import { trainingDomain } from './training/domain.ts';
import { transfersDomain } from './transfers/domain.ts';
import { webhooksDomain } from './webhooks/domain.ts';
import { workflowsDomain } from './workflows/domain.ts';

export interface Domains {
  readonly all: readonly Domain[];
  readonly governance: GovernanceDomain;
  readonly tokens: TokensDomain;
  readonly metrics: MetricsDomain;
}

export interface DomainsOptions extends ServerStats {
  readonly config: Config;
  /** Whether this process stores the history of connections and subscriptions; default: yes. */
  readonly recordsServer?: boolean;
}

/** Every domain, in the order in which they start. */
export function createDomains({ config, recordsServer = true, ...stats }: DomainsOptions): Domains {
  const { features } = config;
  const { intervals } = config.timing;
  const governance = governanceDomain();
  const tokens = tokensDomain();
  const metrics = metricsDomain({
    ...config.metrics,
    targets: config.scrape,
    resourceLabels: config.otlp.resourceLabels,
  });
  return {
    governance,
    tokens,
    metrics,
    all: [
      historyDomain(config.history), // first, because it records the gauges of the others
      governance,
      tokens,
      hostDomain({
        ...config.host,
        enabled: features.FEATURE_SYSTEM_MONITORING,
        temperature: features.ENABLE_TEMPERATURE_MONITORING,
      }),
      gpuDomain({
        enabled: features.ENABLE_GPU_MONITORING,
        intervalMs: Math.min(intervals.gpuSampleMs, intervals.gpuMetricsMs),
        backgroundMs: config.history.everyMs,
      }),
      databaseDomain({
        enabled: features.FEATURE_DATABASE_MONITORING,
        slowQueryThresholdMs: config.slowQueries.thresholdMs,
        backgroundMs: config.history.everyMs,
      }),
      modelsDomain({
        servers: features.FEATURE_AI_SYSTEM_PANEL ? config.models.servers : [],
        predictionMilestone: config.models.predictionMilestone,
        statusEveryMs: intervals.modelStatusMs,
        backgroundMs: config.history.everyMs,
      }),
      metrics,
      customEventsDomain(config.customEvents),
      annotationsDomain(),
      trainingDomain(),
      filesDomain(),
      agentsDomain({ ...config.agents, historyMs: config.history.everyMs }),
      serverDomain({ ...stats, backgroundMs: recordsServer ? config.history.everyMs : null }),
      providersDomain(config.providers, { historyMs: config.history.everyMs }),
      workflowsDomain(),
      notificationsDomain(),
      transfersDomain(),
      jobsDomain(),
      alertsDomain({ ...config.alerts, historyMs: config.history.everyMs }),
      webhooksDomain(config.webhooks),
      activityDomain(), // last, because it numbers events that other handlers have enriched
    ],
  };
}
