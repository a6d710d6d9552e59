import type { ConfigOf } from '../config/setting.ts';
import { readSettings } from '../config/read-settings.ts';
import { archmeshDialect } from './archmesh/dialect.ts';
import type { MeshOptions } from './archmesh/mesh.ts';
import { auraDialect } from './aura/dialect.ts';
import { autoopsDialect } from './autoops/dialect.ts';
import { cryptoDialect } from './crypto/dialect.ts';
import type { Dialect } from './dialect.ts';
import { mlopsDialect } from './mlops/dialect.ts';
import { legacySettings } from './settings.ts';

export interface DialectOptions extends Pick<MeshOptions, 'authenticate' | 'rejected'> {
  readonly config: ConfigOf<typeof legacySettings>;
  /** Whether an agent is known, which may change. */
  readonly isKnownAgent: (agentId: string) => boolean;
  readonly pingEveryMs: number;
}

/** The old systems that are served. */
export function createDialects({
  config,
  isKnownAgent,
  pingEveryMs,
  ...access
}: DialectOptions): readonly Dialect[] {
  const all: readonly Dialect[] = [
    auraDialect(config.aura),
    autoopsDialect({ ...config.autoops, isKnown: isKnownAgent }),
    cryptoDialect({ ...config.crypto, dialects: () => served, pingEveryMs }),
    archmeshDialect({ ...config.archmesh, ...access }),
    mlopsDialect(config.mlops),
  ];
  const served = all.filter(({ name }) => config.servedSystems.includes(name));
  return served;
}

/** The old systems with default settings, for descriptions only: they accept no client. */
export function describedDialects(agentIds: readonly string[] = []): readonly Dialect[] {
  return createDialects({
    config: readSettings(legacySettings, {}, { cwd: '/' }).config,
    isKnownAgent: (agentId) => agentIds.includes(agentId),
    pingEveryMs: 30_000,
    authenticate: () => Promise.reject(new Error('This dialect is for descriptions only.')),
    rejected() {},
  });
}
