/** What a role may allow. Roles may carry further names of their own; these are the ones the server asks for. */
export type Capability = 'read' | 'write' | 'execute' | 'delete' | 'manage';

export const capabilities: readonly Capability[] = ['read', 'write', 'execute', 'delete', 'manage'];

/** Who is asking, as far as a credential says, and what they may do. */
export interface Viewer {
  /** The authenticated subject, or `anonymous`. */
  readonly subject: string;
  readonly authenticated: boolean;
  /** The governance role that the credential names; null without a credential. */
  readonly role: string | null;
  readonly capabilities: ReadonlySet<string>;
  /** When the credential expires, Unix milliseconds; absent: never. */
  readonly expiresAt?: number;
}

export function may(viewer: Viewer, capability: Capability): boolean {
  return viewer.capabilities.has(capability);
}

/** The server itself, for what it does on its own behalf. */
export const system: Viewer = {
  subject: 'system',
  authenticated: true,
  role: null,
  capabilities: new Set(capabilities),
};
