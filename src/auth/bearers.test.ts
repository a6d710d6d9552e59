import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Bearers } from './bearers.ts';
import type { Claim } from './claim.ts';

const claim: Claim = {
  id: 'tok_1',
  parentId: null,
  subject: 'ann',
  role: 'user',
  issuedAt: 0,
  expiresAt: null,
};

describe('somebody who is here by a credential', () => {
  const roles = new Map<string, string[]>();
  const revoked = new Set<string>();
  const claims = new Map<string, Claim>();
  const failed = vi.fn<() => void>();
  let bearers: Bearers;

  beforeEach(() => {
    vi.useFakeTimers({ now: 1_000_000 });
    roles.clear();
    roles.set('user', ['read']).set('developer', ['read', 'write']);
    revoked.clear();
    claims.clear();
    failed.mockClear();
    bearers = new Bearers({
      capabilitiesOf: (_subject, role) => new Set(roles.get(role)),
      isRevoked: ({ id }) => id !== null && revoked.has(id),
      claimOf: async (token) => claims.get(token) ?? null,
      renewalFailed: failed,
    });
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  test('may what their role allows at this moment, once it was looked at again', () => {
    const viewer = bearers.admit(claim);
    expect([...viewer.capabilities]).toEqual(['read']);
    roles.set('user', ['read', 'manage']);
    bearers.recheck();
    expect([...viewer.capabilities]).toEqual(['read', 'manage']);
  });

  test('is told of a change once, and not of one that changes nothing for them', () => {
    const viewer = bearers.admit(claim);
    const told = vi.fn<() => void>();
    viewer.credential?.follow(told);
    roles.set('developer', []);
    bearers.recheck();
    expect(told).not.toHaveBeenCalled();
    roles.set('user', []);
    bearers.recheck();
    bearers.recheck();
    expect(told).toHaveBeenCalledTimes(1);
  });

  test('may nothing from the moment of expiry, and is told of it then', () => {
    const viewer = bearers.admit({ ...claim, expiresAt: 1_060_000 });
    const told = vi.fn<() => void>();
    viewer.credential?.follow(told);
    vi.advanceTimersByTime(59_999);
    expect(told).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(told).toHaveBeenCalledTimes(1);
    expect(viewer.credential?.ended).toBe('expired');
    expect(viewer.capabilities.size).toBe(0);
  });

  test('stays for as long as a timer cannot count, and longer', () => {
    const years = 10 * 365 * 86_400_000;
    const viewer = bearers.admit({ ...claim, expiresAt: 1_000_000 + years });
    const told = vi.fn<() => void>();
    viewer.credential?.follow(told);
    vi.advanceTimersByTime(years - 1);
    expect(told).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(told).toHaveBeenCalledTimes(1);
  });

  test('is told when what they showed is revoked', () => {
    const viewer = bearers.admit(claim);
    const told = vi.fn<() => void>();
    viewer.credential?.follow(told);
    revoked.add('tok_1');
    bearers.recheck();
    expect(told).toHaveBeenCalledTimes(1);
    expect(viewer.credential?.ended).toBe('revoked');
  });

  test('is told nothing once they have gone, and costs no timer', () => {
    const viewer = bearers.admit({ ...claim, expiresAt: 1_060_000 });
    const told = vi.fn<() => void>();
    const following = viewer.credential?.follow(told);
    expect(vi.getTimerCount()).toBe(1);
    following?.[Symbol.dispose]();
    expect(vi.getTimerCount()).toBe(0);
    revoked.add('tok_1');
    bearers.recheck();
    expect(told).not.toHaveBeenCalled();
  });

  test('goes on by another credential of theirs, and by nobody else’s', async () => {
    const viewer = bearers.admit({ ...claim, expiresAt: 1_060_000 });
    const told = vi.fn<() => void>();
    viewer.credential?.follow(told);
    claims.set('newer', { ...claim, id: 'tok_2', role: 'developer', expiresAt: 1_120_000 });
    claims.set('other', { ...claim, subject: 'bob' });
    await expect(viewer.credential?.renew('other')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(viewer.credential?.renew('wrong')).rejects.toMatchObject({ code: 'AUTHENTICATION_FAILED' });
    expect(failed).toHaveBeenCalledTimes(2);
    await viewer.credential?.renew('newer');
    expect(viewer.role).toBe('developer');
    vi.advanceTimersByTime(119_999);
    expect(viewer.credential?.ended).toBeNull();
    vi.advanceTimersByTime(1);
    expect(viewer.credential?.ended).toBe('expired');
  });

  test('is not held for a renewal that comes when they have left', async () => {
    const viewer = bearers.admit(claim);
    const following = viewer.credential?.follow(vi.fn<() => void>());
    claims.set('newer', { ...claim, expiresAt: 1_120_000 });
    const renewing = viewer.credential?.renew('newer');
    following?.[Symbol.dispose]();
    await renewing;
    expect(vi.getTimerCount()).toBe(0);
  });

  test('has nothing to renew while nothing is open by it', async () => {
    const viewer = bearers.admit(claim);
    claims.set('newer', claim);
    await expect(viewer.credential?.renew('newer')).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});
