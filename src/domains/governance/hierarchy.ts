import type { RoleRecord } from './events.ts';

/** A capability that a role gives, and where it comes from. */
export interface Permission {
  readonly capability: string;
  /** The role that grants it. */
  readonly sourceRole: string;
  readonly inherited: boolean;
}

/** What a role gives: its own capabilities, then those of its ancestors, nearest first, each once. */
export function permissionsOf(roleId: string, roles: readonly RoleRecord[]): readonly Permission[] {
  const byId = new Map(roles.map((role) => [role.roleId, role]));
  const permissions = new Map<string, Permission>();
  const passed = new Set<string>();
  for (let role = byId.get(roleId); role !== undefined && !passed.has(role.roleId);) {
    passed.add(role.roleId);
    for (const capability of role.capabilities) {
      if (permissions.has(capability)) continue;
      permissions.set(capability, { capability, sourceRole: role.roleId, inherited: role.roleId !== roleId });
    }
    role = role.parentRole === null ? undefined : byId.get(role.parentRole);
  }
  return [...permissions.values()];
}

/** Whether making `parent` the parent of `roleId` would close a circle. */
export function closesCircle(roleId: string, parent: string | null, roles: readonly RoleRecord[]): boolean {
  const byId = new Map(roles.map((role) => [role.roleId, role]));
  for (let at = parent, steps = 0; at !== null && steps <= roles.length; steps++) {
    if (at === roleId) return true;
    at = byId.get(at)?.parentRole ?? null;
  }
  return false;
}
