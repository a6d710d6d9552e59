import type { JWTPayload } from 'jose';

/** The role of a JWT without a role claim. */
export const defaultRole = 'user';
/** The default of JWT_ROLE_CLAIM. */
export const defaultRoleClaim = 'role';

/**
 * The role that a JWT names: a string, or a list, whose roles are joined with spaces.
 * @param claim the name of the claim, such as `role` or `https://example.com/role`, or a dotted path into nested
 * claims, such as `realm_access.roles`.
 * @returns the default role when the claim is absent, null or empty; null when it is neither a string nor a list of
 * strings.
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

/** The role names in a claim's role; empty when any of them is not a valid role id. */
export function rolesIn(role: string): readonly string[] {
  const names = role.split(' ');
  return names.every(isRoleId) ? names : [];
}

function isRoleId(name: string): boolean {
  return /^[\w.:-]{1,64}$/.test(name);
}

/** The claim of exactly this name, otherwise the claim at this path. */
function claimAt(payload: JWTPayload, claim: string): unknown {
  if (Object.hasOwn(payload, claim)) return payload[claim];
  let at: unknown = payload;
  for (const name of claim.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined;
    at = (at as Readonly<Record<string, unknown>>)[name];
  }
  return at;
}
