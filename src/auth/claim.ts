/** What a verified credential states. */
export interface Claim {
  /** As `Credential.id`. */
  readonly id: string | null;
  /** The credential that started the session; the session ends with it. */
  readonly parentId: string | null;
  readonly subject: string;
  readonly role: string;
  /** Unix milliseconds; null when the credential does not contain it. */
  readonly issuedAt: number | null;
  /** Unix milliseconds; null: never. */
  readonly expiresAt: number | null;
  /**
   * Tolerated difference between the issuer's clock and ours, milliseconds. The credential is accepted for that much
   * longer, and a revocation applies to credentials issued that much later. Absent: issued by this server.
   */
  readonly clockToleranceMs?: number;
}

/** When a credential expires, Unix milliseconds; null: never. */
export function endOf({ expiresAt, clockToleranceMs = 0 }: Claim): number | null {
  return expiresAt === null ? null : expiresAt + clockToleranceMs;
}
