import { z } from 'zod';
import { listenSettings } from '../config/listen.ts';
import { flag, integer, listOf, text, webUrl } from '../config/parsers.ts';
import { section } from '../config/setting.ts';
import { isLoopback } from '../lib/loopback.ts';
import { defaultRole, defaultRoleClaim } from './role-claim.ts';
import { isSubject, subjectRule } from './subject.ts';

/** Shorter secrets can be guessed. */
const secretBytesMin = 32;
const apiTokenCharsAdvised = 16;
const clockToleranceSMax = 300;

const hmacSecret = z.string().refine((secret) => Buffer.byteLength(secret) >= secretBytesMin, {
  error: `must have at least ${secretBytesMin} bytes; \`openssl rand -base64 48\` makes one`,
});

/** The name of a claim of a JWT, or a path of names separated by dots. */
const claimName = z.string().regex(/^\S{1,256}$/, {
  error: 'must be the name of a claim, or a path to one such as realm_access.roles',
});

const apiTokens = z.string().transform((value, context) => {
  const reject = (index: number, message: string): void =>
    context.addIssue({ code: 'custom', message: `entry ${index + 1} ${message}` });
  const seen = new Map<string, number>();
  return listOf(value).flatMap((entry, index) => {
    const [token = '', subject = '', role = defaultRole, ...more] = entry
      .split(':')
      .map((part) => part.trim());
    if (!/^[\x21-\x7e]+$/.test(token) || subject === '' || role === '' || more.length > 0) {
      reject(index, 'must be <token>:<subject> or <token>:<subject>:<role>');
      return [];
    }
    if (!isSubject(subject)) {
      reject(index, `must have a subject of ${subjectRule}`);
      return [];
    }
    const first = seen.get(token);
    if (first !== undefined) reject(index, `must not repeat the token of entry ${first + 1}`);
    seen.set(token, index);
    return [{ token, subject, role }];
  });
});

export type AuthConfig = ReturnType<(typeof authSettings)['resolve']>;

export const authSettings = section({
  title: 'Access',
  settings: {
    required: {
      env: 'AUTH_REQUIRED',
      type: flag,
      default: 'false',
      protects: true,
      description:
        'Require a credential for every request, except for /, /health, the probes, and /docs and /redoc with their documents.',
    },
    allowAnonymous: {
      env: 'ALLOW_ANONYMOUS',
      type: flag,
      default: 'false',
      protects: true,
      description: 'Allow a HOST that other computers can reach without AUTH_REQUIRED.',
    },
    tokens: {
      env: 'AUTH_TOKENS',
      type: apiTokens,
      default: '',
      secret: true,
      shown: (value) =>
        listOf(value)
          .map((entry) => entry.split(':').slice(1).join(':'))
          .join(','),
      protects: true,
      description:
        'API keys, a comma-separated list of token:subject or token:subject:role. The default role is user.',
    },
    jwtSecret: {
      env: 'JWT_SECRET',
      type: hmacSecret,
      secret: true,
      protects: true,
      unset: 'a generated secret, where no credential is configured',
      description: 'Secret of HS256 tokens, at least 32 bytes (openssl rand -base64 48).',
    },
    jwksUrl: {
      env: 'JWT_JWKS_URL',
      type: webUrl,
      protects: true,
      description:
        'URL of the JSON Web Key Set that RS256, ES256 and EdDSA tokens are verified with. When set, no other JWTs are accepted.',
    },
    jwtAudience: {
      env: 'JWT_AUDIENCE',
      type: text,
      protects: true,
      aliases: ['JWT_AUD'],
      description:
        'Audience that a JWT must contain (claim aud). Set it with JWT_JWKS_URL, or tokens issued for other services are accepted.',
    },
    jwtIssuer: {
      env: 'JWT_ISSUER',
      type: text,
      protects: true,
      aliases: ['JWT_ISS'],
      description: 'Issuer that a JWT must have (claim iss).',
    },
    jwtRoleClaim: {
      env: 'JWT_ROLE_CLAIM',
      type: claimName,
      default: defaultRoleClaim,
      protects: true,
      description:
        'Claim of a JWT with the role or a list of roles: a name such as roles or https://example.com/role, or a path such as realm_access.roles.',
    },
    jwtClockToleranceS: {
      env: 'JWT_CLOCK_TOLERANCE_S',
      type: integer(0, clockToleranceSMax),
      default: '30',
      protects: true,
      description: 'Tolerance in seconds for the claims exp and nbf of a JWT.',
    },
    requestSigningSecret: {
      env: 'REQUEST_SIGNING_SECRET',
      type: text,
      secret: true,
      protects: true,
      description:
        'When set, every POST request must be signed with it: headers X-Timestamp and X-Signature (HMAC-SHA256).',
    },
  },
  resolve(auth, context) {
    const { host } = listenSettings.settings;
    if (!isLoopback(context.value(host)) && !auth.required && !auth.allowAnonymous)
      context.reject(
        host,
        'must be a loopback address unless AUTH_REQUIRED=true (every request needs a credential) or ' +
          'ALLOW_ANONYMOUS=true (open on purpose) is set',
      );
    for (const [index, { token }] of auth.tokens.entries())
      if (token.length < apiTokenCharsAdvised)
        context.warn(
          `AUTH_TOKENS entry ${index + 1} is shorter than ${apiTokenCharsAdvised} characters and easy to guess`,
        );
    const { requestSigningSecret: secret } = auth;
    if (secret !== null && Buffer.byteLength(secret) < secretBytesMin)
      context.warn(`REQUEST_SIGNING_SECRET is shorter than ${secretBytesMin} bytes and easy to guess`);
    if (auth.jwksUrl !== null && auth.jwtAudience === null)
      context.warn(
        'JWT_AUDIENCE is not set: tokens that the provider of JWT_JWKS_URL issued for other services are accepted',
      );
    return auth;
  },
});
