import type { RevocationRecord } from './store.ts';

/** What a revocation can be asked about. */
interface Revocable {
  readonly id: string | null;
  readonly parentId: string | null;
  readonly subject: string;
  readonly issuedAt: number | null;
  readonly clockToleranceMs?: number;
}

/**
 * Everything that was revoked and could still be shown. What has expired since is forgotten, so that sessions which end
 * every day do not stay for ever.
 */
export class Revocations {
  /** Ids, and when what they name expires anyway, Unix milliseconds. */
  readonly #ids = new Map<string, number>();
  /** Subjects, and until when what was issued to them is revoked, Unix milliseconds. */
  readonly #subjects = new Map<string, number>();
  /** The last that is known. */
  no = 0;

  add({ no, target, revokedAt, until }: RevocationRecord): void {
    const space = target.indexOf(' ');
    const name = target.slice(space + 1);
    if (target.startsWith('id ')) this.#ids.set(name, until?.getTime() ?? Infinity);
    else this.#subjects.set(name, revokedAt.getTime());
    this.no = Math.max(this.no, no);
  }

  /** Forgets what has expired. */
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
    // A configured key has no date: it goes by its id, or by being taken out of the configuration.
    if (before === undefined || id?.startsWith('key:')) return false;
    return issuedAt === null || issuedAt - clockToleranceMs <= before;
  }
}
