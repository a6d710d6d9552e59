import type { Migration } from 'kysely';
import * as journal from './20261121T100000Z-journal.ts';
import * as governance from './20261121T100100Z-governance.ts';
import * as host from './20261121T100200Z-host.ts';
import * as models from './20261121T100300Z-models.ts';
import * as agents from './20261121T200000Z-agents.ts';
import * as alerts from './20261121T200100Z-alerts.ts';
import * as pipeline from './20261121T200200Z-pipeline.ts';
import * as providers from './20261121T210000Z-providers.ts';
import * as jobs from './20261121T210100Z-jobs.ts';
import * as mesh from './20261121T210200Z-mesh.ts';
import * as tokens from './20261121T220000Z-tokens.ts';
import * as reportedBy from './20261129T100000Z-reported-by.ts';
import * as transferStaging from './20261129T110000Z-transfer-staging.ts';
import * as retentionState from './20261129T120000Z-retention-state.ts';
import * as eventNumbers from './20261129T130000Z-event-numbers.ts';
import * as transferDeliveries from './20261129T140000Z-transfer-deliveries.ts';
import * as retentionBegins from './20261129T150000Z-retention-begins.ts';
import * as metrics from './20261129T170000Z-metrics.ts';
import * as customEvents from './20261129T180000Z-custom-events.ts';
import * as jobControls from './20261129T190100Z-job-controls.ts';
import * as silences from './20261130T000000Z-silences.ts';
import * as notificationReads from './20261130T000500Z-notification-reads.ts';
import * as annotations from './20261130T010000Z-annotations.ts';
import * as reportedHosts from './20261130T012000Z-reported-hosts.ts';
import * as alertRules from './20261130T013000Z-alert-rules.ts';
import * as agentsRegistered from './20261130T020000Z-agents-registered.ts';
import * as webhooks from './20261130T020000Z-webhooks.ts';
import * as gaugeSamples from './20261130T030000Z-gauge-samples.ts';
import * as reportDigest from './20261130T040000Z-report-digest.ts';
import * as deployedModelOrder from './20261130T050000Z-deployed-model-order.ts';
import * as units from './20261130T060000Z-units.ts';
import * as webhookPositions from './20261130T070000Z-webhook-positions.ts';
import * as unitsOfAgents from './20261130T080000Z-units-of-agents.ts';
import * as unitsOfTheDatabase from './20261130T090000Z-units-of-the-database.ts';
import * as offlineHosts from './20261130T110000Z-offline-hosts.ts';
import * as namesOfNumbers from './20261130T120000Z-names-of-numbers.ts';
import * as alertOrders from './20261130T130000Z-alert-orders.ts';
import * as instances from './20261130T140000Z-instances.ts';
import * as namesOfCounts from './20261130T150000Z-names-of-counts.ts';
import * as metricKinds from './20261130T160000Z-metric-kinds.ts';
import * as gpuIndex from './20261130T170000Z-gpu-index.ts';
import * as providerMetricsOrder from './20261130T180000Z-provider-metrics-order.ts';
import * as feedClients from './20261130T190000Z-feed-clients.ts';

/**
 * Every migration by the name of its file, in the order of the names. A list, because the program is one bundled file
 * at run time. Never change a migration that has landed: add another one.
 */
export const migrations: Readonly<Record<string, Migration>> = {
  '20261121T100000Z-journal': journal,
  '20261121T100100Z-governance': governance,
  '20261121T100200Z-host': host,
  '20261121T100300Z-models': models,
  '20261121T200000Z-agents': agents,
  '20261121T200100Z-alerts': alerts,
  '20261121T200200Z-pipeline': pipeline,
  '20261121T210000Z-providers': providers,
  '20261121T210100Z-jobs': jobs,
  '20261121T210200Z-mesh': mesh,
  '20261121T220000Z-tokens': tokens,
  '20261129T100000Z-reported-by': reportedBy,
  '20261129T110000Z-transfer-staging': transferStaging,
  '20261129T120000Z-retention-state': retentionState,
  '20261129T130000Z-event-numbers': eventNumbers,
  '20261129T140000Z-transfer-deliveries': transferDeliveries,
  '20261129T150000Z-retention-begins': retentionBegins,
  '20261129T170000Z-metrics': metrics,
  '20261129T180000Z-custom-events': customEvents,
  '20261129T190100Z-job-controls': jobControls,
  '20261130T000000Z-silences': silences,
  '20261130T000500Z-notification-reads': notificationReads,
  '20261130T010000Z-annotations': annotations,
  '20261130T012000Z-reported-hosts': reportedHosts,
  '20261130T013000Z-alert-rules': alertRules,
  '20261130T020000Z-agents-registered': agentsRegistered,
  '20261130T020000Z-webhooks': webhooks,
  '20261130T030000Z-gauge-samples': gaugeSamples,
  '20261130T040000Z-report-digest': reportDigest,
  '20261130T050000Z-deployed-model-order': deployedModelOrder,
  '20261130T060000Z-units': units,
  '20261130T070000Z-webhook-positions': webhookPositions,
  '20261130T080000Z-units-of-agents': unitsOfAgents,
  '20261130T090000Z-units-of-the-database': unitsOfTheDatabase,
  '20261130T110000Z-offline-hosts': offlineHosts,
  '20261130T120000Z-names-of-numbers': namesOfNumbers,
  '20261130T130000Z-alert-orders': alertOrders,
  '20261130T140000Z-instances': instances,
  '20261130T150000Z-names-of-counts': namesOfCounts,
  '20261130T160000Z-metric-kinds': metricKinds,
  '20261130T170000Z-gpu-index': gpuIndex,
  '20261130T180000Z-provider-metrics-order': providerMetricsOrder,
  '20261130T190000Z-feed-clients': feedClients,
};

