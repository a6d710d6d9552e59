import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccess, type Authenticate } from './authenticate.ts';

const capabilitiesOf = (_subject: string, role: string | null): ReadonlySet<string> => new Set([role ?? '']);

describe('tokens of an identity provider', () => {
  const keys: JWK[] = [];
  const server = createServer((_request, response) => response.end(JSON.stringify({ keys })));
  let authenticate: Authenticate;
  let own: CryptoKey;

  async function addKey(kid: string, alg: string): Promise<CryptoKey> {
    const { publicKey, privateKey } = await generateKeyPair(alg);
    keys.push({ ...(await exportJWK(publicKey)), kid, alg });
    return privateKey;
  }

  function token(key: CryptoKey | Uint8Array, header: { alg: string; kid?: string }): Promise<string> {
    return new SignJWT({ role: 'developer' })
      .setProtectedHeader(header)
      .setSubject('ann')
      .setExpirationTime('1h')
      .sign(key);
  }

  beforeAll(async () => {
    own = await addKey('one', 'ES256');
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const jwksUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`;
    ({ authenticate } = createAccess({
      required: false,
      tokens: [],
      jwtSecret: 'x'.repeat(32),
      jwksUrl,
      capabilitiesOf,
    }));
  });

  afterAll(() => void server.close());

  it('are taken when a key of its set has signed them', async () => {
    expect(await authenticate({ token: await token(own, { alg: 'ES256', kid: 'one' }) })).toMatchObject({
      subject: 'ann',
      authenticated: true,
      role: 'developer',
    });
  });

  it('are refused when another key has signed them', async () => {
    const { privateKey } = await generateKeyPair('ES256');
    await expect(
      authenticate({ token: await token(privateKey, { alg: 'ES256', kid: 'one' }) }),
    ).rejects.toMatchObject({
      code: 'AUTHENTICATION_FAILED',
    });
  });

  it('are the only ones taken: a shared secret counts no more', async () => {
    const secret = new TextEncoder().encode('x'.repeat(32));
    await expect(authenticate({ token: await token(secret, { alg: 'HS256' }) })).rejects.toMatchObject({
      code: 'AUTHENTICATION_FAILED',
    });
  });

  it('close writes to those who have none', async () => {
    expect([...(await authenticate({ token: null })).capabilities]).toEqual(['read']);
  });
});
