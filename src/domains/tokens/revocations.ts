import type { RevocationRecord } from './store.ts';

/** A credential that may have been revoked. */
interface Revocable {
  readonly id: string | null;
  readonly parentId: string | null;
  readonly subject: string;
  readonly issuedAt: number | null;
  readonly clockToleranceMs?: number;
}

/**
 * Revocations of everything that has not expired by itself. The others are dropped, so that sessions which end every day
 * do not accumulate.
 */
export class Revocations {
  /** Ids, and when their credentials expire anyway, Unix milliseconds. */
  readonly #ids = new Map<string, number>();
  /** Subjects, and the time up to which everything issued to them is revoked, Unix milliseconds. */
  readonly #subjects = new Map<string, number>();
  /** The number of the last known revocation. */
  no = 0;

  add({ no, target, revokedAt, until }: RevocationRecord): void {
    const space = target.indexOf(' ');
    const name = target.slice(space + 1);
    if (target.startsWith('id ')) this.#ids.set(name, until?.getTime() ?? Infinity);
    else this.#subjects.set(name, revokedAt.getTime());
    this.no = Math.max(this.no, no);
  }

  /** Drops what has expired. */
  prune(now = Date.now()): void {
    for (const [id, until] of this.#ids) if (until <= now) this.#ids.delete(id);
  }

  get size(): number {
    return this.#ids.size + this.#subjects.size;
  }

  has({ id, parentId, subject, issuedAt, clockToleranceMs = 0 }: Revocable): boolean {
    if (id !== null && this.#ids.has(id)) return true;
    if (parentId !== null && this.#ids.has(parentId)) return true;
    const before = this.#subjects.get(subject);
    // A configured key has no date: it is revoked by its id, or by removing it from the configuration.
    if (before === undefined || id?.startsWith('key:')) return false;
    return issuedAt === null || issuedAt - clockToleranceMs <= before;
  }
}
