import type { JWTPayload } from 'jose';

/** The role of a JWT that names none. */
export const defaultRole = 'user';
/** The claim that names the role, unless another one is configured. */
export const defaultRoleClaim = 'role';

/**
 * The role that a JWT names: a text, or a list of which several roles are separated by spaces.
 * @param claim the claim's name, as `role` or `https://example.com/role`, or a path into nested claims with dots between
 * the names, as `realm_access.roles`.
 * @returns the default role when the claim is absent, null or empty; null when it is neither a text nor a list of texts.
 */
export function roleOf(payload: JWTPayload, claim: string): string | null {
  const value = claimAt(payload, claim) ?? [];
  if (typeof value === 'string') return value === '' ? null : value;
  if (!Array.isArray(value)) return null;
  const names = value as readonly unknown[];
  if (!names.every((name) => typeof name === 'string')) return null;
  const roles = new Set(names.filter(isRoleId));
  return roles.size === 0 ? defaultRole : [...roles].join(' ');
}

/** The names in a role as a claim carries it; none when any of them cannot be the id of a role. */
export function rolesIn(role: string): readonly string[] {
  const names = role.split(' ');
  return names.every(isRoleId) ? names : [];
}

function isRoleId(name: string): boolean {
  return /^[\w.:-]{1,64}$/.test(name);
}

/** The claim of exactly this name, else what is at the path that it is. */
function claimAt(payload: JWTPayload, claim: string): unknown {
  if (Object.hasOwn(payload, claim)) return payload[claim];
  let at: unknown = payload;
  for (const name of claim.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined;
    at = (at as Readonly<Record<string, unknown>>)[name];
  }
  return at;
}
