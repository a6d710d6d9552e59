import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { isSigned, signatureOf } from './signing.ts';

const secret = 'a secret between two';
const nowS = 1_800_000_000;
const post = { method: 'POST', path: '/api/jobs/trigger?job=probe', body: '{"a":"ü"}' };

function signed(changes: Partial<Parameters<typeof isSigned>[0]> = {}, timestampS = nowS) {
  const signature = signatureOf(post, timestampS, secret);
  return isSigned({ ...post, timestamp: String(timestampS), signature, ...changes }, secret, nowS * 1000);
}

describe('request signing [A71]', () => {
  test('accepts what was signed with the secret', () => {
    expect(signed()).toBe(true);
  });

  test('signs the timestamp, the method, the path with its query and the body, joined by dots', () => {
    const text = `${nowS}.POST./api/jobs/trigger?job=probe.{"a":"ü"}`;
    expect(signatureOf(post, nowS, secret)).toBe(createHmac('sha256', secret).update(text).digest('hex'));
  });

  test('takes the signature in upper case and the body as bytes', () => {
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
    ['a signature cut short', { signature: signatureOf(post, nowS, secret).slice(2) }],
    ['a signature that is no hexadecimal', { signature: 'z'.repeat(64) }],
    ['a timestamp that is no whole number', { timestamp: `${nowS}.5` }],
  ])('refuses %s', (_name, changes) => {
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

  test('refuses what was signed with another secret', () => {
    const signature = signatureOf(post, nowS, 'guessed');
    expect(signed({ signature })).toBe(false);
  });
});
