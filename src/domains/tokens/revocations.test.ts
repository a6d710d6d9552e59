import { describe, expect, it } from 'vitest';
import { Revocations } from './revocations.domain.ts';

const claim = { id: 'tok_1', parentId: null, subject: 'ann', issuedAt: 1_000 };

function revoked(target: string, { at = 2_000, until = null }: { at?: number; until?: number | null } = {}) {
  const revocations = new Revocations();
  const record = { no: 7, target, revokedAt: new Date(at), until: until === null ? null : new Date(until) };
  revocations.add(record);
  return revocations;
}

describe('the revocation', () => {
  it('of an id applies to that credential and to the sessions started with it', () => {
    const revocations = revoked('id tok_1');
    expect(revocations.has(claim)).toBe(true);
    expect(revocations.has({ ...claim, id: 'ses_1', parentId: 'tok_1' })).toBe(true);
    expect(revocations.has({ ...claim, id: 'tok_2' })).toBe(false);
    expect(revocations.no).toBe(7);
  });

  it('of a subject applies to credentials issued before it or without a date, but not to configured keys', () => {
    const revocations = revoked('subject ann', { at: 2_000 });
    expect(revocations.has(claim)).toBe(true);
    expect(revocations.has({ ...claim, issuedAt: 2_001 })).toBe(false);
    expect(revocations.has({ ...claim, id: null, issuedAt: null })).toBe(true);
    expect(revocations.has({ ...claim, id: 'key:0123456789abcdef', issuedAt: null })).toBe(false);
    expect(revocations.has({ ...claim, subject: 'bob' })).toBe(false);
  });

  it('of a credential is dropped when the credential expires, not before', () => {
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
