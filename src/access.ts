import { createAccessAudit, createSecurityAudit, type AccessAudit } from './audit.ts';
import { createAccess, type Access } from './auth/authenticate.ts';
import { generatedSecret, storedSecret } from './auth/generated-secret.ts';
import type { Config } from './config/config.ts';
import type { Domains } from './domains/domains.ts';
import type { EventLog } from './journal/journal.ts';
import type { Log } from './log/log.ts';
import type { SecurityEvent } from './transports/upgrade.ts';

/** Who may do what, as the doors ask it, and the way to write down whom they turned away. */
export interface ServerAccess extends Pick<Access, 'authenticate' | 'claimOf'> {
  readonly audit: (event: SecurityEvent) => void;
  readonly accessEnded: AccessAudit;
}

export interface ServerAccessOptions {
  readonly config: Config;
  readonly domains: Domains;
  readonly eventLog: EventLog;
  readonly log: Log;
}

/** Puts together what is configured, what is stored, and the roles; a change of any reaches whoever is connected. */
export async function openAccess({
  config,
  domains,
  eventLog,
  log,
}: ServerAccessOptions): Promise<ServerAccess> {
  const { governance, tokens } = domains;
  const audit = createSecurityAudit(eventLog, log);
  const { authenticate, claimOf, recheck, recheckEnds } = createAccess({
    ...config.auth,
    generatedSecret: await secretOf(config, log),
    capabilitiesOf: governance.capabilitiesOf,
    stored: tokens.stored,
    refused: (reason, claim) =>
      log.debug(
        { reason, subject: claim?.subject ?? null, credentialId: claim?.id ?? null },
        'credential rejected',
      ),
    providerLost: (error) =>
      log.warn({ err: error }, 'the identity provider does not give its keys; those that are known hold'),
    renewalFailed: ({ subject }) =>
      audit({ type: 'authentication_failed', path: '/graphql', address: `a connection of ${subject}` }),
  });
  governance.onRolesChanged(recheck);
  tokens.onRevoked(recheckEnds);
  return { authenticate, claimOf, audit, accessEnded: createAccessAudit(eventLog, log) };
}

/** Only where no credential at all is configured: what was not meant to be one must not become one. */
async function secretOf({ auth, database }: Config, log: Log): Promise<string | null> {
  const configured = auth.tokens.length > 0 || auth.jwtSecret !== null || auth.jwksUrl !== null;
  if (configured) return null;
  if (database.url === null) return generatedSecret(database.dataDir);
  const stored = await storedSecret(database.dataDir);
  if (stored !== null) return stored;
  return generatedSecret(database.dataDir).catch((error: NodeJS.ErrnoException) => {
    // With a database elsewhere nothing else is written, so a read-only file system will do.
    const reason = `no secret can be stored in ${database.dataDir} (${error.code ?? error.message})`;
    log.warn({}, `${reason}: set JWT_SECRET, or no token can be made by the command token`);
    return null;
  });
}
