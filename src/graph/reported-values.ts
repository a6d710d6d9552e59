import { agentIdRule, isAgentId } from '../lib/agent-id.ts';
import { isReportedTime, reportedTimeRule } from '../lib/reported-time.ts';
import { AppError } from '../errors.ts';
import type { GraphContext } from './context.ts';

/** Validation of reported fields. Each function rejects the field by its name; null and undefined are valid. */

/** Rejects a field of a reported event. `publish` adds the event's index in the batch. */
export function rejectField(field: string, allowed: string): never {
  throw new AppError('BAD_USER_INPUT', `${field} must be ${allowed}.`, { details: { field, allowed } });
}

type Optional<Value> = Value | null | undefined;

/** For counts of bytes, rows, epochs. */
export function requireWhole(field: string, value: Optional<number>, min = 0): void {
  if (value !== null && value !== undefined && !(Number.isSafeInteger(value) && value >= min))
    rejectField(field, `a whole number of ${min} or more`);
}

export function requireNotNegative(field: string, value: Optional<number>): void {
  if ((value ?? 0) < 0) rejectField(field, 'zero or more');
}

export function requireRatio(field: string, value: Optional<number>): void {
  if (value !== null && value !== undefined && !(value >= 0 && value <= 1)) rejectField(field, '0 to 1');
}

export function requirePercent(field: string, value: Optional<number>): void {
  if (value !== null && value !== undefined && !(value >= 0 && value <= 100)) rejectField(field, '0 to 100');
}

export function requireRange(field: string, value: Optional<number>, min: number, max: number): void {
  if (value !== null && value !== undefined && !(value >= min && value <= max))
    rejectField(field, `a number from ${min} to ${max}`);
}

export function requireObject(field: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return rejectField(field, 'a JSON object');
  return value as Readonly<Record<string, unknown>>;
}

/** Rejects times in the future, among others; see `isReportedTime`. */
export function requirePast(field: string, value: Optional<Date>): void {
  if (value && !isReportedTime(value.getTime())) rejectField(field, reportedTimeRule);
}

export const reportingAgentText = `The agent: one of AUTOOPS_AGENTS, or, without it, ${agentIdRule}.`;

/**
 * Returns the id of an agent that may report, and rejects the field otherwise. Whether a further agent can be registered
 * is checked when its report is stored.
 */
export function reportingAgent(agentId: string, { serverInfo }: GraphContext, field = 'agentId'): string {
  const { ids } = serverInfo.agents;
  if (ids === null ? isAgentId(agentId) : ids.includes(agentId)) return agentId;
  return rejectField(field, ids === null ? agentIdRule : `one of ${ids.join(', ')}`);
}
