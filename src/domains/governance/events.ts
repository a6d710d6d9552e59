import { every, latest, type Draft } from '../../journal/topic.ts';

/** One entry of the audit log: who did what to whom, and how it went. */
export interface AuditPayload {
  readonly eventType: string;
  readonly actorId: string;
  readonly targetId: string | null;
  readonly action: string;
  readonly role: string | null;
  readonly status: string;
  readonly details: string | null;
}

/** Everything that was audited, by this server and by producers. The entry's key is the actor. */
export const audited = every<AuditPayload>('audit');

/** What this server itself audits. Producers cannot report entries of these types. */
export const ownAuditTypes = [
  'agent_intervention',
  'authentication_failed',
  'origin_rejected',
  'rate_limited',
  'role_created',
  'role_updated',
  'role_deleted',
  'role_assignment',
  'role_revocation',
  'token_created',
  'token_revoked',
  'session_started',
  'session_ended',
  'access_ended',
  'alert_acknowledged',
  'alert_resolved',
  'job_triggered',
  'transfer_delivered',
] as const;

export type OwnAuditType = (typeof ownAuditTypes)[number];

/** Audit entries after which the role hierarchy is another one. */
export const hierarchyChanges: ReadonlySet<string> = new Set([
  'role_created',
  'role_updated',
  'role_deleted',
  'role_assignment',
  'role_revocation',
]);

export interface RoleRecord {
  readonly roleId: string;
  readonly roleName: string;
  readonly description: string | null;
  readonly parentRole: string | null;
  readonly capabilities: readonly string[];
  /** 0 to 1. */
  readonly trustLevel: number;
  readonly memberCount: number;
}

export interface RoleHierarchy {
  /** Parents before children, then by id. */
  readonly roles: readonly RoleRecord[];
}

export const rolesChanged = latest<RoleHierarchy>('governance.roles');
export const hierarchyKey = 'all';

/** An audit entry of this server's own doing. */
export function ownAudit(
  type: OwnAuditType,
  actorId: string,
  done: Partial<AuditPayload> & { action: string },
): Draft<AuditPayload> {
  return {
    topic: audited,
    key: actorId,
    type,
    payload: {
      eventType: type,
      actorId,
      targetId: null,
      role: null,
      status: 'success',
      details: null,
      ...done,
    },
  };
}
