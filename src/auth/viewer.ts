/** What a role may allow. Roles may carry further names of their own; these are the ones the server asks for. */
export type Capability = 'read' | 'write' | 'execute' | 'delete' | 'manage';

export const capabilities: readonly Capability[] = ['read', 'write', 'execute', 'delete', 'manage'];

/** Who is asking, and what they may do at this moment. */
export interface Viewer {
  /** The authenticated subject, or `anonymous`. */
  readonly subject: string;
  readonly authenticated: boolean;
  /** The governance role that the credential names; null without a credential. */
  readonly role: string | null;
  /** Nothing, once the credential has ended. */
  readonly capabilities: ReadonlySet<string>;
  /** By what they are known. Absent for those who showed nothing: what they may do never changes. */
  readonly credential?: Credential;
}

/** Why a credential no longer holds. */
export type End = 'expired' | 'revoked';

/** What somebody showed, for as long as something is open by it. */
export interface Credential {
  /** Names it to whoever revokes it; null: it has no name (a JWT without `jti`) and goes with its subject only. */
  readonly id: string | null;
  /** Unix milliseconds; null: never. */
  readonly expiresAt: number | null;
  /** Null: it holds. */
  readonly ended: End | null;
  /** Calls back after every change of what the viewer may do, and when the credential ends. Must not throw. */
  follow(listener: () => void): Disposable;
  /**
   * Puts another credential of the same subject in its place.
   * @throws AppError AUTHENTICATION_FAILED, FORBIDDEN (of somebody else), BAD_USER_INPUT (nothing is open by it).
   */
  renew(token: string): Promise<void>;
}

export function may(viewer: Viewer, capability: Capability): boolean {
  return viewer.capabilities.has(capability);
}

/** A viewer who may do nothing, until they have shown a credential. */
export const unauthenticated: Viewer = {
  subject: 'anonymous',
  authenticated: false,
  role: null,
  capabilities: new Set(),
};

/** The server itself, for what it does on its own behalf. */
export const system: Viewer = {
  subject: 'system',
  authenticated: true,
  role: null,
  capabilities: new Set(capabilities),
};
