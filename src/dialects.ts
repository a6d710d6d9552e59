import { aura } from './legacy/aura/dialect.ts';
import { autoopsDialect } from './legacy/autoops/dialect.ts';
import { cryptoDialect } from './legacy/crypto/dialect.ts';
import type { Dialect } from './legacy/dialect.ts';
import { mlops } from './legacy/mlops/dialect.ts';

/**
 * Every old system that is served.
 * @param options.agentIds see `autoopsDialect`.
 */
export function createDialects({ agentIds }: { readonly agentIds: readonly string[] }): readonly Dialect[] {
  const dialects: readonly Dialect[] = [
    aura,
    autoopsDialect({ agentIds }),
    cryptoDialect({ dialects: () => dialects }),
    mlops,
  ];
  return dialects;
}
