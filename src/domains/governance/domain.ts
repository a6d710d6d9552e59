import { rolesIn } from '../../auth/role-claim.ts';
import { retainedEntries } from '../../journal/retention.ts';
import { CoalescedRefresh } from '../../lib/coalesced-refresh.ts';
import type { Domain, DomainContext, Started } from '../domain.ts';
import './audit.graph.ts';
import './links.graph.ts';
import { auditTable, retainedAudit } from './audit.store.ts';
import { audited, hierarchyChanges, hierarchyKey, rolesChanged } from './events.ts';
import './mutations.graph.ts';
import { permissionsOf, readMembers, readRoles } from './store.ts';

export interface GovernanceDomain extends Domain {
  /** Capabilities of a subject: of the role of its credential, and of all roles that it is a member of. */
  capabilitiesOf(subject: string, role: string | null): ReadonlySet<string>;
  /** Calls the listener after each change of roles or members on any instance. */
  onRolesChanged(listener: () => void): void;
}

/**
 * Roles, their members, and the audit log. The role hierarchy is a gauge that is read again after each audit entry that
 * changes it. The access control of the whole server uses it; only the mutations of this domain change it.
 */
export function governanceDomain(): GovernanceDomain {
  let context: DomainContext | null = null;
  let rolesOf: ReadonlyMap<string, readonly string[]> = new Map();
  const listeners = new Set<() => void>();

  async function refresh(): Promise<void> {
    if (context === null) return;
    const { kysely } = context.database;
    const roles = await readRoles(kysely);
    const memberships = new Map<string, string[]>();
    for (const { actorId, roleId } of await readMembers(kysely, null))
      memberships.set(actorId, [...(memberships.get(actorId) ?? []), roleId]);
    rolesOf = memberships;
    context.journal.gauges.put([
      { topic: rolesChanged, key: hierarchyKey, payload: { roles }, urgent: true },
    ]);
    for (const listener of listeners) listener();
  }

  const coalescedRefresh = new CoalescedRefresh(refresh, (error) =>
    context?.log.warn({ err: error }, 'failed to read the roles; retrying'),
  );

  return {
    name: 'governance',
    handlers: [auditTable],
    retained: [retainedEntries(audited.name, 'auditDays'), retainedAudit],
    capabilitiesOf(subject, role) {
      const roles = context?.journal.gauges.newest(rolesChanged, hierarchyKey)?.payload.roles ?? [];
      const held = new Set([...(role === null ? [] : rolesIn(role)), ...(rolesOf.get(subject) ?? [])]);
      return new Set(
        [...held].flatMap((one) => permissionsOf(one, roles).map(({ capability }) => capability)),
      );
    },
    onRolesChanged(listener) {
      listeners.add(listener);
    },
    async start(given): Promise<Started> {
      context = given;
      await refresh();
      const following = given.journal.log.onAppend((entries) =>
        entries.some(({ topic, type }) => topic === audited.name && hierarchyChanges.has(type))
          ? coalescedRefresh.request()
          : undefined,
      );
      return {
        async stop() {
          following[Symbol.dispose]();
          context = null;
          await coalescedRefresh.stop();
        },
      };
    },
  };
}
