import type { Entry, Gauge } from '../../journal/topic.ts';
import { round } from '../../lib/round.ts';
import {
  agentStatusChanged,
  payloadIf,
  type AgentEventPayload,
  type AgentStatus,
  type InterventionAction,
} from './events.ts';
import { reportTime, unknownAgent, type AgentRow } from './agent-row.ts';

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
    successPercent: row.outcomes > 0 ? round((100 * row.successes) / row.outcomes, 2) : null,
    avgResponseTimeMs: mean(row.responseTimeSum * 1_000, row.responseTimes),
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
  /** Agents that no read has returned yet. */
  readonly #registered = new Map<string, AgentRow>();
  readonly #urgent = new Set<string>();
  readonly #put = new Map<string, AgentStatus>();

  constructor(staleAfterMs: number) {
    this.#staleAfterMs = staleAfterMs;
  }

  /** Agents that were registered during the read of the rows are kept. */
  update(rows: readonly AgentRow[]): void {
    for (const { agentId } of rows) this.#registered.delete(agentId);
    this.#rows = [...rows, ...this.#registered.values()];
  }

  /**
   * Adds the agent of an event if it is not known, so that it can be asked for before the rows are read again.
   * @returns whether it was added.
   */
  register(entry: Entry<AgentEventPayload>): boolean {
    const row = firstRow(entry);
    if (row === null || this.#rows.some(({ agentId }) => agentId === row.agentId)) return false;
    this.#registered.set(row.agentId, row);
    this.#rows = [...this.#rows, row];
    return true;
  }

  /** Makes the next gauge of this agent urgent, even if its state does not change. */
  markUrgent(agentId: string): void {
    this.#urgent.add(agentId);
  }

  /** Removals of agents that have no row any more. */
  #forgotten(): readonly Gauge<AgentStatus>[] {
    const known = new Set(this.#rows.map((row) => row.agentId));
    const forgotten = [...this.#put.keys()].filter((agentId) => !known.has(agentId));
    for (const agentId of forgotten) this.#put.delete(agentId);
    return forgotten.map((key) => ({ topic: agentStatusChanged, key, payload: null }));
  }

  /**
   * Gauges to put: of all agents, or of those that are urgent or have changed. Statistics change without being urgent.
   */
  gauges(at: number, which: 'all' | 'changed'): readonly Gauge<AgentStatus>[] {
    const gauges: Gauge<AgentStatus>[] = this.#rows.flatMap((row) => {
      const payload = statusAt(row, at, this.#staleAfterMs);
      const before = this.#put.get(row.agentId);
      const urgent = this.#urgent.has(row.agentId) || before === undefined || isOtherState(before, payload);
      if (which === 'changed' && !urgent && JSON.stringify(payload) === JSON.stringify(before)) return [];
      this.#put.set(row.agentId, payload);
      return [{ topic: agentStatusChanged, key: row.agentId, payload, occurredAt: at, urgent }];
    });
    for (const { key } of gauges) this.#urgent.delete(key);
    return [...this.#forgotten(), ...gauges];
  }
}

/** The row of an agent that was not known before this event; null if the event is no report of an agent. */
function firstRow(entry: Entry<AgentEventPayload>): AgentRow | null {
  const report = payloadIf('agentReported', entry);
  if (report !== null) return { ...unknownAgent(report.agentId), ...report, reportedAt: reportTime(entry) };
  const decision = payloadIf('decisionMade', entry);
  if (decision === null) return null;
  return {
    ...unknownAgent(decision.agentId),
    decisions: 1,
    lastDecisionAt: new Date(entry.occurredAt),
  };
}

function isOtherState(one: AgentStatus, other: AgentStatus): boolean {
  return (
    one.status !== other.status || one.currentActivity !== other.currentActivity || one.name !== other.name
  );
}
