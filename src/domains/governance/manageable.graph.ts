import type { Kysely } from 'kysely';
import { rolesIn } from '../../auth/role-claim.ts';
import type { Database } from '../../db/database.ts';
import type { GraphContext } from '../../graph/context.ts';
import { InvalidInput } from '../../graph/invalid-input.ts';
import { hasStoredToken, isOfJwt, permissionsOf, readMembers, readRoles, revokedAmong } from './store.ts';

/**
 * Rejects a change after which no valid credential could manage roles, members and tokens. Call it after the change, in
 * the same transaction.
 * @param field the argument that the error names.
 * @throws InvalidInput
 */
export async function requireManageable(
  db: Kysely<Database>,
  context: Pick<GraphContext, 'viewer' | 'serverInfo'>,
  field: string,
): Promise<void> {
  if (context.serverInfo.access.isOpen || (await isManageable(db, context))) return;
  throw new InvalidInput(field, 'such that a credential with the capability `manage` remains');
}

async function isManageable(
  db: Kysely<Database>,
  { viewer, serverInfo: { access } }: Pick<GraphContext, 'viewer' | 'serverInfo'>,
): Promise<boolean> {
  const all = await readRoles(db);
  const manages = ({ roleId }: { roleId: string }): boolean =>
    permissionsOf(roleId, all).some(({ capability }) => capability === 'manage');
  const roles = new Set(all.filter(manages).map(({ roleId }) => roleId));
  if (roles.size === 0) return false;
  const subjects = new Set((await readMembers(db, [...roles])).map(({ actorId }) => actorId));
  if (access.acceptsJwts) {
    if (subjects.size > 0) return true;
    const named = rolesIn(viewer.role ?? '').some((role) => roles.has(role));
    if (named && (await isOfJwt(db, viewer.credential?.id ?? null))) return true; // the issuer can issue another JWT
  }
  const keys = access.keys.filter(({ subject, role }) => roles.has(role) || subjects.has(subject));
  const ids = keys.map(({ id }) => id);
  const revoked = await revokedAmong(db, ids);
  if (ids.some((id) => !revoked.has(id))) return true;
  return hasStoredToken(db, { roles: [...roles], subjects: [...subjects] });
}
