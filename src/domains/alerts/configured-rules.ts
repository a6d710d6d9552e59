import type { AlertRuleDefinition, AlertRuleRecord } from './alert-rules.events.ts';
import type { AlertLimits } from './config.ts';
import {
  clearMs,
  cpuWindowMs,
  hostOffline,
  requestsMin,
  resourceWarningPercent,
  rules,
  warningPercent,
  criticalPercent,
} from './rules.ts';

/** The rules of the configuration as clients see them. `rules.ts` evaluates them. */
export function configuredRules(limits: AlertLimits, now: number): readonly AlertRuleRecord[] {
  const shown: Readonly<Record<string, Shown>> = {
    high_cpu: above('host.cpu.usedPercent', limits.cpuPercent, {
      severity: 'WARNING',
      title: 'High CPU usage',
      avgOverMs: cpuWindowMs,
    }),
    high_memory: above('host.memory.usedPercent', limits.memoryPercent, {
      severity: 'ERROR',
      title: 'High memory usage',
    }),
    resource_warning: above('host.memory.usedPercent', resourceWarningPercent, {
      severity: 'WARNING',
      title: 'Memory is getting scarce',
      upTo: limits.memoryPercent,
    }),
    db_connections: above('database.connection.poolUsedRatio', limits.dbPoolRatio, {
      severity: 'ERROR',
      title: 'Database connections are running out',
    }),
    ws_failures: above('connections.failedAttemptCount', limits.wsFailuresPerMinute, {
      severity: 'ERROR',
      title: 'WebSocket connections fail',
    }),
    response_time: above('connections.httpResponseMs', limits.responseTimeMs, {
      severity: 'WARNING',
      title: `Slow responses (of at least ${requestsMin} requests)`,
    }),
    rate_limit: {
      field: 'provider.rateLimit.usagePercent',
      comparison: 'AT_LEAST',
      threshold: warningPercent,
      severity: 'WARNING',
      title: `Rate limit nearly used up (CRITICAL from ${criticalPercent} %)`,
    },
    provider_offline: {
      field: 'provider.offline',
      comparison: 'AT_LEAST',
      threshold: 1,
      severity: 'ERROR',
      title: 'Provider is offline',
    },
    [hostOffline]: {
      field: 'reportedHost.offline',
      comparison: 'AT_LEAST',
      threshold: 1,
      severity: 'ERROR',
      title: 'Host is offline',
    },
  };
  return rules.map((rule) => {
    const own = shown[rule.alertType];
    if (own === undefined) throw new Error(`the rule ${rule.alertType} is not shown`);
    return {
      ...defaults,
      ...own,
      ruleId: rule.alertType,
      clearMs: rule.clearMs,
      origin: 'CONFIGURATION',
      createdBy: null,
      createdAt: now,
      updatedAt: now,
    };
  });
}

type Shown = Pick<AlertRuleDefinition, 'field' | 'comparison' | 'threshold' | 'severity' | 'title'> &
  Partial<AlertRuleDefinition>;

const defaults = {
  enabled: true,
  metric: null,
  upTo: null,
  avgOverMs: null,
  forMs: 0,
  clearMs,
  noDataMs: null,
  message: null,
  actions: [],
} as const;

function above(
  field: string,
  threshold: number,
  more: Pick<AlertRuleDefinition, 'severity' | 'title'> & Partial<AlertRuleDefinition>,
): Shown {
  return { field, comparison: 'ABOVE', threshold, ...more };
}
