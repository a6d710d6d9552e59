import { closeCodes } from '../../errors.ts';
import type { Dialect, FeedSpec } from '../dialect.ts';
import { eventPart, gaugePart, staticPart } from '../feed-parts.ts';
import { isoControlMessages } from '../control-messages.ts';
import type { PathValues } from '../message.ts';
import { get, post, type RestRoute } from '../rest-route.ts';
import { notFound } from '../rest-errors.ts';
import * as documents from '../documents.generated.ts';
import { interventionBody, interventionOf } from './intervention.ts';
import * as map from './map.ts';
import * as schemas from './message-schemas.ts';

const dashboardEveryMs = 5_000;
const agentEveryMs = 3_000;
const realTimeEveryMs = 2_000;

/**
 * AutoOps Retail.
 * @param options.isKnown whether there is an agent with this id.
 */
export function autoopsDialect({
  isKnown,
  origins,
}: Pick<Dialect, 'origins'> & { readonly isKnown: (agentId: string) => boolean }): Dialect {
  return {
    name: 'autoops',
    origins,
    title: 'AutoOps Retail',
    credentials: true,
    limitedPerAddress: true,
    feeds: feedsOf(isKnown),
    routes: routesOf(isKnown),
    controlMessages: isoControlMessages,
  };
}

function feedsOf(isKnown: (agentId: string) => boolean): readonly FeedSpec[] {
  const idOf = ({ agent_id: agentId = '' }: PathValues): string => agentId;
  return [
    {
      path: '/api/dashboard/ws/live-updates',
      summary:
        'Business metrics and agent statuses at intervals; interventions, alerts and system events when they happen.',
      messages: schemas.liveUpdates,
      parts: [
        staticPart({ name: 'connection_established', message: map.connectionEstablished }),
        gaugePart({
          name: 'metrics_update',
          document: documents.AutoopsDashboardEveryDocument,
          variables: { everyMs: dashboardEveryMs },
          map: map.metricsUpdate,
          atConnect: () => false,
        }),
        // one subscription for all three kinds preserves their order
        eventPart({
          name: 'events',
          document: documents.AutoopsEventsDocument,
          map: map.eventMessage,
        }),
      ],
    },
    {
      path: '/api/dashboard/ws/agents/{agent_id}/status',
      summary: 'The status of one agent.',
      reject: (values) =>
        isKnown(idOf(values))
          ? null
          : { code: closeCodes.notFound, reason: `Invalid agent ID: ${idOf(values)}` },
      messages: schemas.agent,
      parts: [
        gaugePart({
          name: 'agent_status_update',
          document: documents.AutoopsAgentEveryDocument,
          variables: (values) => ({ agentId: idOf(values), everyMs: agentEveryMs }),
          map: map.statusMessage('agent_status_update'),
          opening: map.statusMessage('agent_status'),
        }),
      ],
    },
    {
      path: '/api/dashboard/ws/metrics/real-time',
      summary: 'The business metrics, every 2 s.',
      messages: schemas.realTime,
      parts: [
        gaugePart({
          name: 'metrics_update',
          document: documents.AutoopsMetricsEveryDocument,
          variables: { everyMs: realTimeEveryMs },
          map: map.realTimeMessage('metrics_update'),
          opening: map.realTimeMessage('metrics_stream'),
        }),
      ],
    },
  ];
}

function routesOf(isKnown: (agentId: string) => boolean): readonly RestRoute[] {
  return [
    get({
      path: '/api/dashboard/agents/status',
      summary: 'The status of every agent.',
      document: documents.AutoopsAgentsDocument,
      map: map.agents,
      response: schemas.agents,
    }),
    get({
      path: '/api/dashboard/metrics/current',
      summary: 'The business metrics and agent statuses that live-updates sends.',
      document: documents.AutoopsDashboardNowDocument,
      map: map.currentMetrics,
      response: schemas.currentMetrics,
    }),
    get({
      path: '/api/dashboard/decisions/recent',
      summary: 'Decisions, newest first.',
      parameters: {
        limit: { kind: 'int', default: 20, min: 1, max: 500, description: 'Maximum number of decisions.' },
        agent_id: { kind: 'text', description: 'Only decisions of this agent.' },
      },
      document: documents.AutoopsDecisionsDocument,
      variables: ({ limit, agent_id: agentId }) => ({ first: limit, agentId }),
      map: map.recentDecisions,
      response: schemas.recentDecisions,
    }),
    get({
      path: '/api/dashboard/alerts/active',
      summary: 'Alerts that are neither acknowledged nor resolved, newest first.',
      document: documents.AutoopsAlertsDocument,
      map: map.alerts,
      response: schemas.alerts,
    }),
    post({
      path: '/api/dashboard/agents/{agent_id}/intervention',
      summary: 'Pauses, resumes, resets or overrides an agent.',
      parameters: { agent_id: { kind: 'text', in: 'path', description: 'The id of the agent.' } },
      reject: ({ agent_id: agentId }) =>
        isKnown(agentId) ? null : notFound(`There is no agent ${agentId}.`),
      body: { schema: interventionBody, optional: false, mismatchCode: 'INVALID_PARAMETER' },
      document: documents.AutoopsInterveneDocument,
      variables: interventionOf,
      map: map.intervention,
      response: schemas.intervention,
    }),
  ];
}
