import { connectionsDomain } from './connections/domain.ts';
import type { Census } from './connections/events.ts';
import { databaseDomain } from './database/domain.ts';
import type { Domain } from './domain.ts';
import { gpuDomain } from './gpu/domain.ts';
import { governanceDomain, type GovernanceDomain } from './governance/domain.ts';
import { hostDomain } from './host/domain.ts';
import { modelsDomain } from './models/domain.ts';

export interface Domains {
  readonly all: readonly Domain[];
  readonly governance: GovernanceDomain;
}

/** Every noun, one line each, in the order in which they start. */
export function createDomains(options: { census: () => Census }): Domains {
  const governance = governanceDomain();
  return {
    governance,
    all: [
      governance,
      hostDomain(),
      gpuDomain(),
      databaseDomain(),
      modelsDomain(),
      connectionsDomain(options.census),
    ],
  };
}
