import { AppError } from '../errors.ts';
import { endOf, type Claim } from './claim.ts';
import type { Credential, End, Viewer } from './viewer.ts';

export interface ViewerRules {
  readonly capabilitiesOf: (subject: string, role: string) => ReadonlySet<string>;
  readonly isRevoked: (claim: Claim) => boolean;
  /** The claim of a token; null when the token is not valid. */
  readonly claimOf: (token: string) => Promise<Claim | null>;
  /** A registered viewer presented an invalid credential. */
  readonly renewalFailed?: (viewer: Viewer) => void;
}

/** The longest delay of a timer. */
const timerMsMax = 2 ** 31 - 1;

/**
 * Creates the viewers of valid credentials. A viewer with listeners (an open connection or subscription) is registered:
 * its capabilities and its credential are evaluated again after each change of roles, members or revocations.
 */
export class ViewerRegistry {
  readonly rules: ViewerRules;
  readonly #registered = new Set<LiveViewer>();
  /** Increases when roles or members change. */
  version = 0;

  constructor(rules: ViewerRules) {
    this.rules = rules;
  }

  viewerOf(claim: Claim): Viewer {
    return new LiveViewer(this, claim, this.#registered);
  }

  /** Call it after a change of roles or members. */
  recheck(): void {
    this.version++;
    this.recheckEnds();
  }

  /** Call it after a revocation. Capabilities stay cached, since only credentials can have ended. */
  recheckEnds(): void {
    for (const viewer of this.#registered) viewer.check();
  }
}

const none: ReadonlySet<string> = new Set();

/** A viewer whose capabilities are evaluated at each access. */
class LiveViewer implements Viewer, Credential {
  readonly authenticated = true;
  readonly subject: string;
  readonly #registry: ViewerRegistry;
  /** The viewers with listeners. */
  readonly #registered: Set<LiveViewer>;
  readonly #listeners = new Set<() => void>();
  #claim: Claim;
  #capabilities: ReadonlySet<string> = none;
  #version = -1;
  /** The state that listeners were last notified of. */
  #notified: { readonly capabilities: ReadonlySet<string>; readonly ended: End | null };
  #expiry: NodeJS.Timeout | null = null;

  constructor(registry: ViewerRegistry, claim: Claim, registered: Set<LiveViewer>) {
    this.#registry = registry;
    this.#claim = claim;
    this.#registered = registered;
    this.subject = claim.subject;
    this.#notified = this.#state();
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
    return this.#registry.rules.isRevoked(this.#claim) ? 'revoked' : null;
  }

  get capabilities(): ReadonlySet<string> {
    if (this.ended !== null) return none;
    if (this.#version !== this.#registry.version) {
      this.#version = this.#registry.version;
      this.#capabilities = this.#registry.rules.capabilitiesOf(this.subject, this.role);
    }
    return this.#capabilities;
  }

  follow(listener: () => void): Disposable {
    const own = (): void => listener(); // A function of its own: the same listener may be added twice.
    if (this.#listeners.size === 0) {
      this.#notified = this.#state();
      this.#registered.add(this);
      this.#watchExpiry();
    }
    this.#listeners.add(own);
    return {
      [Symbol.dispose]: () => {
        if (!this.#listeners.delete(own) || this.#listeners.size > 0) return;
        if (this.#expiry !== null) clearTimeout(this.#expiry);
        this.#registered.delete(this);
      },
    };
  }

  check(): void {
    const { capabilities, ended } = this.#notified;
    this.#notified = this.#state();
    if (this.#notified.ended === ended && same(this.#notified.capabilities, capabilities)) return;
    for (const listener of this.#listeners) listener();
  }

  async renew(token: string): Promise<void> {
    if (this.#listeners.size === 0)
      throw new AppError(
        'BAD_USER_INPUT',
        'A credential can be renewed only on an open connection; an HTTP request carries its own.',
      );
    const claim = await this.#registry.rules.claimOf(token);
    if (this.#listeners.size === 0) return; // The connection was closed during the check.
    if (claim === null || this.ended !== null || claim.subject !== this.subject) {
      this.#registry.rules.renewalFailed?.(this);
      if (claim === null || this.ended !== null)
        throw new AppError('AUTHENTICATION_FAILED', 'The credential is not valid.');
      throw new AppError('FORBIDDEN', 'The credential belongs to another subject. Open a new connection.');
    }
    this.#claim = claim;
    this.#version = -1;
    this.#watchExpiry();
    this.check();
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

  #state() {
    return { capabilities: this.capabilities, ended: this.ended };
  }
}

function same(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a === b || (a.size === b.size && [...a].every((one) => b.has(one)));
}
