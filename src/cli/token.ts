import { randomUUID } from 'node:crypto';
import { generatedSecret, secretPath, storedSecret } from '../auth/generated-secret.ts';
import { signJwt } from '../auth/jwt.ts';
import { isSubject, subjectRule } from '../auth/subject.ts';
import { readProcessConfig, type Config } from '../settings.ts';
import { UsageError } from './command.ts';

/**
 * The command `opsgraph token` prints a JWT that this server accepts, signed with JWT_SECRET or, without it, with the
 * secret that the server generated in DATA_DIR. It needs neither the server nor the database, so it makes the first
 * token. It generates the secret itself only where DATA_DIR is set.
 */

const secondsMax = 315_360_000;

interface Arguments {
  readonly subject: string;
  readonly expiresInS: number | null;
  readonly role: string;
}

export async function token(input: {
  readonly values: { readonly role: string };
  readonly args: readonly string[];
}): Promise<number> {
  process.stdout.write(`${await createToken(argumentsIn(input.args, input.values.role))}
`);
  return 0;
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

function argumentsIn(args: readonly string[], role: string): Arguments {
  const [subject, seconds, ...more] = args;
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
  if (!/^[\w.:-]{1,64}$/.test(role))
    throw new UsageError('The role must be 1 to 64 characters of letters, digits, _, -, . and :.');
  return { subject, expiresInS, role };
}
