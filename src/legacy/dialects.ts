import { archmeshDialect } from './archmesh/dialect.ts';
import type { MeshOptions } from './archmesh/mesh.ts';
import { aura } from './aura/dialect.ts';
import { autoopsDialect } from './autoops/dialect.ts';
import { cryptoDialect } from './crypto/dialect.ts';
import type { Dialect } from './dialect.ts';
import { mlops } from './mlops/dialect.ts';

export interface DialectOptions {
  /** See `autoopsDialect`. */
  readonly agentIds: readonly string[];
  /** See `cryptoDialect`. */
  readonly pingEveryMs?: number;
  /** Default: for who only wants to know what is served; nobody is let in. */
  readonly mesh?: MeshOptions;
}

const nobodyComes: MeshOptions = {
  authenticate: () => Promise.reject(new Error('nobody is served here')),
  connectionsMax: 0,
  idleTimeoutMs: 0,
  messagesPerMinuteMax: 0,
  turnedAway() {},
};

/** Every old system that is served. */
export function createDialects({
  agentIds,
  pingEveryMs,
  mesh = nobodyComes,
}: DialectOptions): readonly Dialect[] {
  const dialects: readonly Dialect[] = [
    aura,
    autoopsDialect({ agentIds }),
    cryptoDialect({ dialects: () => dialects, ...(pingEveryMs === undefined ? {} : { pingEveryMs }) }),
    archmeshDialect(mesh),
    mlops,
  ];
  return dialects;
}
