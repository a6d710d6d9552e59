import type { AlertPayload } from './events.ts';
import type { SilenceMatcher } from './silences.events.ts';

/**
 * Whether a silence applies to an alert that is being raised, and has no id yet. `silences.store.ts` has the same condition
 * for stored alerts; a test compares both.
 */
export function matchesAlert(matcher: SilenceMatcher, alert: AlertPayload): boolean {
  const { alertIds, alertTypes, severities, providers, agentIds, subjects, sources, labels } = matcher;
  return (
    alertIds === null &&
    includes(alertTypes, alert.alertType) &&
    includes(severities, alert.level) &&
    includes(providers, alert.provider) &&
    includes(agentIds, alert.agentId) &&
    includes(subjects, alert.subject) &&
    includes(sources, alert.source) &&
    (labels === null || Object.entries(labels).every(([name, value]) => alert.labels[name] === value))
  );
}

function includes(values: readonly string[] | null, value: string | null): boolean {
  return values === null || (value !== null && values.includes(value));
}
