import type { End, Viewer } from '../../auth/viewer.ts';
import { ownAudit } from './events.ts';
import type { EventLog } from '../../journal/journal.ts';
import { addressKey } from '../../lib/address-key.ts';
import { minuteLimit } from '../../lib/minute-limit.ts';
import type { Log } from '../../log/log.ts';
import type { SecurityEvent } from '../../auth/security-event.ts';

/** Entries per minute for one address and one type of event, so that a client cannot fill the audit log. */
const ofOnePerMinuteMax = 10;
/** Entries per minute for all addresses. */
const perMinuteMax = 600;

const actions: Readonly<Record<SecurityEvent['type'], string>> = {
  origin_rejected: 'rejected the origin of a request',
  authentication_failed: 'rejected a credential',
  rate_limited: 'closed a connection that sent too much',
};

/** Writes rejections to the audit log, with limits per minute. Never throws and never waits. */
export function createSecurityAudit(eventLog: EventLog, log: Log): (event: SecurityEvent) => void {
  const admits = minuteLimit({
    perKeyMax: ofOnePerMinuteMax,
    max: perMinuteMax,
    suppressed: (suppressed) =>
      log.warn(
        { suppressed, perMinuteMax },
        'too many rejections in a minute; the audit log contains only some',
      ),
  });
  return ({ type, path, address }) => {
    if (!admits(`${type} ${addressKey(address)}`)) return;
    const draft = ownAudit(type, 'anonymous', {
      targetId: path,
      action: actions[type],
      status: 'failure',
      details: `from ${address}`,
    });
    eventLog
      .append([draft])
      .catch((error: unknown) =>
        log.warn({ err: error, type, path, address }, 'failed to store an audit entry'),
      );
  };
}

export interface AccessAudit {
  /** Reports a root field or a path that the viewer had open and may no longer access. */
  (viewer: Viewer, what: string): void;
}

/** Ends of access of one subject within this time share an entry. */
const collectMs = 100;
/** Maximum number of names in an entry. */
const namesMax = 20;

interface Ended {
  readonly subject: string;
  readonly role: string | null;
  readonly why: End | 'no longer allowed';
  readonly what: Map<string, number>;
}

/** Writes to the audit log what was closed because a credential ended or a right was revoked. Never throws. */
export function createAccessAudit(eventLog: EventLog, log: Log): AccessAudit {
  const pending = new Map<string, Ended>();

  function write(): void {
    const drafts = [...pending.values()].map(({ subject, role, why, what }) => {
      const names = [...what].map(([name, count]) => (count === 1 ? name : `${count} ${name}`));
      const more = names.length > namesMax ? [`${names.length - namesMax} more`] : [];
      return ownAudit('access_ended', subject, {
        role,
        action: why === 'no longer allowed' ? 'lost access' : `credential ${why}`,
        details: [...names.slice(0, namesMax), ...more].join(', '),
      });
    });
    pending.clear();
    eventLog
      .append(drafts)
      .catch((error: unknown) => log.warn({ err: error }, 'failed to audit ends of access'));
  }

  return (viewer, name) => {
    const why = viewer.credential?.ended ?? 'no longer allowed';
    const key = `${why} ${viewer.subject}`;
    if (pending.size === 0) setTimeout(write, collectMs);
    const own = pending.get(key) ?? { subject: viewer.subject, role: viewer.role, why, what: new Map() };
    own.what.set(name, (own.what.get(name) ?? 0) + 1);
    pending.set(key, own);
  };
}
