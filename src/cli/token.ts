import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { generatedSecret, secretPath, storedSecret } from '../auth/generated-secret.ts';
import { signJwt } from '../auth/jwt.ts';
import { defaultRole } from '../auth/role-claim.ts';
import { isSubject, subjectRule } from '../auth/subject.ts';
import { readProcessConfig, type Config } from '../settings.ts';

/**
 * The command `npm run token -- <subject> [seconds] [--role <role>]` prints a JWT that this server accepts, signed with
 * JWT_SECRET or, without it, with the secret that the server generated in DATA_DIR. It needs neither the server nor the
 * database, so it makes the first token. It generates the secret itself only where DATA_DIR is set.
 */

const usage = `Usage: npm run --silent token -- <subject> [seconds] [--role <role>]

  subject   the subject of the token: ${subjectRule}
  seconds   the lifetime, 1 to 315360000; default: until it is revoked
  --role    a governance role: admin, developer, user, or one of your own; default: ${defaultRole}
`;
const secondsMax = 315_360_000;

class UsageError extends Error {}

interface Arguments {
  readonly subject: string;
  readonly expiresInS: number | null;
  readonly role: string;
}

try {
  process.stdout.write(`${await createToken(argumentsIn(process.argv.slice(2)))}\n`);
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(error instanceof UsageError ? `${message}\n\n${usage}` : `${message}\n`);
  process.exitCode = 1;
}

async function createToken({ subject, expiresInS, role }: Arguments): Promise<string> {
  const { config } = readProcessConfig();
  if (config.auth.jwksUrl !== null)
    throw new Error(
      'JWT_JWKS_URL is set, so the server accepts JWTs of that identity provider only. Put a first key into ' +
        'AUTH_TOKENS or use a token of the provider, and create others with the mutation createToken.',
    );
  if (config.auth.tokens.length > 0 && config.auth.jwtSecret === null)
    throw new Error(
      'AUTH_TOKENS is set and JWT_SECRET is not, so the server accepts no JWTs. Create tokens with the mutation ' +
        'createToken and a key of AUTH_TOKENS whose role may manage, or set JWT_SECRET.',
    );
  const secret = config.auth.jwtSecret ?? (await serverSecret(config.database));
  const { jwtIssuer: issuer, jwtAudience: audience, jwtRoleClaim: roleClaim } = config.auth;
  return signJwt(secret, { subject, role, id: randomUUID(), expiresInS, issuer, audience, roleClaim });
}

/** A secret generated in another directory than the server's would sign tokens that no server accepts. */
async function serverSecret({ dataDir, dataDirNamed }: Config['database']): Promise<string> {
  const secret = dataDirNamed ? await generatedSecret(dataDir) : await storedSecret(dataDir);
  if (secret !== null) return secret;
  throw new Error(
    `${secretPath(dataDir)} does not exist: run this command in the directory in which the server was started, after ` +
      'its first start, or set DATA_DIR or JWT_SECRET as for the server.',
  );
}

function argumentsIn(args: string[]): Arguments {
  const { values, positionals } = parsed(args);
  const [subject, seconds, ...more] = positionals;
  if (subject === undefined || !isSubject(subject))
    throw new UsageError(`The subject must be ${subjectRule}.`);
  if (more.length > 0) throw new UsageError(`Unexpected argument ${JSON.stringify(more[0])}.`);
  const expiresInS = seconds === undefined ? null : Number(seconds);
  if (
    seconds !== undefined &&
    !(/^\d{1,9}$/.test(seconds) && Number(seconds) >= 1 && Number(seconds) <= secondsMax)
  )
    throw new UsageError(
      `The lifetime must be an integer from 1 to ${secondsMax}, got ${JSON.stringify(seconds)}.`,
    );
  const role = values.role ?? defaultRole;
  if (!/^[\w.:-]{1,64}$/.test(role))
    throw new UsageError('The role must be 1 to 64 characters of letters, digits, _, -, . and :.');
  return { subject, expiresInS, role };
}

function parsed(args: string[]) {
  try {
    return parseArgs({ args, allowPositionals: true, options: { role: { type: 'string' } } });
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error });
  }
}
