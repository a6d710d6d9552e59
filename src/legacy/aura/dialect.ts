import type { Dialect, FeedSpec } from '../dialect.ts';
import { eventPart, gaugePart, queryPart } from '../feed-parts.ts';
import { controlMessages } from '../control-messages.ts';
import { unixSeconds } from '../labels.ts';
import { get, type RestRoute } from '../rest-route.ts';
import { unixTime } from '../schema-terms.ts';
import * as documents from '../documents.generated.ts';
import * as map from './map.ts';
import * as schemas from './message-schemas.ts';

const realTime = 'FEATURE_REAL_TIME_UPDATES';

const feeds: readonly FeedSpec[] = [
  {
    path: '/ws/models',
    summary: 'Status and events of the AI models.',
    needs: ['FEATURE_AI_SYSTEM_PANEL', realTime],
    messages: schemas.models,
    parts: [
      gaugePart({
        name: 'model_status',
        document: documents.AuraModelStatusDocument,
        map: map.modelStatus,
        atConnect: map.isModelShownAtConnect,
      }),
      eventPart({
        name: 'model_loaded',
        document: documents.AuraModelEventsDocument,
        variables: { types: ['MODEL_LOADED', 'MODEL_UNLOADED'] },
        map: map.modelChange,
        replayed: true,
      }),
      queryPart({
        name: 'failed_servers',
        document: documents.AuraModelServersDocument,
        map: map.failedServers,
        alreadySent: map.failuresAlreadySent,
      }),
      eventPart({
        name: 'error',
        document: documents.AuraModelEventsDocument,
        variables: { types: ['SERVER_UNREACHABLE'] },
        map: map.serverFailure,
      }),
    ],
  },
  {
    path: '/ws/system',
    summary: 'Metrics of processor, memory, disk, network, GPU and temperatures.',
    needs: ['FEATURE_SYSTEM_MONITORING', realTime],
    messages: schemas.system,
    parts: [
      gaugePart({
        name: 'system_metrics',
        document: documents.AuraSystemMetricsDocument,
        map: map.systemMetrics,
      }),
    ],
  },
  {
    path: '/ws/governance',
    summary: 'The role hierarchy, and new entries of the audit log.',
    needs: ['FEATURE_GOVERNANCE_PANEL', realTime],
    messages: schemas.governance,
    parts: [
      gaugePart({
        name: 'role_hierarchy',
        document: documents.AuraRoleHierarchyDocument,
        map: map.roleHierarchy,
      }),
      eventPart({
        name: 'audit_event',
        document: documents.AuraAuditEventsDocument,
        map: map.auditEvent,
        replayed: true,
      }),
    ],
  },
  {
    path: '/ws/database',
    summary: 'Connections, performance, size and health of the database.',
    needs: ['FEATURE_DATABASE_MONITORING', realTime],
    messages: schemas.database,
    parts: [
      gaugePart({
        name: 'database_metrics',
        document: documents.AuraDatabaseMetricsDocument,
        map: map.databaseMetrics,
      }),
    ],
  },
];

const routes: readonly RestRoute[] = [
  get({
    path: '/api/system/metrics',
    summary: 'The latest metrics of the host.',
    needs: ['FEATURE_SYSTEM_MONITORING', 'FEATURE_WEBSOCKET_FALLBACK'],
    document: documents.AuraSystemNowDocument,
    map: map.systemNow,
    response: schemas.systemNow,
  }),
  get({
    path: '/api/governance/roles',
    summary: 'The governance roles.',
    needs: ['FEATURE_GOVERNANCE_PANEL'],
    parameters: {
      include_members: {
        kind: 'bool',
        default: false,
        description: 'Whether to include the ids of direct members.',
      },
      include_permissions: {
        kind: 'bool',
        default: false,
        description: 'Whether to include own and inherited capabilities, with the role that grants each.',
      },
    },
    document: documents.AuraRolesDocument,
    variables: ({ include_members, include_permissions }) => ({
      members: include_members,
      permissions: include_permissions,
    }),
    map: map.roles,
    response: schemas.roles,
  }),
  get({
    path: '/api/governance/audit-logs',
    summary: 'The audit log, newest first.',
    needs: ['FEATURE_GOVERNANCE_PANEL'],
    parameters: {
      limit: { kind: 'int', default: 100, min: 1, max: 1000, description: 'Maximum number of entries.' },
      offset: {
        kind: 'int',
        default: 0,
        min: 0,
        max: 10_000_000,
        description: 'Number of entries to skip.',
      },
      event_type: { kind: 'text', description: 'Only entries of this type.' },
      actor_id: { kind: 'text', description: 'Only entries of this actor.' },
      since: { kind: 'time', description: 'Only entries at or after this time.' },
    },
    document: documents.AuraAuditLogsDocument,
    variables: ({ limit, offset, event_type, actor_id, since }) => ({
      first: limit,
      offset,
      filter: { eventTypes: event_type === null ? null : [event_type], actorId: actor_id, since },
    }),
    map: map.auditLogs,
    response: schemas.auditLogs,
  }),
  get({
    path: '/api/models/status',
    summary: 'All models except unloaded ones.',
    needs: ['FEATURE_AI_SYSTEM_PANEL'],
    document: documents.AuraModelsDocument,
    map: map.models,
    response: schemas.modelsNow,
  }),
  get({
    path: '/api/database/health',
    summary: 'The health of the database; 503 when it does not respond.',
    needs: ['FEATURE_DATABASE_MONITORING'],
    originsOf: 'crypto', // both systems document this path
    document: documents.AuraDatabaseNowDocument,
    map: map.databaseNow,
    response: schemas.databaseNow,
    otherStatuses: [503],
  }),
  get({
    path: '/api/websocket/connections',
    summary: 'Open connections of the four feeds, and totals since the start.',
    needs: ['FEATURE_OMNI_MONITOR'],
    document: documents.AuraConnectionsDocument,
    map: map.connections,
    response: schemas.connections,
  }),
];

/** The Aura IA gateway. */
export const auraDialect = ({ origins }: Pick<Dialect, 'origins'>): Dialect => ({
  name: 'aura',
  origins,
  title: 'Aura IA gateway',
  credentials: false,
  limitedPerAddress: true,
  feeds,
  routes,
  controlMessages: controlMessages(unixSeconds, unixTime),
});
