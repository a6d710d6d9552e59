/** What a role may allow. Roles may name further capabilities; the server checks these. */
export type Capability = 'read' | 'write' | 'execute' | 'delete' | 'manage';

export const capabilities: readonly Capability[] = ['read', 'write', 'execute', 'delete', 'manage'];

/** The subject of a request and its current capabilities. */
export interface Viewer {
  /** The authenticated subject, or `anonymous`. */
  readonly subject: string;
  readonly authenticated: boolean;
  /** The governance role that the credential names; null without a credential. */
  readonly role: string | null;
  /** Empty after the credential has ended. */
  readonly capabilities: ReadonlySet<string>;
  /** Absent without a credential; the capabilities then never change. */
  readonly credential?: Credential;
}

/** Why a credential is no longer valid. */
export type End = 'expired' | 'revoked';

/** The credential of a viewer, for as long as a connection is open. */
export interface Credential {
  /** The id by which it can be revoked; null: it has none (a JWT without `jti`), so only its subject can be revoked. */
  readonly id: string | null;
  /** Unix milliseconds; null: never. */
  readonly expiresAt: number | null;
  /** Null while it is valid. */
  readonly ended: End | null;
  /**
   * Calls the listener after each change of the capabilities and when the credential ends. The listener must not throw.
   */
  follow(listener: () => void): Disposable;
  /**
   * Replaces the credential with another one of the same subject.
   * @throws AppError AUTHENTICATION_FAILED, FORBIDDEN (another subject), BAD_USER_INPUT (no open connection).
   */
  renew(token: string): Promise<void>;
}

export function may(viewer: Viewer, capability: Capability): boolean {
  return viewer.capabilities.has(capability);
}

/** A viewer without a credential and without capabilities. */
export const unauthenticated: Viewer = {
  subject: 'anonymous',
  authenticated: false,
  role: null,
  capabilities: new Set(),
};

/** The server itself, for its own operations. */
export const system: Viewer = {
  subject: 'system',
  authenticated: true,
  role: null,
  capabilities: new Set(capabilities),
};
