import { z } from 'zod';
import { get, post, type RestRoute } from '../rest-route.ts';
import { invalidParameter } from '../rest-errors.ts';
import * as documents from '../documents.generated.ts';
import * as map from './map-operations.ts';
import { hoursOf, limitOf, sinceOf } from './time-range.ts';
import * as schemas from './response-schemas-operations.ts';
import { levelOf, severities, type Level } from './labels.ts';

const nameCharsMax = 200;

/** Who acknowledges is who the credential says; the name in the body is accepted and not believed. */
const acknowledgement = z.object({ acknowledged_by: z.string().max(nameCharsMax).nullish() });

/** Alerts, jobs and the store. */
export const operationRoutes: readonly RestRoute[] = [
  get({
    path: '/api/alerts',
    summary: 'Alerts, newest first.',
    parameters: {
      acknowledged: { kind: 'bool', description: 'Only those that were, or were not, acknowledged.' },
      hours: hoursOf(24),
      limit: limitOf(100),
      severity: { kind: 'text', description: `Only ${Object.values(severities).join(', ')} ones.` },
      alert_type: { kind: 'text', description: 'Exactly this type.' },
      provider: { kind: 'text', description: 'Exactly this provider.' },
    },
    document: documents.CryptoAlertsDocument,
    variables: ({ acknowledged, hours, limit, severity, alert_type: type, provider }) => ({
      first: limit,
      filter: {
        acknowledged,
        since: sinceOf(hours),
        levels: severity === null ? null : [wantedLevel(severity)],
        alertTypes: type === null ? null : [type],
        provider,
      },
    }),
    map: map.alerts,
    response: schemas.alerts,
  }),
  post({
    path: '/api/alerts/{alert_id}/acknowledge',
    summary: 'Says that somebody knows of an alert.',
    parameters: {
      alert_id: {
        kind: 'int',
        in: 'path',
        min: 0,
        max: Number.MAX_SAFE_INTEGER,
        description: 'The alert’s id.',
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
    summary: 'What runs by the clock.',
    document: documents.CryptoSchedulerDocument,
    map: map.scheduler,
    response: schemas.scheduler,
  }),
  post({
    path: '/api/scheduler/trigger/{job_id}',
    summary: 'Has a job run now, and does not wait for its end.',
    parameters: { job_id: { kind: 'text', in: 'path', description: 'The job, as `health_checks`.' } },
    document: documents.CryptoTriggerDocument,
    variables: ({ job_id: id }) => ({ id }),
    map: map.triggered,
    response: schemas.triggered,
  }),
  get({
    path: '/api/database/stats',
    summary: 'How many rows the store holds.',
    needs: ['FEATURE_DATABASE_MONITORING'],
    document: documents.CryptoStoreDocument,
    map: map.store,
    response: schemas.store,
  }),
];

function wantedLevel(severity: string): Level {
  const level = levelOf(severity);
  if (level !== null) return level;
  const allowed = Object.values(severities).join(', ');
  throw invalidParameter('severity', `severity must be one of ${allowed}.`);
}
