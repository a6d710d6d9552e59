import { rolesIn } from '../../auth/role-claim.ts';
import type { Domain, DomainContext, Started } from '../domain.ts';
import { audited, hierarchyChanges, hierarchyKey, rolesChanged } from './events.ts';
import './audit.graph.ts';
import './mutations.graph.ts';
import { permissionsOf, readMembers, readRoles } from './store.ts';
import { auditTable, retainedAudit } from './audit.store.ts';
import { retainedEntries } from '../../journal/retention.ts';
import { CoalescedRefresh } from '../../lib/coalesced-refresh.ts';

export interface GovernanceDomain extends Domain {
  /** What a subject may do: by the role of its credential and by every role it is a member of. */
  capabilitiesOf(subject: string, role: string | null): ReadonlySet<string>;
  /** Calls back after every change of roles or members, of whichever instance. */
  onRolesChanged(listener: () => void): void;
}

/**
 * Roles, members and the audit log. The hierarchy is a gauge that is read again after every audit entry that changes
 * it; the access control of the whole server reads it from there.
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
    for (const { actorId, roleId } of await readMembers(kysely, null)) {
      const held = memberships.get(actorId);
      if (held === undefined) memberships.set(actorId, [roleId]);
      else held.push(roleId);
    }
    rolesOf = memberships;
    context.journal.gauges.put([
      { topic: rolesChanged, key: hierarchyKey, payload: { roles }, urgent: true },
    ]);
    for (const listener of listeners) listener();
  }

  const coalescedRefresh = new CoalescedRefresh(refresh, (error) =>
    context?.log.warn({ err: error }, 'the roles cannot be read; trying again'),
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
      const following = given.journal.log.onAppend((entries) => {
        const isMeant = entries.some(
          ({ topic, type }) => topic === audited.name && hierarchyChanges.has(type),
        );
        return isMeant ? coalescedRefresh.request() : undefined;
      });
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
