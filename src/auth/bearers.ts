import { AppError } from '../errors.ts';
import { endOf, type Claim } from './claim.ts';
import type { Credential, End, Viewer } from './viewer.ts';

export interface BearerRules {
  readonly capabilitiesOf: (subject: string, role: string) => ReadonlySet<string>;
  readonly isRevoked: (claim: Claim) => boolean;
  /** What a token says; null: it is not valid. */
  readonly claimOf: (token: string) => Promise<Claim | null>;
  /** Somebody who is here showed a credential that does not do. */
  readonly renewalFailed?: (viewer: Viewer) => void;
}

/** The longest that a timer can wait. */
const timerMsMax = 2 ** 31 - 1;

/** Everybody who showed a credential. Those who hold something open by it are looked at again when rights change. */
export class Bearers {
  readonly rules: BearerRules;
  readonly #here = new Set<Bearer>();
  /** Of roles and members. */
  version = 0;

  constructor(rules: BearerRules) {
    this.rules = rules;
  }

  admit(claim: Claim): Viewer {
    return new Bearer(this, claim, {
      stays: (bearer) => this.#here.add(bearer),
      leaves: (bearer) => this.#here.delete(bearer),
    });
  }

  /** Roles or members have changed. */
  recheck(): void {
    this.version++;
    this.recheckEnds();
  }

  /** Something was revoked: what those who are here may do is the same as before, if their credential holds. */
  recheckEnds(): void {
    for (const bearer of this.#here) bearer.check();
  }
}

interface Presence {
  readonly stays: (bearer: Bearer) => void;
  readonly leaves: (bearer: Bearer) => void;
}

const none: ReadonlySet<string> = new Set();

/** A viewer whose rights are those of the moment in which they are asked for. */
class Bearer implements Viewer, Credential {
  readonly authenticated = true;
  readonly subject: string;
  readonly #all: Bearers;
  readonly #presence: Presence;
  readonly #listeners = new Set<() => void>();
  #claim: Claim;
  #capabilities: ReadonlySet<string> = none;
  #version = -1;
  /** What the listeners know. */
  #told: { readonly capabilities: ReadonlySet<string>; readonly ended: End | null };
  #expiry: NodeJS.Timeout | null = null;

  constructor(all: Bearers, claim: Claim, presence: Presence) {
    this.#all = all;
    this.#claim = claim;
    this.#presence = presence;
    this.subject = claim.subject;
    this.#told = this.#now();
  }

  get credential(): Credential {
    return this;
  }

  get id(): string | null {
    return this.#claim.id;
  }

  get role(): string {
    return this.#claim.role;
  }

  get expiresAt(): number | null {
    return this.#claim.expiresAt;
  }

  get ended(): End | null {
    const end = endOf(this.#claim);
    if (end !== null && Date.now() >= end) return 'expired';
    return this.#all.rules.isRevoked(this.#claim) ? 'revoked' : null;
  }

  get capabilities(): ReadonlySet<string> {
    if (this.ended !== null) return none;
    if (this.#version !== this.#all.version) {
      this.#version = this.#all.version;
      this.#capabilities = this.#all.rules.capabilitiesOf(this.subject, this.role);
    }
    return this.#capabilities;
  }

  follow(listener: () => void): Disposable {
    const own = (): void => listener(); // the same listener may follow twice
    if (this.#listeners.size === 0) this.#stay();
    this.#listeners.add(own);
    return {
      [Symbol.dispose]: () => {
        if (!this.#listeners.delete(own) || this.#listeners.size > 0) return;
        if (this.#expiry !== null) clearTimeout(this.#expiry);
        this.#presence.leaves(this);
      },
    };
  }

  check(): void {
    const { capabilities, ended } = this.#told;
    this.#told = this.#now();
    if (this.#told.ended === ended && same(this.#told.capabilities, capabilities)) return;
    for (const listener of this.#listeners) listener();
  }

  async renew(token: string): Promise<void> {
    if (this.#listeners.size === 0)
      throw new AppError(
        'BAD_USER_INPUT',
        'A request shows its credential anew each time; nothing is open by it.',
      );
    const claim = await this.#all.rules.claimOf(token);
    if (this.#listeners.size === 0) return; // they left meanwhile
    if (claim === null || this.ended !== null || claim.subject !== this.subject) {
      this.#all.rules.renewalFailed?.(this);
      if (claim === null || this.ended !== null)
        throw new AppError('AUTHENTICATION_FAILED', 'The credential is not valid.');
      throw new AppError('FORBIDDEN', 'The credential is of another subject: connect anew.');
    }
    this.#claim = claim;
    this.#version = -1;
    this.#watchExpiry();
    this.check();
  }

  #stay(): void {
    this.#told = this.#now();
    this.#presence.stays(this);
    this.#watchExpiry();
  }

  #watchExpiry(): void {
    if (this.#expiry !== null) clearTimeout(this.#expiry);
    const end = endOf(this.#claim);
    if (end === null) return;
    const leftMs = end - Date.now();
    if (leftMs <= 0) return this.check();
    this.#expiry = setTimeout(() => this.#watchExpiry(), Math.min(leftMs, timerMsMax));
    this.#expiry.unref();
  }

  #now() {
    return { capabilities: this.capabilities, ended: this.ended };
  }
}

function same(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a === b || (a.size === b.size && [...a].every((one) => b.has(one)));
}
