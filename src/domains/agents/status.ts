import type { Gauge } from '../../journal/topic.ts';
import { round } from '../../lib/round.ts';
import { agentStatusChanged, type AgentState, type AgentStatus, type InterventionAction } from './events.ts';

/** What is stored of an agent. Times are Unix milliseconds. */
export interface AgentRow {
  readonly agentId: string;
  readonly name: string | null;
  /** As reported. */
  readonly status: AgentState | null;
  readonly currentActivity: string | null;
  readonly reportedAt: number | null;
  /** By an operator. */
  readonly paused: boolean;
  readonly lastDecisionAt: number | null;
  readonly decisions: number;
  /** Decisions whose outcome is known. */
  readonly outcomes: number;
  readonly successes: number;
  /** Seconds. */
  readonly responseTimeSum: number;
  /** Decisions that say how long they took. */
  readonly responseTimes: number;
}

/** How an agent is at an instant: paused by an operator, else as it reported if that is not too long ago. */
export function statusAt(row: AgentRow, at: number, staleAfterMs: number): AgentStatus {
  const fresh = row.reportedAt !== null && at - row.reportedAt < staleAfterMs;
  const status = row.paused ? 'PAUSED' : fresh && row.status !== null ? row.status : 'OFFLINE';
  return {
    agentId: row.agentId,
    name: row.name ?? nameOf(row.agentId),
    status,
    currentActivity: status === 'OFFLINE' ? null : row.currentActivity,
    lastDecisionAt: row.lastDecisionAt,
    decisionCount: row.decisions,
    successRate: row.outcomes > 0 ? round((100 * row.successes) / row.outcomes, 2) : null,
    meanResponseTimeSeconds: mean(row.responseTimeSum, row.responseTimes),
    reportedAt: row.reportedAt,
  };
}

/** The row of an agent of which nothing is stored. */
export function unknownAgent(agentId: string): AgentRow {
  return {
    agentId,
    name: null,
    status: null,
    currentActivity: null,
    reportedAt: null,
    paused: false,
    lastDecisionAt: null,
    decisions: 0,
    outcomes: 0,
    successes: 0,
    responseTimeSum: 0,
    responseTimes: 0,
  };
}

/** The row after an operator's intervention. An override is for the agent to follow and changes nothing here. */
export function intervened(row: AgentRow, action: InterventionAction): AgentRow {
  if (action === 'OVERRIDE') return row;
  const paused = action === 'PAUSE';
  return action === 'RESET' ? { ...row, paused, currentActivity: null } : { ...row, paused };
}

/** Whether anything but its figures differs, so that nobody should wait to hear of it. */
export function isOtherState(one: AgentStatus, other: AgentStatus): boolean {
  return (
    one.status !== other.status || one.currentActivity !== other.currentActivity || one.name !== other.name
  );
}

/** Seconds to four decimals; null without any. */
export function mean(sum: number, count: number): number | null {
  return count > 0 ? round(sum / count, 4) : null;
}

/** `pricing_agent` is the Pricing Agent. */
function nameOf(agentId: string): string {
  const words = agentId.split(/[_-]+/).filter((word) => word !== '');
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ') || agentId;
}

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
