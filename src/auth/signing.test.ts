import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { isSigned, signatureOf, Signatures } from './signing.ts';

const secret = 'a secret between two';
const nowS = 1_800_000_000;
const post = { method: 'POST', path: '/api/jobs/trigger?job=probe', body: '{"a":"ü"}' };

function signed(changes: Partial<Parameters<typeof isSigned>[0]> = {}, timestampS = nowS) {
  const signature = signatureOf(post, timestampS, secret);
  return isSigned({ ...post, timestamp: String(timestampS), signature, ...changes }, secret, nowS * 1000);
}

describe('request signing [A71]', () => {
  test('accepts a request signed with the secret', () => {
    expect(signed()).toBe(true);
  });

  test('signs the timestamp, the method, the path with its query and the body, joined by dots', () => {
    const text = `${nowS}.POST./api/jobs/trigger?job=probe.{"a":"ü"}`;
    expect(signatureOf(post, nowS, secret)).toBe(createHmac('sha256', secret).update(text).digest('hex'));
  });

  test('accepts a signature in upper case and a body as bytes', () => {
    expect(signed({ signature: signatureOf(post, nowS, secret).toUpperCase() })).toBe(true);
    expect(signed({ body: Buffer.from(post.body) })).toBe(true);
  });

  test.each([
    ['another body', { body: '{"a":"u"}' }],
    ['another path', { path: '/api/jobs/trigger?job=cleanup' }],
    ['another method', { method: 'PUT' }],
    ['another timestamp', { timestamp: String(nowS + 1) }],
    ['no timestamp', { timestamp: undefined }],
    ['no signature', { signature: undefined }],
    ['a truncated signature', { signature: signatureOf(post, nowS, secret).slice(2) }],
    ['a signature that is not hexadecimal', { signature: 'z'.repeat(64) }],
    ['a timestamp that is not a number', { timestamp: `${nowS}.` }],
    ['a timestamp with another fraction than the signed one', { timestamp: `${nowS}.5` }],
  ])('rejects %s', (_name, changes) => {
    expect(signed(changes)).toBe(false);
  });

  test.each([
    [-300, true],
    [300, true],
    [-301, false],
    [301, false],
  ])('a clock that is off by %i s: %s', (offS, accepted) => {
    expect(signed({}, nowS + offS)).toBe(accepted);
  });

  test('accepts fractions of a second, for several requests within one', () => {
    expect(signed({}, nowS + 0.25)).toBe(true);
    expect(signed({}, nowS + 300.5)).toBe(false);
  });

  test('rejects a request signed with another secret', () => {
    const signature = signatureOf(post, nowS, 'guessed');
    expect(signed({ signature })).toBe(false);
  });
});

describe('a signature', () => {
  function sign(timestampS: number) {
    return { ...post, timestamp: String(timestampS), signature: signatureOf(post, timestampS, secret) };
  }

  test('is accepted once, in lower or upper case', () => {
    const signatures = new Signatures(secret);
    const request = sign(nowS);
    expect(signatures.accepts(request, nowS * 1000)).toBe(true);
    for (const signature of [request.signature, request.signature.toUpperCase()])
      expect(signatures.accepts({ ...request, signature }, (nowS + 299) * 1000)).toBe(false);
  });

  test('of the same request at another time is accepted', () => {
    const signatures = new Signatures(secret);
    for (const timestampS of [nowS, nowS + 0.001, nowS + 0.002, nowS + 1])
      expect(signatures.accepts(sign(timestampS), nowS * 1000)).toBe(true);
  });

  test('of a rejected request can be accepted later', () => {
    const signatures = new Signatures(secret);
    const request = sign(nowS);
    expect(signatures.accepts({ ...request, body: '{}' }, nowS * 1000)).toBe(false);
    expect(signatures.accepts({ ...request, signature: request.signature.slice(1) }, nowS * 1000)).toBe(
      false,
    );
    expect(signatures.accepts(request, nowS * 1000)).toBe(true);
  });
});
