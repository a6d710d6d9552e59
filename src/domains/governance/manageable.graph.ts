import type { Kysely } from 'kysely';
import { rolesIn } from '../../auth/role-claim.ts';
import type { Database } from '../../db/database.ts';
import type { GraphContext } from '../../graph/context.ts';
import { InvalidInput } from '../../graph/invalid-input.ts';
import { permissionsOf } from './hierarchy.ts';
import { hasStoredToken, isOfJwt, readMembers, readRoles, revokedAmong } from './store.ts';

/**
 * Refuses a change after which nobody who can show a credential could manage roles, members and tokens. To be asked in
 * the transaction of the change, after it.
 * @param field the argument that asks for the change.
 * @throws InvalidInput
 */
export async function requireManageable(
  db: Kysely<Database>,
  context: Pick<GraphContext, 'viewer' | 'facts'>,
  field: string,
): Promise<void> {
  if (context.facts.access.isOpen || (await isManageable(db, context))) return;
  throw new InvalidInput(field, 'such that a credential with the capability `manage` remains');
}

async function isManageable(
  db: Kysely<Database>,
  { viewer, facts: { access } }: Pick<GraphContext, 'viewer' | 'facts'>,
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
    if (named && (await isOfJwt(db, viewer.credential?.id ?? null))) return true; // its issuer can issue another one
  }
  const keys = access.keys.filter(({ subject, role }) => roles.has(role) || subjects.has(subject));
  const revoked = await revokedAmong(
    db,
    keys.map(({ id }) => id),
  );
  if (keys.some(({ id }) => !revoked.has(id))) return true;
  return hasStoredToken(db, { roles: [...roles], subjects: [...subjects] });
}
