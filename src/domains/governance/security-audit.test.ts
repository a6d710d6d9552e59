import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createSecurityAudit } from './security-audit.domain.ts';
import type { EventLog } from '../../journal/journal.ts';
import type { Draft } from '../../journal/topic.ts';
import type { Log } from '../../log/log.ts';
import type { SecurityEvent } from '../../auth/security-event.ts';

describe('the audit of rejections', () => {
  const appended: Draft[] = [];
  const warned: object[] = [];
  let audit: (event: SecurityEvent) => void;

  const eventLog = {
    append(drafts: readonly Draft[]) {
      appended.push(...drafts);
      return Promise.resolve([]);
    },
  } as unknown as EventLog;
  const log = { warn: (fields: object) => void warned.push(fields) } as unknown as Log;

  function reject(address: string, times = 1): void {
    for (let time = 0; time < times; time++)
      audit({ type: 'authentication_failed', path: '/graphql', address });
  }

  /** Each rejection has an address of its own network. */
  function rejectMany(count: number): void {
    for (let network = 0; network < count; network++) reject(`2001:db8:0:${network.toString(16)}::1`);
  }

  beforeEach(() => {
    vi.useFakeTimers();
    appended.length = 0;
    warned.length = 0;
    audit = createSecurityAudit(eventLog, log);
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  test('writes ten entries per address and minute, and logs the number of suppressed entries', () => {
    reject('192.0.2.7', 20);
    reject('192.0.2.8');
    expect(appended).toHaveLength(11);
    vi.advanceTimersByTime(60_000);
    reject('192.0.2.7');
    expect(appended).toHaveLength(12);
    expect(warned).toEqual([{ suppressed: 10, perMinuteMax: 600 }]);
  });

  test('counts an IPv6 network as one address, but writes the full address', () => {
    for (let host = 1; host <= 20; host++) reject(`2001:db8::${host}`);
    expect(appended).toHaveLength(10);
    expect(appended.at(-1)?.payload).toMatchObject({ details: 'from 2001:db8::10' });
  });

  test('writes 600 entries per minute for all addresses, and logs the number of suppressed entries once', () => {
    rejectMany(1_000);
    expect(appended).toHaveLength(600);
    expect(warned).toEqual([]);
    vi.advanceTimersByTime(60_000);
    expect(warned).toEqual([{ suppressed: 400, perMinuteMax: 600 }]);
    rejectMany(1);
    vi.advanceTimersByTime(60_000);
    expect(appended).toHaveLength(601);
    expect(warned).toHaveLength(1);
  });
});
