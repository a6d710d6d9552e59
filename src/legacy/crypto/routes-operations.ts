import { z } from 'zod';
import { get, post, type RestRoute } from '../rest-route.ts';
import { invalidParameter } from '../rest-errors.ts';
import * as documents from '../documents.generated.ts';
import * as map from './map-operations.ts';
import { hoursParameter, limitParameter, sinceOf } from './time-range.ts';
import * as schemas from './server-schemas.ts';
import { levelOf, severities, type Level } from './labels.ts';

const nameCharsMax = 200;

/** The viewer acknowledges the alert; the name in the body is accepted and ignored. */
const acknowledgement = z.object({ acknowledged_by: z.string().max(nameCharsMax).nullish() });

/** The endpoints for alerts, jobs and the database. */
export const operationRoutes: readonly RestRoute[] = [
  get({
    path: '/api/alerts',
    summary: 'Alerts, newest first.',
    parameters: {
      acknowledged: {
        kind: 'bool',
        description: 'Only alerts that are (true) or are not (false) acknowledged.',
      },
      hours: hoursParameter(24),
      limit: limitParameter(100),
      severity: {
        kind: 'text',
        description: `Only alerts of this severity: ${Object.values(severities).join(', ')}.`,
      },
      alert_type: { kind: 'text', description: 'Only alerts of this type.' },
      provider: { kind: 'text', description: 'Only alerts of this provider.' },
    },
    document: documents.CryptoAlertsDocument,
    variables: ({ acknowledged, hours, limit, severity, alert_type: type, provider }) => ({
      first: limit,
      filter: {
        acknowledged,
        since: sinceOf(hours),
        severities: severity === null ? null : [wantedLevel(severity)],
        alertTypes: type === null ? null : [type],
        providerName: provider,
      },
    }),
    map: map.alerts,
    response: schemas.alerts,
  }),
  post({
    path: '/api/alerts/{alert_id}/acknowledge',
    summary: 'Acknowledges an alert.',
    parameters: {
      alert_id: {
        kind: 'int',
        in: 'path',
        min: 0,
        max: Number.MAX_SAFE_INTEGER,
        description: 'The id of the alert.',
      },
    },
    body: { schema: acknowledgement, optional: true },
    document: documents.CryptoAcknowledgeDocument,
    variables: ({ alert_id: id }) => ({ id: String(id) }),
    map: map.acknowledged,
    response: schemas.acknowledged,
  }),
  get({
    path: '/api/scheduler/status',
    summary: 'The scheduled jobs.',
    document: documents.CryptoSchedulerDocument,
    map: map.scheduler,
    response: schemas.scheduler,
  }),
  post({
    path: '/api/scheduler/trigger/{job_id}',
    summary: 'Starts a job without waiting for it to end.',
    parameters: {
      job_id: { kind: 'text', in: 'path', description: 'The id of the job, for example `health_checks`.' },
    },
    document: documents.CryptoTriggerDocument,
    variables: ({ job_id: id }) => ({ id }),
    map: map.triggered,
    response: schemas.triggered,
  }),
  get({
    path: '/api/database/stats',
    summary: 'Row counts of the database.',
    needs: ['FEATURE_DATABASE_MONITORING'],
    document: documents.CryptoRowCountsDocument,
    map: map.rowCounts,
    response: schemas.rowCounts,
  }),
];

function wantedLevel(severity: string): Level {
  const level = levelOf(severity);
  if (level !== null) return level;
  const allowed = Object.values(severities).join(', ');
  throw invalidParameter('severity', `severity must be one of ${allowed}.`);
}
