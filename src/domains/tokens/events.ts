/** Audit entries after which other credentials hold than before. */
export const revocationTypes: ReadonlySet<string> = new Set(['token_revoked', 'session_ended']);
