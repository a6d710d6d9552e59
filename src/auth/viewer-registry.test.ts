import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ViewerRegistry } from './viewer-registry.ts';
import type { Claim } from './claim.ts';

const claim: Claim = {
  id: 'tok_1',
  parentId: null,
  subject: 'ann',
  role: 'user',
  issuedAt: 0,
  expiresAt: null,
};

describe('a viewer of the registry', () => {
  const roles = new Map<string, string[]>();
  const revoked = new Set<string>();
  const claims = new Map<string, Claim>();
  const failed = vi.fn<() => void>();
  let viewers: ViewerRegistry;

  beforeEach(() => {
    vi.useFakeTimers({ now: 1_000_000 });
    roles.clear();
    roles.set('user', ['read']).set('developer', ['read', 'write']);
    revoked.clear();
    claims.clear();
    failed.mockClear();
    viewers = new ViewerRegistry({
      capabilitiesOf: (_subject, role) => new Set(roles.get(role)),
      isRevoked: ({ id }) => id !== null && revoked.has(id),
      claimOf: async (token) => claims.get(token) ?? null,
      renewalFailed: failed,
    });
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  test('has the current capabilities of the role after a recheck', () => {
    const viewer = viewers.viewerOf(claim);
    expect([...viewer.capabilities]).toEqual(['read']);
    roles.set('user', ['read', 'manage']);
    viewers.recheck();
    expect([...viewer.capabilities]).toEqual(['read', 'manage']);
  });

  test('notifies listeners of each change once, and not of changes that do not concern the viewer', () => {
    const viewer = viewers.viewerOf(claim);
    const listener = vi.fn<() => void>();
    viewer.credential?.follow(listener);
    roles.set('developer', []);
    viewers.recheck();
    expect(listener).not.toHaveBeenCalled();
    roles.set('user', []);
    viewers.recheck();
    viewers.recheck();
    expect(listener).toHaveBeenCalledTimes(1);
  });

  test('has no capabilities after the credential expires, and notifies listeners at that moment', () => {
    const viewer = viewers.viewerOf({ ...claim, expiresAt: 1_060_000 });
    const listener = vi.fn<() => void>();
    viewer.credential?.follow(listener);
    vi.advanceTimersByTime(59_999);
    expect(listener).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(listener).toHaveBeenCalledTimes(1);
    expect(viewer.credential?.ended).toBe('expired');
    expect(viewer.capabilities.size).toBe(0);
  });

  test('expires on time when the expiry is beyond the longest timer', () => {
    const years = 10 * 365 * 86_400_000;
    const viewer = viewers.viewerOf({ ...claim, expiresAt: 1_000_000 + years });
    const listener = vi.fn<() => void>();
    viewer.credential?.follow(listener);
    vi.advanceTimersByTime(years - 1);
    expect(listener).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(listener).toHaveBeenCalledTimes(1);
  });

  test('notifies listeners when the credential is revoked', () => {
    const viewer = viewers.viewerOf(claim);
    const listener = vi.fn<() => void>();
    viewer.credential?.follow(listener);
    revoked.add('tok_1');
    viewers.recheck();
    expect(listener).toHaveBeenCalledTimes(1);
    expect(viewer.credential?.ended).toBe('revoked');
  });

  test('notifies no disposed listener and leaves no timer', () => {
    const viewer = viewers.viewerOf({ ...claim, expiresAt: 1_060_000 });
    const listener = vi.fn<() => void>();
    const following = viewer.credential?.follow(listener);
    expect(vi.getTimerCount()).toBe(1);
    following?.[Symbol.dispose]();
    expect(vi.getTimerCount()).toBe(0);
    revoked.add('tok_1');
    viewers.recheck();
    expect(listener).not.toHaveBeenCalled();
  });

  test('renews with a credential of the same subject and rejects one of another subject', async () => {
    const viewer = viewers.viewerOf({ ...claim, expiresAt: 1_060_000 });
    const listener = vi.fn<() => void>();
    viewer.credential?.follow(listener);
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

  test('leaves no timer when the last listener is disposed during a renewal', async () => {
    const viewer = viewers.viewerOf(claim);
    const following = viewer.credential?.follow(vi.fn<() => void>());
    claims.set('newer', { ...claim, expiresAt: 1_120_000 });
    const renewing = viewer.credential?.renew('newer');
    following?.[Symbol.dispose]();
    await renewing;
    expect(vi.getTimerCount()).toBe(0);
  });

  test('rejects a renewal while no listener is registered', async () => {
    const viewer = viewers.viewerOf(claim);
    claims.set('newer', claim);
    await expect(viewer.credential?.renew('newer')).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});
