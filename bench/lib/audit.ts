import { audited } from '../../src/domains/governance/events.ts';
import { markedNumber } from './sample.ts';

/** A synthetic entry of the audit log that carries the number of its event. */
export function auditDraft(event: number) {
  const payload = {
    eventType: 'bench',
    actorId: 'bench-actor',
    targetId: 'bench-target',
    action: 'An entry of the audit log as long as such entries are',
    role: null,
    status: 'success',
    details: String(markedNumber(event)),
  };
  return { topic: audited, key: 'bench-actor', type: 'bench', payload };
}
