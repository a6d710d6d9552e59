/** What a credential says, once it is known to be genuine. */
export interface Claim {
  /** As `Credential.id`. */
  readonly id: string | null;
  /** The credential that a session was begun with; with it the session ends. */
  readonly parentId: string | null;
  readonly subject: string;
  readonly role: string;
  /** Unix milliseconds; null: it does not say. */
  readonly issuedAt: number | null;
  /** Unix milliseconds; null: never. */
  readonly expiresAt: number | null;
  /**
   * How far the clock of whoever issued it may differ from ours, milliseconds: it holds so much longer, and a revocation
   * reaches what was issued so much later. Absent: we issued it ourselves.
   */
  readonly clockToleranceMs?: number;
}

/** When a credential ends, Unix milliseconds; null: never. */
export function endOf({ expiresAt, clockToleranceMs = 0 }: Claim): number | null {
  return expiresAt === null ? null : expiresAt + clockToleranceMs;
}
