import type { Gauge } from '../../journal/topic.ts';
import { round } from '../../lib/round.ts';
import { agentStatusChanged, type AgentStatus, type InterventionAction } from './events.ts';
import type { AgentRow } from './store.ts';

/** The state of an agent at an instant: paused by an operator, otherwise as reported unless the report is too old. */
export function statusAt(row: AgentRow, at: number, staleAfterMs: number): AgentStatus {
  const reportedAt = row.reportedAt?.getTime() ?? null;
  const isFresh = reportedAt !== null && at - reportedAt < staleAfterMs;
  const status = row.paused ? 'PAUSED' : ((isFresh ? row.status : null) ?? 'OFFLINE');
  return {
    agentId: row.agentId,
    name: row.name ?? nameFromId(row.agentId),
    status,
    currentActivity: status === 'OFFLINE' ? null : row.currentActivity,
    lastDecisionAt: row.lastDecisionAt?.getTime() ?? null,
    decisionCount: row.decisions,
    successRate: row.outcomes > 0 ? round((100 * row.successes) / row.outcomes, 2) : null,
    meanResponseTimeSeconds: mean(row.responseTimeSum, row.responseTimes),
    reportedAt,
  };
}

/** The row after an intervention. An override changes nothing here: the agent itself has to follow it. */
export function intervened(row: AgentRow, action: InterventionAction): AgentRow {
  if (action === 'OVERRIDE') return row;
  const paused = action === 'PAUSE';
  return action === 'RESET' ? { ...row, paused, currentActivity: null } : { ...row, paused };
}

/** Rounded to four decimals; null if the count is 0. */
export function mean(sum: number, count: number): number | null {
  return count > 0 ? round(sum / count, 4) : null;
}

/** `Pricing Agent` for `pricing_agent`. */
function nameFromId(agentId: string): string {
  const words = agentId.split(/[_-]+/).filter((word) => word !== '');
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ') || agentId;
}

/** The stored rows of all agents, and the states that were last put as gauges. */
export class AgentStates {
  readonly #staleAfterMs: number;
  #rows: readonly AgentRow[] = [];
  readonly #urgent = new Set<string>();
  readonly #put = new Map<string, AgentStatus>();

  constructor(staleAfterMs: number) {
    this.#staleAfterMs = staleAfterMs;
  }

  update(rows: readonly AgentRow[]): void {
    this.#rows = rows;
  }

  /** Makes the next gauge of this agent urgent, even if its state does not change. */
  markUrgent(agentId: string): void {
    this.#urgent.add(agentId);
  }

  /**
   * Gauges to put: of all agents, or of those that are urgent or have changed. Statistics change without being urgent.
   */
  gauges(at: number, which: 'all' | 'changed'): readonly Gauge<AgentStatus>[] {
    const gauges = this.#rows.flatMap((row) => {
      const payload = statusAt(row, at, this.#staleAfterMs);
      const before = this.#put.get(row.agentId);
      const urgent = this.#urgent.has(row.agentId) || before === undefined || isOtherState(before, payload);
      if (which === 'changed' && !urgent && JSON.stringify(payload) === JSON.stringify(before)) return [];
      this.#put.set(row.agentId, payload);
      return [{ topic: agentStatusChanged, key: row.agentId, payload, occurredAt: at, urgent }];
    });
    for (const { key } of gauges) this.#urgent.delete(key);
    return gauges;
  }
}

function isOtherState(one: AgentStatus, other: AgentStatus): boolean {
  return (
    one.status !== other.status || one.currentActivity !== other.currentActivity || one.name !== other.name
  );
}
