import type { Claim } from '../../auth/claim.ts';
import type { RevocationRecord } from './store.ts';

/**
 * The revocations of credentials that have not expired. Expired ones are dropped, so that the sessions of every day do not
 * accumulate.
 */
export class Revocations {
  /** Ids of credentials, and when they expire, Unix milliseconds. */
  readonly #ids = new Map<string, number>();
  /** Subjects, and the time until which everything issued to them is revoked, Unix milliseconds. */
  readonly #subjects = new Map<string, number>();
  /** The number of the last known revocation. */
  no = 0;

  add({ no, target, revokedAt, until }: RevocationRecord): void {
    const name = target.slice(target.indexOf(' ') + 1);
    if (target.startsWith('id ')) this.#ids.set(name, until?.getTime() ?? Infinity);
    else this.#subjects.set(name, revokedAt.getTime());
    this.no = Math.max(this.no, no);
  }

  /** Drops revocations of expired credentials. */
  prune(now = Date.now()): void {
    for (const [id, until] of this.#ids) if (until <= now) this.#ids.delete(id);
  }

  get size(): number {
    return this.#ids.size + this.#subjects.size;
  }

  has({ id, parentId, subject, issuedAt, clockToleranceMs = 0 }: Omit<Claim, 'role' | 'expiresAt'>): boolean {
    if (id !== null && this.#ids.has(id)) return true;
    if (parentId !== null && this.#ids.has(parentId)) return true;
    const until = this.#subjects.get(subject);
    // A configured key has no date of issue: it is revoked by its id, or by removing it from the configuration.
    if (until === undefined || id?.startsWith('key:')) return false;
    return issuedAt === null || issuedAt - clockToleranceMs <= until;
  }
}
