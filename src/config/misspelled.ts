/**
 * Finds variables that were meant for this server and are not known to it: without a word, a mistyped `JWT_SECERT`
 * would leave the server open. A variable that resembles one of those that protect the server is a mistake; any other
 * is a warning.
 */
import { editDistance } from '../lib/edit-distance.ts';

export interface Misspelled {
  readonly mistakes: readonly string[];
  readonly warnings: readonly string[];
}

export interface MisspelledOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Every variable that was read. */
  readonly known: ReadonlySet<string>;
  /** The names in `.env`: nobody but this server reads it, so each should be known. */
  readonly fileKeys: readonly string[];
}

/** A misspelled one would leave the server more open than its operator believes, or its data elsewhere. */
const protective = new Set([
  'AUTH_REQUIRED',
  'ALLOW_ANONYMOUS',
  'AUTH_TOKENS',
  'JWT_SECRET',
  'JWT_JWKS_URL',
  'JWT_AUDIENCE',
  'JWT_ISSUER',
  'JWT_ROLE_CLAIM',
  'JWT_CLOCK_TOLERANCE_S',
  'REQUEST_SIGNING_SECRET',
  'DATABASE_URL',
  'TLS_CERT_FILE',
  'TLS_KEY_FILE',
  'TRUST_PROXY',
  'GRAPHIQL',
  'GRAPHQL_INTROSPECTION',
  'GRAPHQL_TRUSTED_DOCUMENTS',
]);

/** A variable that begins like ours but is none of ours is most likely meant for us. */
const ourPrefixes = ['FEATURE_', 'GRAPHQL_', 'WEBSOCKET_', 'WS_', 'ARCHMESH_', 'AUTOOPS_', 'ALERT_'];

/** What one of ours is called elsewhere, or would be called by analogy. Too many programs read some of these to fail. */
const otherNames: ReadonlyMap<string, string> = new Map([
  ['ARCHMESH_CORS_ORIGINS', 'MESH_CORS_ORIGINS'],
  ['CORS_ORIGIN', 'GRAPHQL_CORS_ORIGINS'],
  ['CORS_ORIGINS', 'GRAPHQL_CORS_ORIGINS'],
  ['JWT_AUD', 'JWT_AUDIENCE'],
  ['JWT_ISS', 'JWT_ISSUER'],
  ['TLS_CERT', 'TLS_CERT_FILE'],
  ['TLS_KEY', 'TLS_KEY_FILE'],
  ['TRUST_PROXIES', 'TRUST_PROXY'],
]);

/** Well-known variables of other programs that resemble one of ours. */
const othersOwn = new Set([
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
const alsoInFile = /^(NODE_ENV|TZ|POSTGRES_\w+|COMPOSE_\w+|DOCKER_\w+)$/;

/** What Kubernetes and Docker links set for every service that happens to be called like one of our prefixes. */
const serviceLink = /_(SERVICE_(HOST|PORT)(_\w+)?|PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?|ENV_\w+)$/;
const serviceLinkValue = /^(tcp|udp|sctp):\/\//;

export function findMisspelled({ env, known, fileKeys }: MisspelledOptions): Misspelled {
  const mistakes: string[] = [];
  const warnings: string[] = [];
  const inFile = new Set(fileKeys);
  for (const [name, value] of Object.entries(env)) {
    if (known.has(name) || othersOwn.has(name) || isServiceLink(name, value ?? '')) continue;
    const about = `${inFile.has(name) ? `${name} in .env` : name} is not a known variable`;
    const meant = slipOf(name, known);
    const suggested = meant ?? likelyMeant(name, known);
    if (meant !== null && isProtective(meant) && !isSet(env, meant))
      mistakes.push(`${about}, and ${meant}, which it resembles, is not set: correct the name, or remove it`);
    else if (suggested !== null) warnings.push(`${about} and has no effect; did you mean ${suggested}?`);
    else if ((inFile.has(name) && !alsoInFile.test(name)) || beginsLikeOurs(name))
      warnings.push(`${about} and has no effect`);
  }
  return { mistakes, warnings };
}

function isProtective(name: string): boolean {
  return protective.has(name) || name.endsWith('_CORS_ORIGINS');
}

function isSet(env: MisspelledOptions['env'], name: string): boolean {
  return (env[name] ?? '').trim() !== '';
}

function isServiceLink(name: string, value: string): boolean {
  return serviceLink.test(name) || serviceLinkValue.test(value);
}

/** The variable of ours that this is, but for a slip; null: none. Case does not count. */
function slipOf(name: string, known: ReadonlySet<string>): string | null {
  const bare = bareOf(name);
  // `JWT_SECRET_FILE`, as others read secrets of Docker, and `JWT_SECRET_KEY`
  const shorter = bare.replace(/_(FILE|KEY)$/, '');
  if (known.has(shorter)) return shorter;
  const nearest = nearestOf(bare, [...known]);
  return nearest !== null && isNear(bare, nearest) ? nearest : null;
}

/** What may have been meant by a name that is further from any of ours, or by one that others use for the same. */
function likelyMeant(name: string, known: ReadonlySet<string>): string | null {
  const bare = bareOf(name);
  const alias = otherNames.get(bare);
  if (alias !== undefined) return alias;
  if (!beginsLikeOurs(name)) return null;
  const prefix = ourPrefixes.find((ours) => bare.startsWith(ours)) ?? '';
  const nearest = nearestOf(
    bare,
    [...known].filter((one) => one.startsWith(prefix)),
  );
  return nearest !== null && !isProtective(nearest) ? nearest : null; // a guess about those would mislead
}

function beginsLikeOurs(name: string): boolean {
  return name.startsWith('OPSGRAPH_') || ourPrefixes.some((ours) => bareOf(name).startsWith(ours));
}

function bareOf(name: string): string {
  return name.toUpperCase().replace(/^OPSGRAPH_/, '');
}

/** One slip in a short name, two or three in a long one. */
function isNear(name: string, known: string): boolean {
  return editDistance(name, known) <= Math.max(1, Math.min(3, Math.floor(known.length / 5)));
}

/** Of equally near ones a protective one, so that its absence is noticed. */
function nearestOf(name: string, candidates: readonly string[]): string | null {
  let nearest: string | null = null;
  let least = Infinity;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) > least) continue;
    const distance = editDistance(name, candidate);
    if (distance < least || (distance === least && isProtective(candidate))) nearest = candidate;
    least = Math.min(least, distance);
  }
  return nearest;
}
