import { describe, expect, it } from 'vitest';
import { Revocations } from './revocations.ts';

const claim = { id: 'tok_1', parentId: null, subject: 'ann', issuedAt: 1_000 };

function revoked(target: string, { at = 2_000, until = null }: { at?: number; until?: number | null } = {}) {
  const revocations = new Revocations();
  const record = { no: 7, target, revokedAt: new Date(at), until: until === null ? null : new Date(until) };
  revocations.add(record);
  return revocations;
}

describe('a revocation', () => {
  it('of an id revokes that credential and the sessions begun with it', () => {
    const revocations = revoked('id tok_1');
    expect(revocations.has(claim)).toBe(true);
    expect(revocations.has({ ...claim, id: 'ses_1', parentId: 'tok_1' })).toBe(true);
    expect(revocations.has({ ...claim, id: 'tok_2' })).toBe(false);
    expect(revocations.no).toBe(7);
  });

  it('of a subject revokes what was issued before it or has no date, and no configured key', () => {
    const revocations = revoked('subject ann', { at: 2_000 });
    expect(revocations.has(claim)).toBe(true);
    expect(revocations.has({ ...claim, issuedAt: 2_001 })).toBe(false);
    expect(revocations.has({ ...claim, id: null, issuedAt: null })).toBe(true);
    expect(revocations.has({ ...claim, id: 'key:0123456789abcdef', issuedAt: null })).toBe(false);
    expect(revocations.has({ ...claim, subject: 'bob' })).toBe(false);
  });

  it('is dropped when its credential has expired anyway, and not before', () => {
    const revocations = revoked('id ses_1', { until: 5_000 });
    revocations.prune(4_999);
    expect(revocations.has({ ...claim, id: 'ses_1' })).toBe(true);
    revocations.prune(5_000);
    expect(revocations.size).toBe(0);
    const lasting = revoked('id tok_1');
    lasting.prune(Number.MAX_SAFE_INTEGER);
    expect(lasting.size).toBe(1);
  });
});