/** An index added after its table, which may have millions of rows by then. */
export interface LaterIndex {
  readonly name: string;
  readonly table: string;
  /** The text after the name of the table. */
  readonly definition: string;
}

/**
 * Indexes that are built without blocking writers, which a migration would block. Never change one that has landed: add
 * another one with another name.
 */
export const laterIndexes: readonly LaterIndex[] = [
  { name: 'audit_log_status', table: 'audit_log', definition: '(status, occurred_at, seq)' },
  { name: 'alerts_level', table: 'alerts', definition: '(level, raised_at, seq)' },
  {
    name: 'alerts_provider',
    table: 'alerts',
    definition: '(provider, raised_at, seq) where provider is not null',
  },
  { name: 'alerts_unresolved', table: 'alerts', definition: '(raised_at, seq) where resolved_at is null' },
  { name: 'alerts_silenced', table: 'alerts', definition: '(raised_at, seq) where silenced_by is not null' },
  {
    name: 'alerts_silenced_by',
    table: 'alerts',
    definition: '(silenced_by, raised_at, seq) where silenced_by is not null',
  },
  {
    name: 'alerts_open',
    table: 'alerts',
    definition:
      '(raised_at, seq) where acknowledged_at is null and resolved_at is null and silenced_by is null',
  },
  { name: 'notifications_id', table: 'notifications', definition: '(notification_id, seq)' },
  { name: 'activities_id', table: 'activities', definition: '(id)' },
  { name: 'interventions_id', table: 'interventions', definition: '(intervention_id)' },
  { name: 'job_runs_id', table: 'job_runs', definition: '(run_id)' },
  { name: 'job_runs_outcome', table: 'job_runs', definition: '(outcome, finished_at, seq)' },
  {
    name: 'training_runs_model',
    table: 'training_runs',
    definition: '(model_id, started_at, run_id) where model_id is not null',
  },
  {
    name: 'workflows_owner',
    table: 'workflows',
    definition: '(owner_user_id, started_at, workflow_id) where owner_user_id is not null',
  },
  {
    name: 'role_members_time',
    table: 'role_members',
    definition: '(role_id, assigned_at, actor_id)',
  },
  { name: 'alerts_subject', table: 'alerts', definition: '(subject, raised_at, seq)' },
  { name: 'tokens_role', table: 'tokens', definition: '(role, created_at, token_id)' },
  { name: 'activities_action', table: 'activities', definition: '(action_type, occurred_at, seq)' },
  {
    name: 'activities_actor',
    table: 'activities',
    definition: '(actor, occurred_at, seq) where actor is not null',
  },
  { name: 'deployed_models_listed', table: 'deployed_models', definition: '(listed_at, model_id)' },
  {
    name: 'deployed_models_status',
    table: 'deployed_models',
    definition: '(operational_status, listed_at, model_id)',
  },
  {
    name: 'annotations_host',
    table: 'annotations',
    definition: '(host_id, starts_at, annotation_id) where host_id is not null',
  },
  {
    name: 'annotations_metric',
    table: 'annotations',
    definition: '(metric_name, starts_at, annotation_id) where metric_name is not null',
  },
  {
    name: 'annotations_provider',
    table: 'annotations',
    definition: '(provider, starts_at, annotation_id) where provider is not null',
  },
  {
    name: 'annotations_agent',
    table: 'annotations',
    definition: '(agent_id, starts_at, annotation_id) where agent_id is not null',
  },
  {
    name: 'annotations_model',
    table: 'annotations',
    definition: '(model_id, starts_at, annotation_id) where model_id is not null',
  },
  { name: 'events_key', table: 'events', definition: '(topic, key, seq)' },
  { name: 'training_runs_updated_at', table: 'training_runs', definition: '(updated_at, run_id)' },
  { name: 'workflows_updated_at', table: 'workflows', definition: '(updated_at, workflow_id)' },
  { name: 'uploads_updated_at', table: 'uploads', definition: '(updated_at, upload_id)' },
  { name: 'job_runs_started_at', table: 'job_runs', definition: '(started_at, seq)' },
  {
    name: 'audit_log_role',
    table: 'audit_log',
    definition: '(role, occurred_at, seq) where role is not null',
  },
  { name: 'alerts_updated_at', table: 'alerts', definition: '(updated_at, seq)' },
  {
    name: 'alerts_unresolved_updated_at',
    table: 'alerts',
    definition: '(updated_at, seq) where resolved_at is null',
  },
  { name: 'alerts_severity', table: 'alerts', definition: '(severity_rank, seq)' },
  {
    name: 'alerts_unresolved_severity',
    table: 'alerts',
    definition: '(severity_rank, seq) where resolved_at is null',
  },
  {
    name: 'transfer_deliveries_transfer',
    table: 'transfer_deliveries',
    definition: '(transfer_id, user_id, recorded_at, seq)',
  },
  { name: 'transfers_sender_time', table: 'transfers', definition: '(sender, received_at, seq)' },
  { name: 'transfers_data', table: 'transfers', definition: '(data_id, received_at, seq)' },
];
