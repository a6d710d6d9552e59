import { RateLimiterMemory } from 'rate-limiter-flexible';
import { ownAudit } from './domains/governance/events.ts';
import type { EventLog } from './journal/journal.ts';
import type { Log } from './log.ts';
import type { SecurityEvent } from './transports/upgrade.ts';

/** Of what one address does of one kind, this many a minute are written; the rest would only fill the log. */
const perMinuteMax = 10;

const actions: Readonly<Record<SecurityEvent['type'], string>> = {
  origin_rejected: 'rejected the origin of a request',
  authentication_failed: 'rejected a credential',
  rate_limited: 'closed a connection that sent too much',
};

/** Writes what the doors turned away to the audit log. Never throws and never waits. */
export function createSecurityAudit(eventLog: EventLog, log: Log): (event: SecurityEvent) => void {
  const limiter = new RateLimiterMemory({ points: perMinuteMax, duration: 60 });
  return ({ type, path, address }) => {
    void limiter.consume(`${type} ${address}`).then(
      () =>
        eventLog
          .append([
            ownAudit(type, 'anonymous', {
              targetId: path,
              action: actions[type],
              status: 'failure',
              details: `from ${address}`,
            }),
          ])
          .catch((error: unknown) =>
            log.warn({ err: error, type, path, address }, 'an audit entry could not be stored'),
          ),
      () => {}, // beyond the limit
    );
  };
}
