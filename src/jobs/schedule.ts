import { Cron } from 'croner';
import type { JobTrigger } from './job.ts';

/** When a newly announced job is due. Instants are Unix milliseconds. */
export function firstDue(trigger: JobTrigger, now: number): number {
  return 'cron' in trigger ? cronAfter(trigger.cron, now) : now + (trigger.firstAfterMs ?? trigger.everyMs);
}

/** A run that started this recently counts as the first run after a start. */
const recentMs = 60_000;

/**
 * A run that started at or after this instant already did what `firstDue(trigger, now)` requests: another instance,
 * started at the same time, was faster.
 */
export function servedSince(trigger: JobTrigger, now: number): number {
  return 'cron' in trigger ? firstDue(trigger, now) : now - Math.min(recentMs, trigger.everyMs);
}

/**
 * When a job is due after the run that was due at `due` and starts now. Intervals stay aligned; this one run makes up
 * for all missed ones.
 */
export function nextDue(trigger: JobTrigger, due: number, now: number): number {
  if ('cron' in trigger) return cronAfter(trigger.cron, Math.max(due, now));
  return due + (Math.max(0, Math.floor((now - due) / trigger.everyMs)) + 1) * trigger.everyMs;
}

/** `cron 0 3 * * *`, `every 5 min`, `every 30 s`, `every 250 ms`. */
export function triggerText(trigger: JobTrigger): string {
  if ('cron' in trigger) return `cron ${trigger.cron}`;
  const { everyMs } = trigger;
  if (everyMs % 60_000 === 0) return `every ${everyMs / 60_000} min`;
  return everyMs % 1_000 === 0 ? `every ${everyMs / 1_000} s` : `every ${everyMs} ms`;
}

/** @throws croner's error for an invalid pattern. */
function cronAfter(pattern: string, after: number): number {
  const next = new Cron(pattern).nextRun(new Date(after));
  if (next === null) throw new Error(`the pattern ${JSON.stringify(pattern)} has no further occurrence`);
  return next.getTime();
}
