import { describeEventLog } from '../../src/journal/event-log.contract.ts';
import { openMemoryLog } from './memory-log.ts';
import type { EventLog } from '../../src/journal/journal.ts';

describeEventLog('in memory', { durable: false }, async (ringEntriesMax) => {
  const log = openMemoryLog({ bounds: { entriesMax: ringEntriesMax, bytesMax: 1_000_000 }, epoch: 'test' });
  let floor = 0;
  const limited: EventLog = {
    ...log,
    holds: (seq) => log.holds(seq) && seq >= floor,
    floor: async (topics) => Math.max(floor, await log.floor(topics)),
    recent: (topics, seq, limit) => log.recent(topics, Math.max(seq, floor), limit),
  };
  return {
    log: limited,
    expireUpTo: async (_topic, seq) => {
      floor = seq;
    },
    close: async () => log[Symbol.asyncDispose](),
  };
});
