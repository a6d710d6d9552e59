import { agentsDomain } from './agents/domain.ts';
import { activityDomain } from './activity/domain.ts';
import { alertsDomain } from './alerts/domain.ts';
import { connectionsDomain } from './connections/domain.ts';
import type { Census } from './connections/events.ts';
import { databaseDomain } from './database/domain.ts';
import type { Domain } from './domain.ts';
import { filesDomain } from './files/domain.ts';
import { gpuDomain } from './gpu/domain.ts';
import { governanceDomain, type GovernanceDomain } from './governance/domain.ts';
import { hostDomain } from './host/domain.ts';
import { jobsDomain } from './jobs/domain.ts';
import { modelsDomain } from './models/domain.ts';
import { notificationsDomain } from './notifications/domain.ts';
import { pipelineDomain } from './pipeline/domain.ts';
import { providersDomain } from './providers/domain.ts';
import { subscriptionsDomain } from './subscriptions/domain.ts';
import type { Subscribed } from './subscriptions/events.ts';
import { tokensDomain, type TokensDomain } from './tokens/domain.ts';
import { trainingDomain } from './training/domain.ts';
import { transfersDomain } from './transfers/domain.ts';
import { workflowsDomain } from './workflows/domain.ts';

export interface Domains {
  readonly all: readonly Domain[];
  readonly governance: GovernanceDomain;
  readonly tokens: TokensDomain;
}

/** Every noun, one line each, in the order in which they start. */
export function createDomains(options: { census: () => Census; subscribed: () => Subscribed }): Domains {
  const governance = governanceDomain();
  const tokens = tokensDomain();
  return {
    governance,
    tokens,
    all: [
      governance,
      tokens,
      hostDomain(),
      gpuDomain(),
      databaseDomain(),
      modelsDomain(),
      trainingDomain(),
      filesDomain(),
      agentsDomain(),
      connectionsDomain(options.census),
      subscriptionsDomain(options.subscribed),
      pipelineDomain(),
      providersDomain(),
      workflowsDomain(),
      notificationsDomain(),
      transfersDomain(),
      jobsDomain(),
      alertsDomain(),
      activityDomain(), // last, as it numbers events that other handlers have enriched
    ],
  };
}
