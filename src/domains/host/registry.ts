import { AppError } from '../../errors.ts';
import type { RecordedGauge, Rejection } from '../../journal/gauge-recorder.ts';
import type { HostReport } from './events.ts';

/** A host that has not been reported for this time may be reported by another subject. */
export const releasedAfterMs = 15 * 60_000;
/** A host that has not been reported for this time is no longer shown, and makes room for others. */
export const forgottenAfterMs = 7 * 24 * 3_600_000;

export interface RegistryOptions {
  /** The host of this server, which it samples itself. */
  readonly ownHostId: string;
  readonly hostsMax: number;
}

/** The hosts that are reported, and their reporters: the first subject that reports a host owns its id. */
export class HostRegistry {
  readonly #options: RegistryOptions;
  readonly #hosts = new Map<string, { readonly subject: string; readonly at: number }>();

  constructor(options: RegistryOptions) {
    this.#options = options;
  }

  /** Adds the hosts of reports: all, or none if one of them is rejected. */
  admit(reports: readonly RecordedGauge<HostReport>[]): Rejection | null {
    const owners = new Map<string, string>();
    let added = 0;
    for (const gauge of reports) {
      const { hostId, reportedBy, receivedAt } = gauge.payload;
      const error = this.#problemOf(gauge.payload, owners.get(hostId) ?? this.#ownerOf(hostId, receivedAt));
      if (error !== null) return { gauge, error };
      if (!owners.has(hostId) && !this.#hosts.has(hostId)) added++;
      owners.set(hostId, reportedBy);
      if (added > 0 && this.#hosts.size + added > this.#options.hostsMax)
        return {
          gauge,
          error: invalid(
            `that of a known host: there are ${this.#options.hostsMax} already (REPORTED_HOSTS_MAX)`,
          ),
        };
    }
    for (const { payload } of reports) this.add(payload);
    return null;
  }

  /** Adds the host of a stored report, whatever the limit: it may have been higher when it was stored. */
  add({ hostId, reportedBy, receivedAt }: HostReport): void {
    this.#hosts.set(hostId, { subject: reportedBy, at: receivedAt });
  }

  /** Removes the hosts without a recent report, and returns their ids. */
  sweep(now: number): readonly string[] {
    const gone = [...this.#hosts].filter(([, { at }]) => now - at > forgottenAfterMs).map(([id]) => id);
    for (const id of gone) this.#hosts.delete(id);
    return gone;
  }

  #ownerOf(hostId: string, now: number): string | null {
    const host = this.#hosts.get(hostId);
    return host === undefined || now - host.at > releasedAfterMs ? null : host.subject;
  }

  #problemOf({ hostId, reportedBy }: HostReport, owner: string | null): AppError | null {
    if (hostId === this.#options.ownHostId)
      return invalid('not that of the host of this server, which samples itself');
    if (owner === null || owner === reportedBy) return null;
    const minutes = releasedAfterMs / 60_000;
    return new AppError(
      'FORBIDDEN',
      `Host ${JSON.stringify(hostId)} is reported by ${JSON.stringify(owner)}; another subject can report it ${minutes} ` +
        'minutes after the last report.',
      { details: { field: 'hostId' } },
    );
  }
}

function invalid(allowed: string): AppError {
  return new AppError('BAD_USER_INPUT', `hostId must be ${allowed}.`, {
    details: { field: 'hostId', allowed },
  });
}
