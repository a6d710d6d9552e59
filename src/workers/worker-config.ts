import type { Config } from '../settings.ts';

/** The smallest pool with which a worker serves requests besides its own work. */
const poolMin = 4;

export function workerPoolSize(poolSize: number, workers: number): number {
  return Math.max(poolMin, Math.ceil(poolSize / workers));
}

/** The configuration of one of several workers: its part of what is configured for all of them together. */
export function workerConfig(config: Config): Config {
  const { count } = config.workers;
  const { memory, database } = config;
  const { perAddress } = memory;
  return {
    ...config,
    database: { ...database, poolSize: workerPoolSize(database.poolSize, count) },
    memory: {
      budgetBytes: Math.floor(memory.budgetBytes / count),
      perAddress: { ...perAddress, max: Math.ceil(perAddress.max / count) },
    },
  };
}
