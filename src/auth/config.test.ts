import { describe, expect, test } from 'vitest';
import { config, errors, read } from '../../test/_util/config.ts';

describe('credentials', () => {
  test('are tokens with a subject and an optional role', () => {
    const text = 'k-0123456789abcdef:ann, k-fedcba9876543210:bob:admin';
    expect(config({ AUTH_TOKENS: text }).auth.tokens).toEqual([
      { token: 'k-0123456789abcdef', subject: 'ann', role: 'user' },
      { token: 'k-fedcba9876543210', subject: 'bob', role: 'admin' },
    ]);
  });

  test('are rejected with the index of the entry', () => {
    expect(errors({ AUTH_TOKENS: 'a:b,c,d:e:f:g,a:h,:x,y:,z:q:' })).toEqual(
      [2, 3, 4, 5, 6, 7].map((entry) => expect.stringMatching(new RegExp(`^AUTH_TOKENS entry ${entry} `))),
    );
  });

  test.each(['system', 'anonymous', 'a'.repeat(257), 'ann\u0007bob'])(
    'cannot have the subject %j',
    (subject) => {
      expect(errors({ AUTH_TOKENS: `a:ann,b:${subject}:admin` })).toEqual([
        'AUTH_TOKENS entry 2 must have a subject of 1 to 256 characters, and neither anonymous nor system',
      ]);
    },
  );

  test('cause a warning when they are easy to guess', () => {
    expect(read({ AUTH_TOKENS: 'a:b', REQUEST_SIGNING_SECRET: 'short' }).warnings).toEqual([
      'AUTH_TOKENS entry 1 is shorter than 16 characters and easy to guess',
      'REQUEST_SIGNING_SECRET is shorter than 32 bytes and easy to guess',
    ]);
  });

  test('reject a JWT_SECRET of less than 32 bytes, which can be guessed from one token', () => {
    for (const secret of ['short', 'x'.repeat(31), ' '])
      expect(errors({ JWT_SECRET: secret })).toEqual([
        'JWT_SECRET must have at least 32 bytes; `openssl rand -base64 48` makes one',
      ]);
    expect(config({ JWT_SECRET: 'ä'.repeat(16) }).auth.jwtSecret).toBe('ä'.repeat(16));
  });

  test('keep the spaces of a signing secret', () => {
    const secret = ` ${'s'.repeat(32)} `;
    expect(config({ JWT_SECRET: secret, REQUEST_SIGNING_SECRET: 't ' }).auth).toMatchObject({
      jwtSecret: secret,
      requestSigningSecret: 't ',
    });
  });

  test('do not appear in the values that the log shows', () => {
    const secret = 'swordfish-0123456789abcdefghijklmnop';
    const { shown } = read({
      DATABASE_URL: `postgres://u:${secret}@h/d`,
      AUTH_TOKENS: `${secret}:ann:admin`,
      JWT_SECRET: secret,
      REQUEST_SIGNING_SECRET: secret,
      MODEL_SERVERS: 'github=http://h',
      GITHUB_TOKEN: secret,
      JWT_JWKS_URL: `https://h/keys?token=${secret}`,
    });
    expect(JSON.stringify(shown)).not.toContain('swordfish');
    expect(shown).toMatchObject({
      DATABASE_URL: 'postgres://u:***@h/d',
      AUTH_TOKENS: 'ann:admin',
      JWT_SECRET: '***',
      GITHUB_TOKEN: '***',
      PORT: '9200',
    });
  });
});
