import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { generatedSecret, secretPath, storedSecret } from '../auth/generated-secret.ts';
import { signJwt } from '../auth/jwt.ts';
import { defaultRole } from '../auth/role-claim.ts';
import { isSubject, subjectRule } from '../auth/subject.ts';
import { readProcessConfig, type Config } from '../settings.ts';

/**
 * The command `npm run token -- <subject> [seconds] [--role <role>]`: prints a JWT that this server takes, signed with
 * JWT_SECRET or, without one, with the secret that the server makes for itself in DATA_DIR. It needs neither the server
 * nor the database, so the first token can be had before anybody may make one. Only where DATA_DIR is set does it make
 * the secret itself.
 */

const usage = `Usage: npm run --silent token -- <subject> [seconds] [--role <role>]

  subject   who the bearer is: ${subjectRule}
  seconds   for how long, 1 to 315360000; default: until it is revoked
  --role    a governance role: admin, developer, user, or one of your own; default: ${defaultRole}
`;
const secondsMax = 315_360_000;

class Misuse extends Error {}

try {
  process.stdout.write(`${await token(process.argv.slice(2))}\n`);
} catch (error) {
  const told = error instanceof Misuse ? `${error.message}\n\n${usage}` : messageOf(error);
  process.stderr.write(`${told.trimEnd()}\n`);
  process.exitCode = 1;
}

async function token(args: string[]): Promise<string> {
  const { subject, expiresInS, role } = asked(args);
  const { config } = readProcessConfig();
  if (config.auth.jwksUrl !== null)
    throw new Error(
      'JWT_JWKS_URL is set: JWTs are taken from that identity provider only. Put a first key into AUTH_TOKENS, or take ' +
        'a token of the provider, and make others with the mutation createToken.',
    );
  if (config.auth.tokens.length > 0 && config.auth.jwtSecret === null)
    throw new Error(
      'AUTH_TOKENS is set and JWT_SECRET is not, so the server takes no JWTs: make tokens with the mutation createToken ' +
        'and a key of AUTH_TOKENS whose role may manage, or set JWT_SECRET.',
    );
  const secret = config.auth.jwtSecret ?? (await secretOfServer(config.database));
  const { jwtIssuer: issuer, jwtAudience: audience, jwtRoleClaim: roleClaim } = config.auth;
  return signJwt(secret, { subject, role, id: randomUUID(), expiresInS, issuer, audience, roleClaim });
}

/** In a directory that is not the server's, a secret of its own would sign tokens that no server takes. */
async function secretOfServer({ dataDir, dataDirNamed }: Config['database']): Promise<string> {
  const secret = dataDirNamed ? await generatedSecret(dataDir) : await storedSecret(dataDir);
  if (secret === null)
    throw new Error(
      `${secretPath(dataDir)} does not exist: run this command in the directory that the server was started in, after ` +
        'its first start, or set DATA_DIR or JWT_SECRET as for the server.',
    );
  return secret;
}

function asked(args: string[]): { subject: string; expiresInS: number | null; role: string } {
  const { values, positionals } = parsed(args);
  const [subject, seconds, ...more] = positionals;
  if (subject === undefined || !isSubject(subject)) throw new Misuse(`A subject is needed: ${subjectRule}.`);
  if (more.length > 0) throw new Misuse(`${JSON.stringify(more[0])} is one too many.`);
  if (
    seconds !== undefined &&
    !(/^\d{1,9}$/.test(seconds) && Number(seconds) >= 1 && Number(seconds) <= secondsMax)
  )
    throw new Misuse(`seconds must be 1 to ${secondsMax}, not ${JSON.stringify(seconds)}.`);
  const role = values.role ?? defaultRole;
  if (!/^[\w.:-]{1,64}$/.test(role))
    throw new Misuse('--role must be 1 to 64 of letters, digits, _, -, . and :.');
  return { subject, expiresInS: seconds === undefined ? null : Number(seconds), role };
}

function parsed(args: string[]) {
  try {
    return parseArgs({ args, allowPositionals: true, options: { role: { type: 'string' } } });
  } catch (error) {
    throw new Misuse((error as Error).message, { cause: error });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
