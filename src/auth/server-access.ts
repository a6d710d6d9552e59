import type { Log } from '../log/log.ts';
import { createAccess, type Access, type AuthenticatorOptions } from './authenticate.ts';
import type { AuthConfig } from './config.ts';
import { generatedSecret, storedSecret } from './generated-secret.ts';
import type { SecurityEvent } from './security-event.ts';

export interface ServerAccessOptions {
  readonly configured: AuthConfig;
  readonly roles: Pick<AuthenticatorOptions, 'capabilitiesOf'> & {
    onRolesChanged(listener: () => void): void;
  };
  readonly tokens: Required<Pick<AuthenticatorOptions, 'stored'>> & {
    onRevoked(listener: () => void): void;
  };
  readonly dataDir: string;
  /** Whether the embedded database is in `dataDir`, so that the server writes to it anyway. */
  readonly dataDirWritten: boolean;
  readonly audit: (event: SecurityEvent) => void;
  readonly log: Log;
}

/** Combines configured and stored credentials with the roles. A change of any of them applies to every connection. */
export async function openAccess(
  options: ServerAccessOptions,
): Promise<Pick<Access, 'authenticate' | 'claimOf'>> {
  const { configured, roles, tokens, audit, log } = options;
  const { authenticate, claimOf, recheck, recheckEnds } = createAccess({
    ...configured,
    generatedSecret: await ownSecret(options),
    capabilitiesOf: roles.capabilitiesOf,
    stored: tokens.stored,
    refused: (reason, claim) =>
      log.debug(
        { reason, subject: claim?.subject ?? null, credentialId: claim?.id ?? null },
        'credential rejected',
      ),
    providerLost: (error) =>
      log.warn({ err: error }, 'the identity provider does not return its keys; the known keys stay in use'),
    renewalFailed: ({ subject }) =>
      audit({ type: 'authentication_failed', path: '/graphql', address: `a connection of ${subject}` }),
  });
  roles.onRolesChanged(recheck);
  tokens.onRevoked(recheckEnds);
  return { authenticate, claimOf };
}

/** A generated secret, used only where no credential is configured. */
async function ownSecret(options: ServerAccessOptions): Promise<string | null> {
  const { configured, dataDir, dataDirWritten, log } = options;
  if (configured.tokens.length > 0 || configured.jwtSecret !== null || configured.jwksUrl !== null)
    return null;
  if (dataDirWritten) return generatedSecret(dataDir);
  const stored = await storedSecret(dataDir);
  if (stored !== null) return stored;
  return generatedSecret(dataDir).catch((error: NodeJS.ErrnoException) => {
    // With an external database nothing else is written, so a read-only file system is enough.
    const reason = `cannot store a secret in ${dataDir} (${error.code ?? error.message})`;
    log.warn({}, `${reason}: set JWT_SECRET, or the command token cannot make tokens`);
    return null;
  });
}
