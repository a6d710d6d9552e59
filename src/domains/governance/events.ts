import { every, latest, type Draft } from '../../journal/topic.ts';

/** An entry of the audit log: an action of an actor, with its target and its result. */
export interface AuditPayload {
  readonly eventType: string;
  readonly actorId: string;
  readonly targetId: string | null;
  readonly action: string;
  readonly role: string | null;
  readonly status: string;
  readonly details: string | null;
}

/** Recorded by this server, or reported by producers. The key is the actor, the type `eventType`. */
export const audited = every<AuditPayload>('audit');

/** Types that only this server records. Producers cannot report them. */
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
  'silence_created',
  'silence_updated',
  'silence_ended',
  'alert_rule_created',
  'alert_rule_updated',
  'alert_rule_deleted',
  'webhook_created',
  'webhook_updated',
  'webhook_deleted',
  'webhook_tested',
  'job_triggered',
  'job_enabled',
  'job_disabled',
  'job_run_cancelled',
  'annotation_created',
  'annotation_updated',
  'annotation_deleted',
  'transfer_delivered',
] as const;

export type OwnAuditType = (typeof ownAuditTypes)[number];

/** Types of audit entries after which the role hierarchy has to be read again. */
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

/** An audit entry that this server records. `status` is `success` if it is not given. */
export function ownAudit(
  type: OwnAuditType,
  actorId: string,
  entry: Partial<AuditPayload> & Pick<AuditPayload, 'action'>,
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
      ...entry,
    },
  };
}
