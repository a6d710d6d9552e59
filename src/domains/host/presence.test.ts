import { describe, expect, it } from 'vitest';
import type { HostSample } from './events.ts';
import { presenceChange, statusOf, type StoredPresence } from './presence.ts';

const start = 1_000_000_000;
const sample = {
  cpu: { usedPercent: 85 },
  memory: { usedPercent: 40 },
  disk: { usedPercent: null },
} as unknown as HostSample;
const host: StoredPresence = { hostId: 'a', intervalMs: 10_000, sample, receivedAt: start, offlineAt: null };

/** The health and the previous health of the event, `seconds` after the start. */
function healthAfter(seconds: number, more: Partial<StoredPresence> = {}, since = 0): string | null {
  const observation = { now: start + seconds * 1_000, since, offlineAfterMs: 30_000 };
  const change = presenceChange({ ...host, ...more }, observation)?.payload;
  return change === undefined ? null : `${change.previousHealth} ${change.health}`;
}

describe('a reported host', () => {
  it.each([
    [10_000, 30, 'ONLINE'],
    [10_000, 31, 'OFFLINE'],
    [1_000, 30, 'ONLINE'],
    [60_000, 180, 'ONLINE'],
    [60_000, 181, 'OFFLINE'],
  ])('with an interval of %i ms has after %i s of silence the status %s', (intervalMs, seconds, expected) => {
    expect(statusOf({ intervalMs, receivedAt: start }, start + seconds * 1_000, 30_000)).toBe(expected);
    expect(healthAfter(seconds, { intervalMs }) === null).toBe(expected === 'ONLINE');
  });

  it('has an event when it becomes silent, and one when it reports again, and no other', () => {
    expect(healthAfter(31)).toBe('WARNING OFFLINE');
    expect(healthAfter(3_600, { offlineAt: start + 31_000 })).toBeNull();
    expect(healthAfter(3_601, { offlineAt: start + 31_000, receivedAt: start + 3_600_000 })).toBe(
      'OFFLINE WARNING',
    );
  });

  it('is not silent because no report could be received: agents have 30 s more to send theirs', () => {
    const since = start + 600_000;
    expect(healthAfter(600 + 60, {}, since)).toBeNull();
    expect(healthAfter(600 + 61, {}, since)).toBe('WARNING OFFLINE');
    expect(healthAfter(600 + 31, { receivedAt: since }, since)).toBe('WARNING OFFLINE');
  });

  it('has events with ids that depend on its reports only, so that each is stored once', () => {
    const ids = [31_000, 40_000].map(
      (ms) => presenceChange(host, { now: start + ms, since: 0, offlineAfterMs: 30_000 })?.id,
    );
    expect(ids[0]).toBe(ids[1]);
  });
});
