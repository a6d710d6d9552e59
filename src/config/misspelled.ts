/**
 * Finds variables that were meant for this server but are not settings of it: an unnoticed `JWT_SECERT` would leave the
 * server open. A variable that resembles a setting that protects the server is an error; any other is a warning.
 */
import { editDistance } from '../lib/edit-distance.ts';
import type { Setting, Table } from './setting.ts';

export interface MisspelledOptions {
  readonly table: Table;
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** The names of all variables that were read. */
  readonly read: ReadonlySet<string>;
  /** The names in `.env`. Only this server reads that file, so it should know each of them. */
  readonly fileKeys: readonly string[];
}

/** Well-known variables of other programs that resemble a setting. */
const foreignVariables = new Set([
  'HOST_IP', // Kubernetes manifests
  'SSL_CERT_FILE', // OpenSSL, Nix, many HTTP clients
  'SSL_KEY_FILE',
  'POST',
  'PORTS', // Marathon
  'PORT0',
  'PORT1',
  'HOSTS',
  'VHOST',
  'GHOST',
  'XHOST',
]);

/** `.env` may also hold what Docker Compose puts into docker-compose.yml, and what Node's tools read. */
const alsoInFile = /^(TZ|POSTGRES_\w+|COMPOSE_\w+|DOCKER_\w+)$/;

/** Variables that Kubernetes and Docker links set for every service; a service's name may start like a setting. */
const serviceLink = /_(SERVICE_(HOST|PORT)(_\w+)?|PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?|ENV_\w+)$/;
const serviceLinkValue = /^(tcp|udp|sctp):\/\//;

export function findMisspelled({ table, variables, read, fileKeys }: MisspelledOptions) {
  const errors: string[] = [];
  const warnings: string[] = [];
  const names = knownNames(table, read);
  const inFile = new Set(fileKeys);
  for (const [name, value = ''] of Object.entries(variables)) {
    if (
      read.has(name) ||
      foreignVariables.has(name) ||
      serviceLink.test(name) ||
      serviceLinkValue.test(value)
    )
      continue;
    const about = `${inFile.has(name) ? `${name} in .env` : name} is not a known variable`;
    const meant = names.slipOf(name);
    const suggested = meant ?? names.likelyMeant(name);
    if (meant !== null && names.protective.has(meant) && (variables[meant] ?? '').trim() === '')
      errors.push(`${about}, and ${meant}, which it resembles, is not set: correct the name or remove it`);
    else if (suggested !== null) warnings.push(`${about} and has no effect; did you mean ${suggested}?`);
    else if ((inFile.has(name) && !alsoInFile.test(name)) || names.prefixOf(name) !== undefined)
      warnings.push(`${about} and has no effect`);
  }
  return { errors, warnings };
}

function knownNames(table: Table, read: ReadonlySet<string>) {
  const sections = Object.values(table);
  const rows = sections.flatMap(({ settings }): readonly Setting[] => Object.values(settings));
  const prefixes = sections.flatMap(({ prefix }) => prefix ?? []);
  const protective = new Set(rows.flatMap(({ env, protects }) => (protects === true && env) || []));
  const aliases = new Map(
    rows.flatMap(({ env = '', aliases: others = [] }) => others.map((alias) => [alias, env] as const)),
  );

  /** The prefix of a name that was most likely meant for this server. */
  function prefixOf(name: string): string | undefined {
    const bare = bareOf(name);
    return (
      prefixes.find((prefix) => bare.startsWith(prefix)) ?? (name.startsWith('OPSGRAPH_') ? '' : undefined)
    );
  }

  /** Prefers a protective setting among equally near ones, so that its absence is noticed. */
  function nearestOf(name: string, prefix = ''): string | null {
    let nearest: string | null = null;
    let least = Infinity;
    for (const candidate of read) {
      if (!candidate.startsWith(prefix) || Math.abs(candidate.length - name.length) > least) continue;
      const distance = editDistance(name, candidate);
      if (distance < least || (distance === least && protective.has(candidate))) nearest = candidate;
      least = Math.min(least, distance);
    }
    return nearest;
  }

  return {
    protective,
    prefixOf,
    /** The variable that this name is a misspelling of; null: none. Ignores case. */
    slipOf(name: string): string | null {
      const bare = bareOf(name);
      // `JWT_SECRET_FILE`, the usual name for a secret of Docker, and `JWT_SECRET_KEY`
      const shorter = bare.replace(/_(FILE|KEY)$/, '');
      if (read.has(shorter)) return shorter;
      const nearest = nearestOf(bare);
      return nearest !== null && isNear(bare, nearest) ? nearest : null;
    },
    /** The setting that may have been meant by a name of another program, or by one that differs more; null: none. */
    likelyMeant(name: string): string | null {
      const alias = aliases.get(bareOf(name));
      const prefix = prefixOf(name);
      if (alias !== undefined || prefix === undefined) return alias ?? null;
      const nearest = nearestOf(bareOf(name), prefix);
      return nearest !== null && !protective.has(nearest) ? nearest : null; // a guess about those would mislead
    },
  };
}

function bareOf(name: string): string {
  return name.toUpperCase().replace(/^OPSGRAPH_/, '');
}

/** Allows one typing error in a short name, two or three in a long one. */
function isNear(name: string, known: string): boolean {
  return editDistance(name, known) <= Math.max(1, Math.min(3, Math.floor(known.length / 5)));
}
