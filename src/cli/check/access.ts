import { accessSummary } from '../../auth/access-summary.ts';
import { configuredAccess } from '../../auth/configured-access.ts';
import { storedSecret } from '../../auth/generated-secret.ts';
import { isLoopback } from '../../lib/loopback.ts';
import type { Config } from '../../settings.ts';
import { failed, ok, warning, type Finding } from './finding.ts';

const keysTimeoutMs = 5_000;

/** Who may access the server, and whether its credentials can be verified. */
export async function checkAccess({ auth, listen, database }: Config): Promise<Finding[]> {
  const summary = accessSummary(auth, listen.host);
  const findings: Finding[] = [];
  if (!isLoopback(listen.host) && !auth.required)
    findings.push(
      warning(
        'access',
        summary,
        'Set AUTH_REQUIRED=true, unless ALLOW_ANONYMOUS=true is meant: docs/security.md.',
      ),
    );
  else if (!isLoopback(listen.host) && listen.tls === null)
    findings.push(
      warning(
        'access',
        `${summary}, sent without encryption`,
        'Set TLS_CERT_FILE and TLS_KEY_FILE, or let a proxy with TLS forward to HOST=127.0.0.1.',
      ),
    );
  else findings.push(ok('access', summary));
  if (auth.jwksUrl !== null) findings.push(await checkKeys(auth.jwksUrl));
  else if (auth.required && configuredAccess(auth).keys.length === 0 && auth.jwtSecret === null) {
    const stored = await storedSecret(database.dataDir).catch(() => null);
    findings.push(
      ok(
        'credentials',
        `JWTs, signed with the ${stored === null ? 'secret that start generates' : 'generated secret'} in ${database.dataDir}; \`opsgraph token\` makes one`,
      ),
    );
  }
  return findings;
}

async function checkKeys(url: string): Promise<Finding> {
  const todo = 'Correct JWT_JWKS_URL; until the keys can be read, no JWT is accepted.';
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(keysTimeoutMs) });
    const body: unknown = response.ok ? await response.json() : null;
    const keys = typeof body === 'object' && body !== null && 'keys' in body ? body.keys : null;
    if (!Array.isArray(keys))
      return failed('identity provider', `${url} answers ${response.status} without keys`, todo);
    return ok('identity provider', `${keys.length} keys at ${url}`);
  } catch (error) {
    return failed('identity provider', `${url} cannot be read (${reasonOf(error)})`, todo);
  }
}

/** The code of a failed request, of which `fetch` has only the cause. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = (error.cause ?? {}) as NodeJS.ErrnoException;
  if (typeof code === 'string') return code;
  return error.name === 'TimeoutError' ? 'no answer in time' : error.message;
}
