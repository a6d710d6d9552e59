import { agentStatusChanged, type AgentStatus } from './events.ts';
import type { Gauge } from '../../journal/topic.ts';
import { isOtherState, statusAt, type AgentRow } from './status.ts';

/** What is known of every agent, and what of it its readers have not seen. */
export interface AgentBoard {
  /** Takes the place of what was known before. */
  known(rows: readonly AgentRow[]): void;
  /** The next value of this agent is urgent, whatever it is. */
  concerned(agentId: string): void;
  /** Every agent's value at an instant. Urgent: its state is another one, or something concerned it. */
  all(at: number): readonly Gauge<AgentStatus>[];
  /** Of these only the ones that readers have not seen. */
  changed(at: number): readonly Gauge<AgentStatus>[];
}

export function createAgentBoard(staleAfterMs: number): AgentBoard {
  let rows: readonly AgentRow[] = [];
  const urgent = new Set<string>();
  const shown = new Map<string, AgentStatus>();

  function all(at: number): Gauge<AgentStatus>[] {
    return rows.map((row) => {
      const status = statusAt(row, at, staleAfterMs);
      const before = shown.get(row.agentId);
      const gauge: Gauge<AgentStatus> = {
        topic: agentStatusChanged,
        key: row.agentId,
        payload: status,
        occurredAt: at,
        urgent: urgent.has(row.agentId) || before === undefined || isOtherState(before, status),
      };
      return gauge;
    });
  }

  function show(gauges: readonly Gauge<AgentStatus>[]): readonly Gauge<AgentStatus>[] {
    for (const { key, payload } of gauges) {
      urgent.delete(key);
      if (payload !== null) shown.set(key, payload);
    }
    return gauges;
  }

  return {
    known(now) {
      rows = now;
    },
    concerned: (agentId) => void urgent.add(agentId),
    all: (at) => show(all(at)),
    changed: (at) =>
      show(
        all(at).filter(
          ({ key, payload, urgent: isUrgent }) =>
            isUrgent === true || JSON.stringify(payload) !== JSON.stringify(shown.get(key)),
        ),
      ),
  };
}
