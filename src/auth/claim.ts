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
}
