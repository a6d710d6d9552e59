import { describe, expect, it } from 'vitest';
import { createSecret, signedHeaders } from './signature.ts';
import { retryDelayMs } from './retry.ts';

describe('the headers of a call', () => {
  it('have the signature of the example in the specification of Standard Webhooks', () => {
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    const body = '{"test": 2432232314}';
    expect(
      signedHeaders(secret, { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', at: 1_614_265_330_000, body }),
    ).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('are signed with a secret of 32 random bytes', () => {
    const [one, other] = [createSecret(), createSecret()];
    expect(Buffer.from(one.replace('whsec_', ''), 'base64')).toHaveLength(32);
    expect(one).not.toBe(other);
  });
});

describe('the wait after a failed call', () => {
  it('is four times as long each time, at most an hour, and differs by a fifth', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7].map((attempts) => retryDelayMs(attempts, 5_000, () => 0.5));
    expect(waits).toEqual([5_000, 20_000, 80_000, 320_000, 1_280_000, 3_600_000, 3_600_000]);
    expect([retryDelayMs(1, 5_000, () => 0), retryDelayMs(1, 5_000, () => 1)]).toEqual([4_000, 6_000]);
  });
});
