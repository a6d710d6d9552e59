import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
export type MakeOptional<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]?: Maybe<T[SubKey]> };
export type MakeMaybe<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]: Maybe<T[SubKey]> };
export type MakeEmpty<T extends { [key: string]: unknown }, K extends keyof T> = { [_ in K]?: never };
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  Cursor: { input: string; output: string; }
  DateTime: { input: string; output: string; }
  JSON: { input: unknown; output: unknown; }
  SafeInt: { input: number; output: number; }
};

export type AcknowledgeAlertInput = {
  readonly alertId: Scalars['ID']['input'];
};

export type AcknowledgeAlertsInput = {
  readonly alertIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  readonly filter?: InputMaybe<AlertFilter>;
};

export type ActivityFilter = {
  readonly actionTypes?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  readonly since?: InputMaybe<Scalars['DateTime']['input']>;
  readonly until?: InputMaybe<Scalars['DateTime']['input']>;
  readonly users?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};

export type ActivityInput = {
  readonly actionType: Scalars['String']['input'];
  readonly description?: InputMaybe<Scalars['String']['input']>;
  readonly durationMs?: InputMaybe<Scalars['Float']['input']>;
  readonly key?: InputMaybe<Scalars['ID']['input']>;
  readonly metadata?: InputMaybe<Scalars['JSON']['input']>;
  readonly occurredAt?: InputMaybe<Scalars['DateTime']['input']>;
  readonly severity?: InputMaybe<Severity>;
  readonly status: Scalars['String']['input'];
  readonly title: Scalars['String']['input'];
  readonly user?: InputMaybe<Scalars['String']['input']>;
};

export type AgentDecisionInput = {
  readonly actionType: Scalars['String']['input'];
  readonly agentId: Scalars['ID']['input'];
  readonly confidenceScore?: InputMaybe<Scalars['Float']['input']>;
  readonly decisionId?: InputMaybe<Scalars['ID']['input']>;
  readonly expectedOutcome?: InputMaybe<Scalars['JSON']['input']>;
  readonly key?: InputMaybe<Scalars['ID']['input']>;
  readonly occurredAt?: InputMaybe<Scalars['DateTime']['input']>;
  readonly parameters?: InputMaybe<Scalars['JSON']['input']>;
  readonly rationale?: InputMaybe<Scalars['String']['input']>;
  readonly responseTimeMs?: InputMaybe<Scalars['Float']['input']>;
  readonly success?: InputMaybe<Scalars['Boolean']['input']>;
};

export type AgentEventFilter = {
  readonly types?: InputMaybe<ReadonlyArray<AgentEventType>>;
};

export type AgentEventType =
  | 'DECIDED'
  | 'INTERVENED'
  | 'KPIS_REPORTED'
  | 'OUTCOME_KNOWN'
  | 'REPORTED';

export type AgentStatus =
  | 'ACTIVE'
  | 'ERROR'
  | 'IDLE'
  | 'OFFLINE'
  | 'PAUSED';

export type AgentStatusInput = {
  readonly agentId: Scalars['ID']['input'];
  readonly currentActivity?: InputMaybe<Scalars['String']['input']>;
  readonly key?: InputMaybe<Scalars['ID']['input']>;
  readonly name?: InputMaybe<Scalars['String']['input']>;
  readonly occurredAt?: InputMaybe<Scalars['DateTime']['input']>;
  readonly status: AgentStatus;
};

export type AlertComparison =
  | 'ABOVE'
  | 'AT_LEAST'
  | 'AT_MOST'
  | 'BELOW'
  | 'EQUAL'
  | 'NOT_EQUAL';

export type AlertEventFilter = {
  readonly types?: InputMaybe<ReadonlyArray<AlertEventType>>;
};

export type AlertEventType =
  | 'ACKNOWLEDGED'
  | 'RAISED'
  | 'RESOLVED'
  | 'SILENCED'
  | 'UNSILENCED';

export type AlertFilter = {
  readonly acknowledged?: InputMaybe<Scalars['Boolean']['input']>;
  readonly agentId?: InputMaybe<Scalars['ID']['input']>;
  readonly alertTypes?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  readonly hostId?: InputMaybe<Scalars['ID']['input']>;
  readonly providerName?: InputMaybe<Scalars['String']['input']>;
  readonly ruleId?: InputMaybe<Scalars['ID']['input']>;
  readonly search?: InputMaybe<Scalars['String']['input']>;
  readonly severities?: InputMaybe<ReadonlyArray<Severity>>;
  readonly silencedBy?: InputMaybe<Scalars['ID']['input']>;
  readonly since?: InputMaybe<Scalars['DateTime']['input']>;
  readonly statuses?: InputMaybe<ReadonlyArray<AlertStatus>>;
  readonly until?: InputMaybe<Scalars['DateTime']['input']>;
};

export type AlertInput = {
  readonly actions?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  readonly agentId?: InputMaybe<Scalars['ID']['input']>;
  readonly alertType: Scalars['String']['input'];
  readonly autoDismiss?: InputMaybe<Scalars['Boolean']['input']>;
  readonly key?: InputMaybe<Scalars['ID']['input']>;
  readonly labels?: InputMaybe<Scalars['JSON']['input']>;
  readonly message: Scalars['String']['input'];
  readonly occurredAt?: InputMaybe<Scalars['DateTime']['input']>;
  readonly providerName?: InputMaybe<Scalars['String']['input']>;
  readonly severity: Severity;
  readonly source?: InputMaybe<Scalars['String']['input']>;
  readonly title: Scalars['String']['input'];
};

export type AlertOrder = {
  readonly direction: OrderDirection;
  readonly field: AlertOrderField;
};

export type AlertOrderField =
  | 'RAISED_AT'
  | 'SEVERITY'
  | 'UPDATED_AT';

export type AlertRuleEventFilter = {
  readonly types?: InputMaybe<ReadonlyArray<AlertRuleEventType>>;
};

export type AlertRuleEventType =
  | 'CREATED'
  | 'DELETED'
  | 'UPDATED';

export type AlertRuleFilter = {
  readonly origin?: InputMaybe<AlertRuleOrigin>;
};

export type AlertRuleMetricInput = {
  readonly labels?: InputMaybe<Scalars['JSON']['input']>;
  readonly name: Scalars['String']['input'];
};

export type AlertRuleOrigin =
  | 'CONFIGURATION'
  | 'OPERATOR';

export type AlertStatus =
  | 'ACKNOWLEDGED'
  | 'ACTIVE'
  | 'RESOLVED'
  | 'SILENCED';

export type AnnotationEventFilter = {
  readonly types?: InputMaybe<ReadonlyArray<AnnotationEventType>>;
};

export type AnnotationEventType =
  | 'CREATED'
  | 'DELETED'
  | 'UPDATED';

export type AnnotationFilter = {
  readonly agentId?: InputMaybe<Scalars['ID']['input']>;
  readonly hostId?: InputMaybe<Scalars['ID']['input']>;
  readonly metricName?: InputMaybe<Scalars['String']['input']>;
  readonly modelId?: InputMaybe<Scalars['ID']['input']>;
  readonly providerName?: InputMaybe<Scalars['String']['input']>;
  readonly since?: InputMaybe<Scalars['DateTime']['input']>;
  readonly tags?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  readonly until?: InputMaybe<Scalars['DateTime']['input']>;
};

export type AnnotationInput = {
  readonly agentId?: InputMaybe<Scalars['ID']['input']>;
  readonly endsAt?: InputMaybe<Scalars['DateTime']['input']>;
  readonly hostId?: InputMaybe<Scalars['ID']['input']>;
  readonly key?: InputMaybe<Scalars['ID']['input']>;
  readonly metricName?: InputMaybe<Scalars['String']['input']>;
  readonly modelId?: InputMaybe<Scalars['ID']['input']>;
  readonly providerName?: InputMaybe<Scalars['String']['input']>;
  readonly startsAt?: InputMaybe<Scalars['DateTime']['input']>;
  readonly tags?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  readonly text: Scalars['String']['input'];
};

export type AssignRoleInput = {
  readonly roleId: Scalars['ID']['input'];
  readonly subject: Scalars['ID']['input'];
};

export type AuditEventInput = {
  readonly action: Scalars['String']['input'];
  readonly actorId: Scalars['ID']['input'];
  readonly details?: InputMaybe<Scalars['String']['input']>;
  readonly eventType: Scalars['String']['input'];
  readonly key?: InputMaybe<Scalars['ID']['input']>;
  readonly occurredAt?: InputMaybe<Scalars['DateTime']['input']>;
  readonly roleId?: InputMaybe<Scalars['ID']['input']>;
  readonly status: Scalars['String']['input'];
  readonly targetId?: InputMaybe<Scalars['ID']['input']>;
};

export type AuditFilter = {
  readonly actorId?: InputMaybe<Scalars['ID']['input']>;
  readonly eventTypes?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  readonly roleId?: InputMaybe<Scalars['ID']['input']>;
  readonly since?: InputMaybe<Scalars['DateTime']['input']>;
  readonly statuses?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  readonly targetId?: InputMaybe<Scalars['ID']['input']>;
  readonly until?: InputMaybe<Scalars['DateTime']['input']>;
};

export type BackupInput = {
  readonly backupStatus: BackupStatus;
  readonly finishedAt: Scalars['DateTime']['input'];
  readonly key?: InputMaybe<Scalars['ID']['input']>;
  readonly occurredAt?: InputMaybe<Scalars['DateTime']['input']>;
};

export type BackupStatus =
  | 'COMPLETED'
  | 'FAILED'
  | 'PENDING'
  | 'UNKNOWN';

export type CancelJobRunInput = {
  readonly jobRunId: Scalars['ID']['input'];
};

export type ChunkRefusalReason =
  | 'BAD_BASE64'
  | 'BAD_DATA_ID'
  | 'BAD_INDEX'
  | 'BAD_TOTAL'
  | 'CHECKSUM_MISMATCH'
  | 'CHUNK_TOO_LARGE'
  | 'NO_ROOM'
  | 'RECIPIENT_CHANGED'
  | 'TOO_MANY_CHUNKS'
  | 'TOO_MANY_OPEN'
  | 'TOTAL_CHANGED';

export type ConnectionQuality =
  | 'EXCELLENT'
  | 'FAIR'
  | 'GOOD'
  | 'POOR';

export type CpuInput = {
  readonly coreCount: Scalars['Int']['input'];
  readonly frequencyMhz?: InputMaybe<Scalars['Float']['input']>;
  readonly loadAverage1m?: InputMaybe<Scalars['Float']['input']>;
  readonly loadAverage5m?: InputMaybe<Scalars['Float']['input']>;
  readonly loadAverage15m?: InputMaybe<Scalars['Float']['input']>;
  readonly usedPercent?: InputMaybe<Scalars['Float']['input']>;
};

export type CreateAlertRuleInput = {
  readonly actions?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  readonly avgOverMs?: InputMaybe<Scalars['Int']['input']>;
  readonly clearMs?: InputMaybe<Scalars['Int']['input']>;
  readonly comparison?: InputMaybe<AlertComparison>;
  readonly enabled?: InputMaybe<Scalars['Boolean']['input']>;
  readonly field?: InputMaybe<Scalars['String']['input']>;
  readonly forMs?: InputMaybe<Scalars['Int']['input']>;
  readonly message?: InputMaybe<Scalars['String']['input']>;
  readonly metric?: InputMaybe<AlertRuleMetricInput>;
  readonly noDataMs?: InputMaybe<Scalars['Int']['input']>;
  readonly ruleId: Scalars['ID']['input'];
  readonly severity: Severity;
  readonly threshold?: InputMaybe<Scalars['Float']['input']>;
  readonly title: Scalars['String']['input'];
  readonly upTo?: InputMaybe<Scalars['Float']['input']>;
};

export type CreateAnnotationInput = {
  readonly agentId?: InputMaybe<Scalars['ID']['input']>;
  readonly endsAt?: InputMaybe<Scalars['DateTime']['input']>;
  readonly hostId?: InputMaybe<Scalars['ID']['input']>;
  readonly metricName?: InputMaybe<Scalars['String']['input']>;
  readonly modelId?: InputMaybe<Scalars['ID']['input']>;
  readonly providerName?: InputMaybe<Scalars['String']['input']>;
  readonly startsAt?: InputMaybe<Scalars['DateTime']['input']>;
  readonly tags?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  readonly text: Scalars['String']['input'];
};

export type CreateSilenceInput = {
  readonly endsAt: Scalars['DateTime']['input'];
  readonly matcher: SilenceMatcherInput;
  readonly reason: Scalars['String']['input'];
};

export type CreateTokenInput = {
  readonly expiresInMs?: InputMaybe<Scalars['SafeInt']['input']>;
  readonly name?: InputMaybe<Scalars['String']['input']>;
  readonly roleId?: InputMaybe<Scalars['ID']['input']>;
  readonly subject: Scalars['ID']['input'];
};

export type CreateWebhookInput = {
  readonly alertTypes?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  readonly enabled?: InputMaybe<Scalars['Boolean']['input']>;
  readonly eventTypes?: InputMaybe<ReadonlyArray<WebhookEventType>>;
  readonly name: Scalars['String']['input'];
  readonly severities?: InputMaybe<ReadonlyArray<Severity>>;
  readonly url: Scalars['String']['input'];
};

export type CustomEventFilter = {
  readonly severities?: InputMaybe<ReadonlyArray<Severity>>;
  readonly since?: InputMaybe<Scalars['DateTime']['input']>;
  readonly subject?: InputMaybe<Scalars['String']['input']>;
  readonly types?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  readonly until?: InputMaybe<Scalars['DateTime']['input']>;
};

export type CustomEventInput = {
  readonly data?: InputMaybe<Scalars['JSON']['input']>;
  readonly key?: InputMaybe<Scalars['ID']['input']>;
  readonly message: Scalars['String']['input'];
  readonly occurredAt?: InputMaybe<Scalars['DateTime']['input']>;
  readonly severity?: InputMaybe<Severity>;
  readonly subject?: InputMaybe<Scalars['String']['input']>;
  readonly type: Scalars['String']['input'];
};

export type DatabaseFault =
  | 'CONFLICT'
  | 'DISK_FULL'
  | 'LOCKED'
  | 'READ_ONLY'
  | 'REFUSED'
  | 'RESOURCES'
  | 'SHUTTING_DOWN'
  | 'TIMEOUT'
  | 'TOO_MANY_CONNECTIONS'
  | 'UNREACHABLE';

export type DatabaseNotifications =
  | 'LISTENING'
  | 'POLLING';

export type DatabaseStatus =
  | 'DEGRADED'
  | 'HEALTHY'
  | 'UNHEALTHY';

export type DecisionFilter = {
  readonly actionTypes?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  readonly agentId?: InputMaybe<Scalars['ID']['input']>;
  readonly since?: InputMaybe<Scalars['DateTime']['input']>;
  readonly until?: InputMaybe<Scalars['DateTime']['input']>;
};

export type DecisionOutcomeInput = {
  readonly decisionId: Scalars['ID']['input'];
  readonly key?: InputMaybe<Scalars['ID']['input']>;
  readonly occurredAt?: InputMaybe<Scalars['DateTime']['input']>;
  readonly responseTimeMs?: InputMaybe<Scalars['Float']['input']>;
  readonly success: Scalars['Boolean']['input'];
};

export type DeleteAlertRuleInput = {
  readonly ruleId: Scalars['ID']['input'];
};

export type DeleteAnnotationInput = {
  readonly annotationId: Scalars['ID']['input'];
};

export type DeleteRoleInput = {
  readonly roleId: Scalars['ID']['input'];
};

export type DeleteWebhookInput = {
  readonly webhookId: Scalars['ID']['input'];
};

export type DeliverTransferInput = {
  readonly recipientId: Scalars['ID']['input'];
  readonly transferId: Scalars['ID']['input'];
};

export type Delivery =
  | 'EVERY'
  | 'LATEST';

export type DeployedModelFilter = {
  readonly operationalStatuses?: InputMaybe<ReadonlyArray<OperationalStatus>>;
};

export type DisableAlertRuleInput = {
  readonly ruleId: Scalars['ID']['input'];
};

export type DisableJobInput = {
  readonly jobId: Scalars['ID']['input'];
};

export type DiskInput = {
  readonly path: Scalars['String']['input'];
  readonly readBytesPerSecond?: InputMaybe<Scalars['Float']['input']>;
  readonly totalBytes?: InputMaybe<Scalars['SafeInt']['input']>;
  readonly usedBytes?: InputMaybe<Scalars['SafeInt']['input']>;
  readonly usedPercent?: InputMaybe<Scalars['Float']['input']>;
  readonly writeBytesPerSecond?: InputMaybe<Scalars['Float']['input']>;
};

export type EnableAlertRuleInput = {
  readonly ruleId: Scalars['ID']['input'];
};

export type EnableJobInput = {
  readonly jobId: Scalars['ID']['input'];
};

export type ErrorCode =
  | 'AUTHENTICATION_FAILED'
  | 'BAD_REQUEST'
  | 'BAD_USER_INPUT'
  | 'CURSOR_EXPIRED'
  | 'CURSOR_INVALID'
  | 'DATABASE_UNAVAILABLE'
  | 'FEATURE_DISABLED'
  | 'FORBIDDEN'
  | 'INTERNAL_ERROR'
  | 'INVALID_BODY'
  | 'INVALID_PARAMETER'
  | 'METHOD_NOT_ALLOWED'
  | 'NOT_FOUND'
  | 'OVERLOADED'
  | 'PAYLOAD_TOO_LARGE'
  | 'PERSISTED_QUERY_NOT_FOUND'
  | 'PERSISTED_QUERY_NOT_SUPPORTED'
  | 'RATE_LIMITED'
  | 'RESPONSE_TOO_LARGE'
  | 'SHUTTING_DOWN'
  | 'TIMEOUT'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'UPGRADE_REQUIRED';

export type EventInput =
  { readonly activity: ActivityInput; readonly agentDecision?: never; readonly agentStatus?: never; readonly alert?: never; readonly annotation?: never; readonly auditEvent?: never; readonly backup?: never; readonly decisionOutcome?: never; readonly event?: never; readonly fileValidated?: never; readonly host?: never; readonly kpi?: never; readonly metric?: never; readonly modelDeployed?: never; readonly modelReport?: never; readonly modelStatus?: never; readonly notification?: never; readonly predictions?: never; readonly rateLimitUsage?: never; readonly systemEvent?: never; readonly trainingCompleted?: never; readonly trainingFailed?: never; readonly trainingProgress?: never; readonly uploadProgress?: never; readonly workflow?: never; }
  |  { readonly activity?: never; readonly agentDecision: AgentDecisionInput; readonly agentStatus?: never; readonly alert?: never; readonly annotation?: never; readonly auditEvent?: never; readonly backup?: never; readonly decisionOutcome?: never; readonly event?: never; readonly fileValidated?: never; readonly host?: never; readonly kpi?: never; readonly metric?: never; readonly modelDeployed?: never; readonly modelReport?: never; readonly modelStatus?: never; readonly notification?: never; readonly predictions?: never; readonly rateLimitUsage?: never; readonly systemEvent?: never; readonly trainingCompleted?: never; readonly trainingFailed?: never; readonly trainingProgress?: never; readonly uploadProgress?: never; readonly workflow?: never; }
  |  { readonly activity?: never; readonly agentDecision?: never; readonly agentStatus: AgentStatusInput; readonly alert?: never; readonly annotation?: never; readonly auditEvent?: never; readonly backup?: never; readonly decisionOutcome?: never; readonly event?: never; readonly fileValidated?: never; readonly host?: never; readonly kpi?: never; readonly metric?: never; readonly modelDeployed?: never; readonly modelReport?: never; readonly modelStatus?: never; readonly notification?: never; readonly predictions?: never; readonly rateLimitUsage?: never; readonly systemEvent?: never; readonly trainingCompleted?: never; readonly trainingFailed?: never; readonly trainingProgress?: never; readonly uploadProgress?: never; readonly workflow?: never; }
  |  { readonly activity?: never; readonly agentDecision?: never; readonly agentStatus?: never; readonly alert: AlertInput; readonly annotation?: never; readonly auditEvent?: never; readonly backup?: never; readonly decisionOutcome?: never; readonly event?: never; readonly fileValidated?: never; readonly host?: never; readonly kpi?: never; readonly metric?: never; readonly modelDeployed?: never; readonly modelReport?: never; readonly modelStatus?: never; readonly notification?: never; readonly predictions?: never; readonly rateLimitUsage?: never; readonly systemEvent?: never; readonly trainingCompleted?: never; readonly trainingFailed?: never; readonly trainingProgress?: never; readonly uploadProgress?: never; readonly workflow?: never; }
  |  { readonly activity?: never; readonly agentDecision?: never; readonly agentStatus?: never; readonly alert?: never; readonly annotation: AnnotationInput; readonly auditEvent?: never; readonly backup?: never; readonly decisionOutcome?: never; readonly event?: never; readonly fileValidated?: never; readonly host?: never; readonly kpi?: never; readonly metric?: never; readonly modelDeployed?: never; readonly modelReport?: never; readonly modelStatus?: never; readonly notification?: never; readonly predictions?: never; readonly rateLimitUsage?: never; readonly systemEvent?: never; readonly trainingCompleted?: never; readonly trainingFailed?: never; readonly trainingProgress?: never; readonly uploadProgress?: never; readonly workflow?: never; }
  |  { readonly activity?: never; readonly agentDecision?: never; readonly agentStatus?: never; readonly alert?: never; readonly annotation?: never; readonly auditEvent: AuditEventInput; readonly backup?: never; readonly decisionOutcome?: never; readonly event?: never; readonly fileValidated?: never; readonly host?: never; readonly kpi?: never; readonly metric?: never; readonly modelDeployed?: never; readonly modelReport?: never; readonly modelStatus?: never; readonly notification?: never; readonly predictions?: never; readonly rateLimitUsage?: never; readonly systemEvent?: never; readonly trainingCompleted?: never; readonly trainingFailed?: never; readonly trainingProgress?: never; readonly uploadProgress?: never; readonly workflow?: never; }
  |  { readonly activity?: never; readonly agentDecision?: never; readonly agentStatus?: never; readonly alert?: never; readonly annotation?: never; readonly auditEvent?: never; readonly backup: BackupInput; readonly decisionOutcome?: never; readonly event?: never; readonly fileValidated?: never; readonly host?: never; readonly kpi?: never; readonly metric?: never; readonly modelDeployed?: never; readonly modelReport?: never; readonly modelStatus?: never; readonly notification?: never; readonly predictions?: never; readonly rateLimitUsage?: never; readonly systemEvent?: never; readonly trainingCompleted?: never; readonly trainingFailed?: never; readonly trainingProgress?: never; readonly uploadProgress?: never; readonly workflow?: never; }
  |  { readonly activity?: never; readonly agentDecision?: never; readonly agentStatus?: never; readonly alert?: never; readonly annotation?: never; readonly auditEvent?: never; readonly backup?: never; readonly decisionOutcome: DecisionOutcomeInput; readonly event?: never; readonly fileValidated?: never; readonly host?: never; readonly kpi?: never; readonly metric?: never; readonly modelDeployed?: never; readonly modelReport?: never; readonly modelStatus?: never; readonly notification?: never; readonly predictions?: never; readonly rateLimitUsage?: never; readonly systemEvent?: never; readonly trainingCompleted?: never; readonly trainingFailed?: never; readonly trainingProgress?: never; readonly uploadProgress?: never; readonly workflow?: never; }
  |  { readonly activity?: never; readonly agentDecision?: never; readonly agentStatus?: never; readonly alert?: never; readonly annotation?: never; readonly auditEvent?: never; readonly backup?: never; readonly decisionOutcome?: never; readonly event: CustomEventInput; readonly fileValidated?: never; readonly host?: never; readonly kpi?: never; readonly metric?: never; readonly modelDeployed?: never; readonly modelReport?: never; readonly modelStatus?: never; readonly notification?: never; readonly predictions?: never; readonly rateLimitUsage?: never; readonly systemEvent?: never; readonly trainingCompleted?: never; readonly trainingFailed?: never; readonly trainingProgress?: never; readonly uploadProgress?: never; readonly workflow?: never; }
  |  { readonly activity?: never; readonly agentDecision?: never; readonly agentStatus?: never; readonly alert?: never; readonly annotation?: never; readonly auditEvent?: never; readonly backup?: never; readonly decisionOutcome?: never; readonly event?: never; readonly fileValidated: FileValidatedInput; readonly host?: never; readonly kpi?: never; readonly metric?: never; readonly modelDeployed?: never; readonly modelReport?: never; readonly modelStatus?: never; readonly notification?: never; readonly predictions?: never; readonly rateLimitUsage?: never; readonly systemEvent?: never; readonly trainingCompleted?: never; readonly trainingFailed?: never; readonly trainingProgress?: never; readonly uploadProgress?: never; readonly workflow?: never; }
  |  { readonly activity?: never; readonly agentDecision?: never; readonly agentStatus?: never; readonly alert?: never; readonly annotation?: never; readonly auditEvent?: never; readonly backup?: never; readonly decisionOutcome?: never; readonly event?: never; readonly fileValidated?: never; readonly host: HostInput; readonly kpi?: never; readonly metric?: never; readonly modelDeployed?: never; readonly modelReport?: never; readonly modelStatus?: never; readonly notification?: never; readonly predictions?: never; readonly rateLimitUsage?: never; readonly systemEvent?: never; readonly trainingCompleted?: never; readonly trainingFailed?: never; readonly trainingProgress?: never; readonly uploadProgress?: never; readonly workflow?: never; }
  |  { readonly activity?: never; readonly agentDecision?: never; readonly agentStatus?: never; readonly alert?: never; readonly annotation?: never; readonly auditEvent?: never; readonly backup?: never; readonly decisionOutcome?: never; readonly event?: never; readonly fileValidated?: never; readonly host?: never; readonly kpi: KpiInput; readonly metric?: never; readonly modelDeployed?: never; readonly modelReport?: never; readonly modelStatus?: never; readonly notification?: never; readonly predictions?: never; readonly rateLimitUsage?: never; readonly systemEvent?: never; readonly trainingCompleted?: never; readonly trainingFailed?: never; readonly trainingProgress?: never; readonly uploadProgress?: never; readonly workflow?: never; }
  |  { readonly activity?: never; readonly agentDecision?: never; readonly agentStatus?: never; readonly alert?: never; readonly annotation?: never; readonly auditEvent?: never; readonly backup?: never; readonly decisionOutcome?: never; readonly event?: never; readonly fileValidated?: never; readonly host?: never; readonly kpi?: never; readonly metric: MetricInput; readonly modelDeployed?: never; readonly modelReport?: never; readonly modelStatus?: never; readonly notification?: never; readonly predictions?: never; readonly rateLimitUsage?: never; readonly systemEvent?: never; readonly trainingCompleted?: never; readonly trainingFailed?: never; readonly trainingProgress?: never; readonly uploadProgress?: never; readonly workflow?: never; }
  |  { readonly activity?: never; readonly agentDecision?: never; readonly agentStatus?: never; readonly alert?: never; readonly annotation?: never; readonly auditEvent?: never; readonly backup?: never; readonly decisionOutcome?: never; readonly event?: never; readonly fileValidated?: never; readonly host?: never; readonly kpi?: never; readonly metric?: never; readonly modelDeployed: ModelDeployedInput; readonly modelReport?: never; readonly modelStatus?: never; readonly notification?: never; readonly predictions?: never; readonly rateLimitUsage?: never; readonly systemEvent?: never; readonly trainingCompleted?: never; readonly trainingFailed?: never; readonly trainingProgress?: never; readonly uploadProgress?: never; readonly workflow?: never; }
  |  { readonly activity?: never; readonly agentDecision?: never; readonly agentStatus?: never; readonly alert?: never; readonly annotation?: never; readonly auditEvent?: never; readonly backup?: never; readonly decisionOutcome?: never; readonly event?: never; readonly fileValidated?: never; readonly host?: never; readonly kpi?: never; readonly metric?: never; readonly modelDeployed?: never; readonly modelReport: ModelReportInput; readonly modelStatus?: never; readonly notification?: never; readonly predictions?: never; readonly rateLimitUsage?: never; readonly systemEvent?: never; readonly trainingCompleted?: never; readonly trainingFailed?: never; readonly trainingProgress?: never; readonly uploadProgress?: never; readonly workflow?: never; }
  |  { readonly activity?: never; readonly agentDecision?: never; readonly agentStatus?: never; readonly alert?: never; readonly annotation?: never; readonly auditEvent?: never; readonly backup?: never; readonly decisionOutcome?: never; readonly event?: never; readonly fileValidated?: never; readonly host?: never; readonly kpi?: never; readonly metric?: never; readonly modelDeployed?: never; readonly modelReport?: never; readonly modelStatus: ModelStatusInput; readonly notification?: never; readonly predictions?: never; readonly rateLimitUsage?: never; readonly systemEvent?: never; readonly trainingCompleted?: never; readonly trainingFailed?: never; readonly trainingProgress?: never; readonly uploadProgress?: never; readonly workflow?: never; }
  |  { readonly activity?: never; readonly agentDecision?: never; readonly agentStatus?: never; readonly alert?: never; readonly annotation?: never; readonly auditEvent?: never; readonly backup?: never; readonly decisionOutcome?: never; readonly event?: never; readonly fileValidated?: never; readonly host?: never; readonly kpi?: never; readonly metric?: never; readonly modelDeployed?: never; readonly modelReport?: never; readonly modelStatus?: never; readonly notification: NotificationInput; readonly predictions?: never; readonly rateLimitUsage?: never; readonly systemEvent?: never; readonly trainingCompleted?: never; readonly trainingFailed?: never; readonly trainingProgress?: never; readonly uploadProgress?: never; readonly workflow?: never; }
  |  { readonly activity?: never; readonly agentDecision?: never; readonly agentStatus?: never; readonly alert?: never; readonly annotation?: never; readonly auditEvent?: never; readonly backup?: never; readonly decisionOutcome?: never; readonly event?: never; readonly fileValidated?: never; readonly host?: never; readonly kpi?: never; readonly metric?: never; readonly modelDeployed?: never; readonly modelReport?: never; readonly modelStatus?: never; readonly notification?: never; readonly predictions: PredictionsInput; readonly rateLimitUsage?: never; readonly systemEvent?: never; readonly trainingCompleted?: never; readonly trainingFailed?: never; readonly trainingProgress?: never; readonly uploadProgress?: never; readonly workflow?: never; }
  |  { readonly activity?: never; readonly agentDecision?: never; readonly agentStatus?: never; readonly alert?: never; readonly annotation?: never; readonly auditEvent?: never; readonly backup?: never; readonly decisionOutcome?: never; readonly event?: never; readonly fileValidated?: never; readonly host?: never; readonly kpi?: never; readonly metric?: never; readonly modelDeployed?: never; readonly modelReport?: never; readonly modelStatus?: never; readonly notification?: never; readonly predictions?: never; readonly rateLimitUsage: RateLimitUsageInput; readonly systemEvent?: never; readonly trainingCompleted?: never; readonly trainingFailed?: never; readonly trainingProgress?: never; readonly uploadProgress?: never; readonly workflow?: never; }
  |  { readonly activity?: never; readonly agentDecision?: never; readonly agentStatus?: never; readonly alert?: never; readonly annotation?: never; readonly auditEvent?: never; readonly backup?: never; readonly decisionOutcome?: never; readonly event?: never; readonly fileValidated?: never; readonly host?: never; readonly kpi?: never; readonly metric?: never; readonly modelDeployed?: never; readonly modelReport?: never; readonly modelStatus?: never; readonly notification?: never; readonly predictions?: never; readonly rateLimitUsage?: never; readonly systemEvent: SystemEventInput; readonly trainingCompleted?: never; readonly trainingFailed?: never; readonly trainingProgress?: never; readonly uploadProgress?: never; readonly workflow?: never; }
  |  { readonly activity?: never; readonly agentDecision?: never; readonly agentStatus?: never; readonly alert?: never; readonly annotation?: never; readonly auditEvent?: never; readonly backup?: never; readonly decisionOutcome?: never; readonly event?: never; readonly fileValidated?: never; readonly host?: never; readonly kpi?: never; readonly metric?: never; readonly modelDeployed?: never; readonly modelReport?: never; readonly modelStatus?: never; readonly notification?: never; readonly predictions?: never; readonly rateLimitUsage?: never; readonly systemEvent?: never; readonly trainingCompleted: TrainingCompletedInput; readonly trainingFailed?: never; readonly trainingProgress?: never; readonly uploadProgress?: never; readonly workflow?: never; }
  |  { readonly activity?: never; readonly agentDecision?: never; readonly agentStatus?: never; readonly alert?: never; readonly annotation?: never; readonly auditEvent?: never; readonly backup?: never; readonly decisionOutcome?: never; readonly event?: never; readonly fileValidated?: never; readonly host?: never; readonly kpi?: never; readonly metric?: never; readonly modelDeployed?: never; readonly modelReport?: never; readonly modelStatus?: never; readonly notification?: never; readonly predictions?: never; readonly rateLimitUsage?: never; readonly systemEvent?: never; readonly trainingCompleted?: never; readonly trainingFailed: TrainingFailedInput; readonly trainingProgress?: never; readonly uploadProgress?: never; readonly workflow?: never; }
  |  { readonly activity?: never; readonly agentDecision?: never; readonly agentStatus?: never; readonly alert?: never; readonly annotation?: never; readonly auditEvent?: never; readonly backup?: never; readonly decisionOutcome?: never; readonly event?: never; readonly fileValidated?: never; readonly host?: never; readonly kpi?: never; readonly metric?: never; readonly modelDeployed?: never; readonly modelReport?: never; readonly modelStatus?: never; readonly notification?: never; readonly predictions?: never; readonly rateLimitUsage?: never; readonly systemEvent?: never; readonly trainingCompleted?: never; readonly trainingFailed?: never; readonly trainingProgress: TrainingProgressInput; readonly uploadProgress?: never; readonly workflow?: never; }
  |  { readonly activity?: never; readonly agentDecision?: never; readonly agentStatus?: never; readonly alert?: never; readonly annotation?: never; readonly auditEvent?: never; readonly backup?: never; readonly decisionOutcome?: never; readonly event?: never; readonly fileValidated?: never; readonly host?: never; readonly kpi?: never; readonly metric?: never; readonly modelDeployed?: never; readonly modelReport?: never; readonly modelStatus?: never; readonly notification?: never; readonly predictions?: never; readonly rateLimitUsage?: never; readonly systemEvent?: never; readonly trainingCompleted?: never; readonly trainingFailed?: never; readonly trainingProgress?: never; readonly uploadProgress: UploadProgressInput; readonly workflow?: never; }
  |  { readonly activity?: never; readonly agentDecision?: never; readonly agentStatus?: never; readonly alert?: never; readonly annotation?: never; readonly auditEvent?: never; readonly backup?: never; readonly decisionOutcome?: never; readonly event?: never; readonly fileValidated?: never; readonly host?: never; readonly kpi?: never; readonly metric?: never; readonly modelDeployed?: never; readonly modelReport?: never; readonly modelStatus?: never; readonly notification?: never; readonly predictions?: never; readonly rateLimitUsage?: never; readonly systemEvent?: never; readonly trainingCompleted?: never; readonly trainingFailed?: never; readonly trainingProgress?: never; readonly uploadProgress?: never; readonly workflow: WorkflowInput; };

export type EventKind =
  | 'ACTIVITY'
  | 'AGENT'
  | 'ALERT'
  | 'ALERT_RULE'
  | 'ANNOTATION'
  | 'AUDIT'
  | 'BACKUP'
  | 'CUSTOM'
  | 'FILE'
  | 'HOST'
  | 'JOB'
  | 'MODEL'
  | 'PROVIDER'
  | 'PROVIDER_LOG'
  | 'SILENCE'
  | 'SYSTEM'
  | 'TRAINING'
  | 'TRANSFER'
  | 'WORKFLOW';

export type EventLogFilter = {
  readonly subjects?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  readonly types?: InputMaybe<ReadonlyArray<EventKind>>;
};

export type ExpireSilenceInput = {
  readonly silenceId: Scalars['ID']['input'];
};

export type FileEventFilter = {
  readonly types?: InputMaybe<ReadonlyArray<FileEventType>>;
};

export type FileEventType =
  | 'FILE_VALIDATED'
  | 'UPLOAD_PROGRESSED';

export type FileValidatedInput = {
  readonly columnCount?: InputMaybe<Scalars['SafeInt']['input']>;
  readonly error?: InputMaybe<Scalars['String']['input']>;
  readonly filePath?: InputMaybe<Scalars['String']['input']>;
  readonly fileSizeBytes?: InputMaybe<Scalars['SafeInt']['input']>;
  readonly filename: Scalars['String']['input'];
  readonly key?: InputMaybe<Scalars['ID']['input']>;
  readonly occurredAt?: InputMaybe<Scalars['DateTime']['input']>;
  readonly rowCount?: InputMaybe<Scalars['SafeInt']['input']>;
  readonly status: FileValidationStatus;
  readonly summary?: InputMaybe<Scalars['String']['input']>;
  readonly targetColumn?: InputMaybe<Scalars['String']['input']>;
  readonly uploadId: Scalars['ID']['input'];
  readonly validationTimeMs?: InputMaybe<Scalars['Float']['input']>;
};

export type FileValidationStatus =
  | 'ERROR'
  | 'SUCCESS';

export type GpuInput = {
  readonly busyPercent?: InputMaybe<Scalars['Float']['input']>;
  readonly clockMhz?: InputMaybe<Scalars['Float']['input']>;
  readonly fanPercent?: InputMaybe<Scalars['Float']['input']>;
  readonly index: Scalars['Int']['input'];
  readonly memoryTotalBytes?: InputMaybe<Scalars['SafeInt']['input']>;
  readonly memoryUsedBytes?: InputMaybe<Scalars['SafeInt']['input']>;
  readonly name?: InputMaybe<Scalars['String']['input']>;
  readonly powerW?: InputMaybe<Scalars['Float']['input']>;
  readonly temperatureC?: InputMaybe<Scalars['Float']['input']>;
  readonly uuid?: InputMaybe<Scalars['String']['input']>;
};

export type HealthStatus =
  | 'DEGRADED'
  | 'HEALTHY'
  | 'UNHEALTHY';

export type HostFilter = {
  readonly hostIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  readonly search?: InputMaybe<Scalars['String']['input']>;
  readonly statuses?: InputMaybe<ReadonlyArray<HostStatus>>;
};

export type HostHealth =
  | 'CRITICAL'
  | 'HEALTHY'
  | 'OFFLINE'
  | 'WARNING';

export type HostInfoInput = {
  readonly arch: Scalars['String']['input'];
  readonly bootedAt?: InputMaybe<Scalars['DateTime']['input']>;
  readonly coreCount: Scalars['Int']['input'];
  readonly cpuModel?: InputMaybe<Scalars['String']['input']>;
  readonly hostname: Scalars['String']['input'];
  readonly kernel?: InputMaybe<Scalars['String']['input']>;
  readonly memoryTotalBytes?: InputMaybe<Scalars['SafeInt']['input']>;
  readonly os?: InputMaybe<Scalars['String']['input']>;
  readonly platform: Scalars['String']['input'];
};

export type HostInput = {
  readonly cpu: CpuInput;
  readonly disk: DiskInput;
  readonly gpus?: InputMaybe<ReadonlyArray<GpuInput>>;
  readonly gpusReason?: InputMaybe<Scalars['String']['input']>;
  readonly hostId: Scalars['ID']['input'];
  readonly info: HostInfoInput;
  readonly intervalMs?: InputMaybe<Scalars['Int']['input']>;
  readonly memory: MemoryInput;
  readonly network: NetworkInput;
  readonly sampledAt?: InputMaybe<Scalars['DateTime']['input']>;
  readonly temperature?: InputMaybe<TemperatureInput>;
  readonly uptimeMs?: InputMaybe<Scalars['Float']['input']>;
};

export type HostStatus =
  | 'OFFLINE'
  | 'ONLINE';

export type InstanceNews =
  | 'NOTIFICATIONS'
  | 'POLLING';

export type InstanceState =
  | 'DRAINING'
  | 'GONE'
  | 'READY'
  | 'STARTING';

export type InterveneInput = {
  readonly action: InterventionAction;
  readonly agentId: Scalars['ID']['input'];
  readonly parameters?: InputMaybe<Scalars['JSON']['input']>;
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

export type InterventionAction =
  | 'OVERRIDE'
  | 'PAUSE'
  | 'RESET'
  | 'RESUME';

export type InterventionFilter = {
  readonly actions?: InputMaybe<ReadonlyArray<InterventionAction>>;
  readonly actorId?: InputMaybe<Scalars['ID']['input']>;
  readonly agentId?: InputMaybe<Scalars['ID']['input']>;
  readonly since?: InputMaybe<Scalars['DateTime']['input']>;
  readonly until?: InputMaybe<Scalars['DateTime']['input']>;
};

export type JobEventFilter = {
  readonly types?: InputMaybe<ReadonlyArray<JobEventType>>;
};

export type JobEventType =
  | 'DISABLED'
  | 'ENABLED'
  | 'RUN_CANCELLED'
  | 'RUN_FINISHED';

export type JobOutcome =
  | 'ABORTED'
  | 'FAILED'
  | 'SUCCESS';

export type JobRunEventFilter = {
  readonly types?: InputMaybe<ReadonlyArray<JobEventType>>;
};

export type JobRunFilter = {
  readonly jobId?: InputMaybe<Scalars['ID']['input']>;
  readonly outcomes?: InputMaybe<ReadonlyArray<JobOutcome>>;
  readonly since?: InputMaybe<Scalars['DateTime']['input']>;
  readonly triggeredBy?: InputMaybe<Scalars['ID']['input']>;
  readonly until?: InputMaybe<Scalars['DateTime']['input']>;
};

export type JobRunOrder = {
  readonly direction: OrderDirection;
  readonly field: JobRunOrderField;
};

export type JobRunOrderField =
  | 'FINISHED_AT'
  | 'STARTED_AT';

export type JobTriggering =
  | 'ALREADY_RUNNING'
  | 'TRIGGERED';

export type KpiInput = {
  readonly agentCollaborationScore?: InputMaybe<Scalars['Float']['input']>;
  readonly inventoryTurnover?: InputMaybe<Scalars['Float']['input']>;
  readonly key?: InputMaybe<Scalars['ID']['input']>;
  readonly occurredAt?: InputMaybe<Scalars['DateTime']['input']>;
  readonly priceOptimizationScore?: InputMaybe<Scalars['Float']['input']>;
  readonly promotionEffectiveness?: InputMaybe<Scalars['Float']['input']>;
  readonly stockoutIncidentCount?: InputMaybe<Scalars['Int']['input']>;
  readonly totalProfit?: InputMaybe<Scalars['Float']['input']>;
  readonly totalRevenue?: InputMaybe<Scalars['Float']['input']>;
  readonly wasteReductionPercent?: InputMaybe<Scalars['Float']['input']>;
};

export type MarkNotificationsReadInput =
  { readonly notificationIds: ReadonlyArray<Scalars['ID']['input']>; readonly until?: never; }
  |  { readonly notificationIds?: never; readonly until: Scalars['DateTime']['input']; };

export type MemoryInput = {
  readonly availableBytes?: InputMaybe<Scalars['SafeInt']['input']>;
  readonly swapTotalBytes?: InputMaybe<Scalars['SafeInt']['input']>;
  readonly swapUsedBytes?: InputMaybe<Scalars['SafeInt']['input']>;
  readonly totalBytes?: InputMaybe<Scalars['SafeInt']['input']>;
  readonly usedBytes?: InputMaybe<Scalars['SafeInt']['input']>;
  readonly usedPercent?: InputMaybe<Scalars['Float']['input']>;
};

export type MetricAggregate =
  | 'AVG'
  | 'COUNT'
  | 'LAST'
  | 'MAX'
  | 'MIN'
  | 'RATE'
  | 'SUM';

export type MetricFilter = {
  readonly labels?: InputMaybe<Scalars['JSON']['input']>;
  readonly namePrefix?: InputMaybe<Scalars['String']['input']>;
  readonly names?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  readonly seriesIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  readonly text?: InputMaybe<Scalars['String']['input']>;
};

export type MetricInput = {
  readonly kind?: InputMaybe<MetricKind>;
  readonly labels?: InputMaybe<Scalars['JSON']['input']>;
  readonly name: Scalars['String']['input'];
  readonly sampledAt?: InputMaybe<Scalars['DateTime']['input']>;
  readonly unit?: InputMaybe<Scalars['String']['input']>;
  readonly value: Scalars['Float']['input'];
};

export type MetricKind =
  | 'COUNTER'
  | 'GAUGE';

export type ModelDeployedInput = {
  readonly accuracy?: InputMaybe<Scalars['Float']['input']>;
  readonly key?: InputMaybe<Scalars['ID']['input']>;
  readonly modelId: Scalars['ID']['input'];
  readonly modelName: Scalars['String']['input'];
  readonly modelSizeBytes?: InputMaybe<Scalars['SafeInt']['input']>;
  readonly modelVersion: Scalars['String']['input'];
  readonly occurredAt?: InputMaybe<Scalars['DateTime']['input']>;
};

export type ModelEventFilter = {
  readonly types?: InputMaybe<ReadonlyArray<ModelEventType>>;
};

export type ModelEventType =
  | 'MODEL_DEPLOYED'
  | 'MODEL_LOADED'
  | 'MODEL_REPORTED'
  | 'MODEL_STATUS_REPORTED'
  | 'MODEL_UNLOADED'
  | 'PREDICTIONS_REPORTED'
  | 'PREDICTION_VOLUME_CHANGED'
  | 'SERVER_RECOVERED'
  | 'SERVER_UNREACHABLE';

export type ModelReportInput = {
  readonly activeSessionCount?: InputMaybe<Scalars['Int']['input']>;
  readonly inferenceTimeMs?: InputMaybe<Scalars['Float']['input']>;
  readonly key?: InputMaybe<Scalars['ID']['input']>;
  readonly memoryTotalBytes?: InputMaybe<Scalars['SafeInt']['input']>;
  readonly memoryUsedBytes?: InputMaybe<Scalars['SafeInt']['input']>;
  readonly modelId: Scalars['ID']['input'];
  readonly modelName?: InputMaybe<Scalars['String']['input']>;
  readonly occurredAt?: InputMaybe<Scalars['DateTime']['input']>;
  readonly status?: InputMaybe<ModelStatus>;
  readonly tokensPerSecond?: InputMaybe<Scalars['Float']['input']>;
};

export type ModelServerError =
  | 'AUTHENTICATION_FAILED'
  | 'CONNECTION_REFUSED'
  | 'CONNECTION_TIMEOUT'
  | 'INVALID_RESPONSE'
  | 'RATE_LIMITED';

export type ModelServerKind =
  | 'OLLAMA'
  | 'OPENAI';

export type ModelStatus =
  | 'ERROR'
  | 'LOADED'
  | 'LOADING'
  | 'UNLOADED';

export type ModelStatusInput = {
  readonly accuracy?: InputMaybe<Scalars['Float']['input']>;
  readonly healthScore?: InputMaybe<Scalars['Float']['input']>;
  readonly key?: InputMaybe<Scalars['ID']['input']>;
  readonly lastPredictionAt?: InputMaybe<Scalars['DateTime']['input']>;
  readonly modelId: Scalars['ID']['input'];
  readonly occurredAt?: InputMaybe<Scalars['DateTime']['input']>;
  readonly operationalStatus: OperationalStatus;
};

export type NetworkInput = {
  readonly receiveErrorCount?: InputMaybe<Scalars['SafeInt']['input']>;
  readonly receivedBytes?: InputMaybe<Scalars['SafeInt']['input']>;
  readonly receivedPacketCount?: InputMaybe<Scalars['SafeInt']['input']>;
  readonly sendErrorCount?: InputMaybe<Scalars['SafeInt']['input']>;
  readonly sentBytes?: InputMaybe<Scalars['SafeInt']['input']>;
  readonly sentPacketCount?: InputMaybe<Scalars['SafeInt']['input']>;
};

export type NewsCarrier =
  | 'IPC'
  | 'POSTGRES'
  | 'REDIS';

export type NotificationButtonInput = {
  readonly label: Scalars['String']['input'];
  readonly url: Scalars['String']['input'];
};

export type NotificationCategory =
  | 'SYSTEM_ALERT'
  | 'USER_ACTION'
  | 'WORKFLOW_COMPLETE'
  | 'WORKFLOW_FAILED'
  | 'WORKFLOW_UPDATE';

export type NotificationFilter = {
  readonly read?: InputMaybe<Scalars['Boolean']['input']>;
};

export type NotificationInput = {
  readonly button?: InputMaybe<NotificationButtonInput>;
  readonly category: NotificationCategory;
  readonly key?: InputMaybe<Scalars['ID']['input']>;
  readonly message: Scalars['String']['input'];
  readonly metadata?: InputMaybe<Scalars['JSON']['input']>;
  readonly notificationId?: InputMaybe<Scalars['ID']['input']>;
  readonly occurredAt?: InputMaybe<Scalars['DateTime']['input']>;
  readonly priority: NotificationPriority;
  readonly title: Scalars['String']['input'];
  readonly userId?: InputMaybe<Scalars['ID']['input']>;
};

export type NotificationPriority =
  | 'CRITICAL'
  | 'HIGH'
  | 'LOW'
  | 'NORMAL';

export type OperationalStatus =
  | 'ACTIVE'
  | 'ERROR'
  | 'INACTIVE'
  | 'TRAINING';

export type OrderDirection =
  | 'ASC'
  | 'DESC';

export type PredictionsInput = {
  readonly avgResponseTimeMs?: InputMaybe<Scalars['Float']['input']>;
  readonly key?: InputMaybe<Scalars['ID']['input']>;
  readonly modelId: Scalars['ID']['input'];
  readonly occurredAt?: InputMaybe<Scalars['DateTime']['input']>;
  readonly predictionCount: Scalars['Int']['input'];
};

export type ProviderAttemptStatus =
  | 'FAILED'
  | 'RATE_LIMITED'
  | 'SUCCESS'
  | 'TIMEOUT';

export type ProviderBreakerState =
  | 'CLOSED'
  | 'HALF_OPEN'
  | 'OPEN';

export type ProviderEventFilter = {
  readonly types?: InputMaybe<ReadonlyArray<ProviderEventType>>;
};

export type ProviderEventType =
  | 'RATE_LIMIT_CROSSED'
  | 'RATE_LIMIT_USAGE_REPORTED'
  | 'STATUS_CHANGED';

export type ProviderFilter = {
  readonly category?: InputMaybe<Scalars['String']['input']>;
  readonly search?: InputMaybe<Scalars['String']['input']>;
  readonly statuses?: InputMaybe<ReadonlyArray<ProviderStatus>>;
};

export type ProviderLogEntryType =
  | 'COLLECTION'
  | 'CONNECTION'
  | 'FAILURE'
  | 'RATE_LIMIT';

export type ProviderLogFilter = {
  readonly providerName?: InputMaybe<Scalars['String']['input']>;
  readonly since?: InputMaybe<Scalars['DateTime']['input']>;
  readonly types?: InputMaybe<ReadonlyArray<ProviderLogEntryType>>;
  readonly until?: InputMaybe<Scalars['DateTime']['input']>;
};

export type ProviderRequestPurpose =
  | 'COLLECTION'
  | 'PROBE';

export type ProviderStatisticsFilter = {
  readonly since?: InputMaybe<Scalars['DateTime']['input']>;
  readonly until?: InputMaybe<Scalars['DateTime']['input']>;
};

export type ProviderStatus =
  | 'DEGRADED'
  | 'OFFLINE'
  | 'ONLINE'
  | 'UNKNOWN';

export type PublishInput = {
  readonly events: ReadonlyArray<EventInput>;
};

export type RateLimitStatus =
  | 'BLOCKED'
  | 'OK'
  | 'WARNING';

export type RateLimitType =
  | 'PER_DAY'
  | 'PER_HOUR'
  | 'PER_MINUTE';

export type RateLimitUsageInput = {
  readonly key?: InputMaybe<Scalars['ID']['input']>;
  readonly limitType: RateLimitType;
  readonly occurredAt?: InputMaybe<Scalars['DateTime']['input']>;
  readonly providerName: Scalars['String']['input'];
  readonly requestsMax: Scalars['Int']['input'];
  readonly resetAt: Scalars['DateTime']['input'];
  readonly usedRequestCount: Scalars['Int']['input'];
};

export type RenewTokenInput = {
  readonly token: Scalars['String']['input'];
};

export type ResolveAlertInput = {
  readonly alertId: Scalars['ID']['input'];
};

export type ResolveAlertsInput = {
  readonly alertIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  readonly filter?: InputMaybe<AlertFilter>;
};

export type RetryResult =
  | 'FAILED'
  | 'SUCCESS';

export type RevokeRoleInput = {
  readonly roleId: Scalars['ID']['input'];
  readonly subject: Scalars['ID']['input'];
};

export type RevokeTokenInput = {
  readonly tokenId: Scalars['ID']['input'];
};

export type RevokeTokensInput = {
  readonly subject: Scalars['ID']['input'];
};

export type RoleMemberFilter = {
  readonly roleId?: InputMaybe<Scalars['ID']['input']>;
  readonly since?: InputMaybe<Scalars['DateTime']['input']>;
  readonly subject?: InputMaybe<Scalars['ID']['input']>;
  readonly until?: InputMaybe<Scalars['DateTime']['input']>;
};

export type RotateWebhookSecretInput = {
  readonly webhookId: Scalars['ID']['input'];
};

export type SendChunkInput = {
  readonly checksum: Scalars['String']['input'];
  readonly chunkCount: Scalars['Int']['input'];
  readonly chunkData: Scalars['String']['input'];
  readonly chunkIndex: Scalars['Int']['input'];
  readonly dataId: Scalars['ID']['input'];
  readonly recipientId?: InputMaybe<Scalars['ID']['input']>;
  readonly sessionId?: InputMaybe<Scalars['ID']['input']>;
};

export type Severity =
  | 'CRITICAL'
  | 'ERROR'
  | 'INFO'
  | 'WARNING';

export type SilenceEventFilter = {
  readonly types?: InputMaybe<ReadonlyArray<SilenceEventType>>;
};

export type SilenceEventType =
  | 'CREATED'
  | 'ENDED'
  | 'UPDATED';

export type SilenceFilter = {
  readonly statuses?: InputMaybe<ReadonlyArray<SilenceStatus>>;
};

export type SilenceMatcherInput = {
  readonly agentIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  readonly alertTypes?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  readonly labels?: InputMaybe<Scalars['JSON']['input']>;
  readonly providerNames?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  readonly severities?: InputMaybe<ReadonlyArray<Severity>>;
  readonly sources?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  readonly subjects?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};

export type SilenceStatus =
  | 'ACTIVE'
  | 'ENDED';

export type SnoozeAlertsInput = {
  readonly alertIds: ReadonlyArray<Scalars['ID']['input']>;
  readonly endsAt: Scalars['DateTime']['input'];
  readonly reason: Scalars['String']['input'];
};

export type SystemEventInput = {
  readonly eventType: Scalars['String']['input'];
  readonly key?: InputMaybe<Scalars['ID']['input']>;
  readonly message: Scalars['String']['input'];
  readonly occurredAt?: InputMaybe<Scalars['DateTime']['input']>;
  readonly relatedAgentId?: InputMaybe<Scalars['ID']['input']>;
  readonly severity?: InputMaybe<Severity>;
  readonly source?: InputMaybe<Scalars['String']['input']>;
  readonly title: Scalars['String']['input'];
};

export type SystemHealth =
  | 'DEGRADED'
  | 'HEALTHY'
  | 'UNHEALTHY'
  | 'UNKNOWN';

export type TemperatureInput = {
  readonly cpuC?: InputMaybe<Scalars['Float']['input']>;
};

export type TestWebhookInput = {
  readonly webhookId: Scalars['ID']['input'];
};

export type TokenFilter = {
  readonly kinds?: InputMaybe<ReadonlyArray<TokenKind>>;
  readonly roleId?: InputMaybe<Scalars['ID']['input']>;
  readonly since?: InputMaybe<Scalars['DateTime']['input']>;
  readonly subject?: InputMaybe<Scalars['ID']['input']>;
  readonly until?: InputMaybe<Scalars['DateTime']['input']>;
};

export type TokenKind =
  | 'API'
  | 'SESSION';

export type TrainingCompletedInput = {
  readonly epochCount?: InputMaybe<Scalars['SafeInt']['input']>;
  readonly finalAccuracy?: InputMaybe<Scalars['Float']['input']>;
  readonly key?: InputMaybe<Scalars['ID']['input']>;
  readonly modelId?: InputMaybe<Scalars['ID']['input']>;
  readonly modelSizeBytes?: InputMaybe<Scalars['SafeInt']['input']>;
  readonly occurredAt?: InputMaybe<Scalars['DateTime']['input']>;
  readonly runId: Scalars['ID']['input'];
  readonly statusMessage?: InputMaybe<Scalars['String']['input']>;
  readonly trainingTimeMs?: InputMaybe<Scalars['Float']['input']>;
  readonly validationScore?: InputMaybe<Scalars['Float']['input']>;
};

export type TrainingEventFilter = {
  readonly types?: InputMaybe<ReadonlyArray<TrainingEventType>>;
};

export type TrainingEventType =
  | 'TRAINING_COMPLETED'
  | 'TRAINING_FAILED'
  | 'TRAINING_PROGRESSED';

export type TrainingFailedInput = {
  readonly error: Scalars['String']['input'];
  readonly errorCode?: InputMaybe<Scalars['String']['input']>;
  readonly failedAtPercent?: InputMaybe<Scalars['Float']['input']>;
  readonly key?: InputMaybe<Scalars['ID']['input']>;
  readonly modelId?: InputMaybe<Scalars['ID']['input']>;
  readonly occurredAt?: InputMaybe<Scalars['DateTime']['input']>;
  readonly runId: Scalars['ID']['input'];
  readonly stageFailed?: InputMaybe<TrainingStage>;
  readonly suggestions?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};

export type TrainingProgressInput = {
  readonly currentEpoch?: InputMaybe<Scalars['SafeInt']['input']>;
  readonly currentLoss?: InputMaybe<Scalars['Float']['input']>;
  readonly epochCount?: InputMaybe<Scalars['SafeInt']['input']>;
  readonly estimatedTimeRemainingMs?: InputMaybe<Scalars['Float']['input']>;
  readonly key?: InputMaybe<Scalars['ID']['input']>;
  readonly modelId?: InputMaybe<Scalars['ID']['input']>;
  readonly occurredAt?: InputMaybe<Scalars['DateTime']['input']>;
  readonly progressPercent: Scalars['Float']['input'];
  readonly runId: Scalars['ID']['input'];
  readonly stage: TrainingStage;
  readonly stageName?: InputMaybe<Scalars['String']['input']>;
  readonly statusMessage?: InputMaybe<Scalars['String']['input']>;
};

export type TrainingRunFilter = {
  readonly modelId?: InputMaybe<Scalars['ID']['input']>;
  readonly since?: InputMaybe<Scalars['DateTime']['input']>;
  readonly statuses?: InputMaybe<ReadonlyArray<TrainingStatus>>;
  readonly until?: InputMaybe<Scalars['DateTime']['input']>;
};

export type TrainingRunOrder = {
  readonly direction: OrderDirection;
  readonly field: TrainingRunOrderField;
};

export type TrainingRunOrderField =
  | 'STARTED_AT'
  | 'UPDATED_AT';

export type TrainingStage =
  | 'DATA_PREPARATION'
  | 'FEATURE_ENGINEERING'
  | 'FINALIZATION'
  | 'MODEL_TRAINING'
  | 'VALIDATION';

export type TrainingStatus =
  | 'COMPLETED'
  | 'FAILED'
  | 'RUNNING';

export type TransferFilter = {
  readonly dataId?: InputMaybe<Scalars['ID']['input']>;
  readonly senderId?: InputMaybe<Scalars['ID']['input']>;
  readonly since?: InputMaybe<Scalars['DateTime']['input']>;
  readonly until?: InputMaybe<Scalars['DateTime']['input']>;
};

export type TriggerJobInput = {
  readonly jobId: Scalars['ID']['input'];
};

export type UpdateAlertRuleInput = {
  readonly actions?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  readonly avgOverMs?: InputMaybe<Scalars['Int']['input']>;
  readonly clearMs?: InputMaybe<Scalars['Int']['input']>;
  readonly comparison?: InputMaybe<AlertComparison>;
  readonly field?: InputMaybe<Scalars['String']['input']>;
  readonly forMs?: InputMaybe<Scalars['Int']['input']>;
  readonly message?: InputMaybe<Scalars['String']['input']>;
  readonly metric?: InputMaybe<AlertRuleMetricInput>;
  readonly noDataMs?: InputMaybe<Scalars['Int']['input']>;
  readonly ruleId: Scalars['ID']['input'];
  readonly severity?: InputMaybe<Severity>;
  readonly threshold?: InputMaybe<Scalars['Float']['input']>;
  readonly title?: InputMaybe<Scalars['String']['input']>;
  readonly upTo?: InputMaybe<Scalars['Float']['input']>;
};

export type UpdateAnnotationInput = {
  readonly agentId?: InputMaybe<Scalars['ID']['input']>;
  readonly annotationId: Scalars['ID']['input'];
  readonly endsAt?: InputMaybe<Scalars['DateTime']['input']>;
  readonly hostId?: InputMaybe<Scalars['ID']['input']>;
  readonly metricName?: InputMaybe<Scalars['String']['input']>;
  readonly modelId?: InputMaybe<Scalars['ID']['input']>;
  readonly providerName?: InputMaybe<Scalars['String']['input']>;
  readonly startsAt?: InputMaybe<Scalars['DateTime']['input']>;
  readonly tags?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  readonly text?: InputMaybe<Scalars['String']['input']>;
};

export type UpdateSilenceInput = {
  readonly endsAt?: InputMaybe<Scalars['DateTime']['input']>;
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  readonly silenceId: Scalars['ID']['input'];
};

export type UpdateWebhookInput = {
  readonly alertTypes?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  readonly enabled?: InputMaybe<Scalars['Boolean']['input']>;
  readonly eventTypes?: InputMaybe<ReadonlyArray<WebhookEventType>>;
  readonly name?: InputMaybe<Scalars['String']['input']>;
  readonly severities?: InputMaybe<ReadonlyArray<Severity>>;
  readonly url?: InputMaybe<Scalars['String']['input']>;
  readonly webhookId: Scalars['ID']['input'];
};

export type UploadFilter = {
  readonly search?: InputMaybe<Scalars['String']['input']>;
  readonly since?: InputMaybe<Scalars['DateTime']['input']>;
  readonly until?: InputMaybe<Scalars['DateTime']['input']>;
  readonly validationStatuses?: InputMaybe<ReadonlyArray<FileValidationStatus>>;
};

export type UploadOrder = {
  readonly direction: OrderDirection;
  readonly field: UploadOrderField;
};

export type UploadOrderField =
  | 'STARTED_AT'
  | 'UPDATED_AT';

export type UploadProgressInput = {
  readonly filename: Scalars['String']['input'];
  readonly key?: InputMaybe<Scalars['ID']['input']>;
  readonly occurredAt?: InputMaybe<Scalars['DateTime']['input']>;
  readonly totalBytes: Scalars['SafeInt']['input'];
  readonly uploadId: Scalars['ID']['input'];
  readonly uploadedBytes: Scalars['SafeInt']['input'];
};

export type UpsertRoleInput = {
  readonly capabilities?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  readonly description?: InputMaybe<Scalars['String']['input']>;
  readonly name?: InputMaybe<Scalars['String']['input']>;
  readonly parentId?: InputMaybe<Scalars['ID']['input']>;
  readonly roleId: Scalars['ID']['input'];
  readonly trustLevel?: InputMaybe<Scalars['Float']['input']>;
};

export type UsageBasis =
  | 'HEADERS'
  | 'OWN'
  | 'REPORT';

export type WebhookDeliveryFilter = {
  readonly statuses?: InputMaybe<ReadonlyArray<WebhookDeliveryStatus>>;
  readonly webhookId?: InputMaybe<Scalars['ID']['input']>;
};

export type WebhookDeliveryStatus =
  | 'CANCELLED'
  | 'DELIVERED'
  | 'FAILED'
  | 'PENDING';

export type WebhookEventType =
  | 'ACKNOWLEDGED'
  | 'RAISED'
  | 'RESOLVED'
  | 'UNSILENCED';

export type WebhookFilter = {
  readonly createdBy?: InputMaybe<Scalars['ID']['input']>;
  readonly enabled?: InputMaybe<Scalars['Boolean']['input']>;
  readonly search?: InputMaybe<Scalars['String']['input']>;
  readonly since?: InputMaybe<Scalars['DateTime']['input']>;
  readonly until?: InputMaybe<Scalars['DateTime']['input']>;
};

export type WorkflowFilter = {
  readonly ownerUserId?: InputMaybe<Scalars['ID']['input']>;
  readonly since?: InputMaybe<Scalars['DateTime']['input']>;
  readonly statuses?: InputMaybe<ReadonlyArray<WorkflowStatus>>;
  readonly until?: InputMaybe<Scalars['DateTime']['input']>;
};

export type WorkflowInput = {
  readonly estimatedCompletionAt?: InputMaybe<Scalars['DateTime']['input']>;
  readonly key?: InputMaybe<Scalars['ID']['input']>;
  readonly occurredAt?: InputMaybe<Scalars['DateTime']['input']>;
  readonly ownerUserId?: InputMaybe<Scalars['ID']['input']>;
  readonly progressPercent: Scalars['Float']['input'];
  readonly stage: WorkflowStage;
  readonly status: WorkflowStatus;
  readonly statusMessage?: InputMaybe<Scalars['String']['input']>;
  readonly workflowId: Scalars['ID']['input'];
};

export type WorkflowOrder = {
  readonly direction: OrderDirection;
  readonly field: WorkflowOrderField;
};

export type WorkflowOrderField =
  | 'STARTED_AT'
  | 'UPDATED_AT';

export type WorkflowStage =
  | 'ARCHITECTURE_DESIGN'
  | 'COMPONENT_GENERATION'
  | 'REQUIREMENTS_ANALYSIS'
  | 'REVIEW'
  | 'VALIDATION';

export type WorkflowStatus =
  | 'CANCELLED'
  | 'COMPLETED'
  | 'FAILED'
  | 'IN_PROGRESS'
  | 'PENDING';

export type ArchmeshWorkflowEventsSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type ArchmeshWorkflowEventsSubscription = { readonly myWorkflowEvents: { readonly cursor: string, readonly occurredAt: string, readonly id: string, readonly workflow_id: string, readonly status: WorkflowStatus, readonly stage: WorkflowStage, readonly progress: number, readonly message: string | null, readonly estimated_completion: string | null } };

export type ArchmeshNotificationsSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type ArchmeshNotificationsSubscription = { readonly notificationEvents: { readonly cursor: string, readonly occurredAt: string, readonly title: string, readonly message: string, readonly category: NotificationCategory, readonly priority: NotificationPriority, readonly metadata: unknown, readonly id: string, readonly notification_id: string, readonly user_id: string | null, readonly action: { readonly label: string, readonly url: string } | null } };

export type ArchmeshDeliveriesSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type ArchmeshDeliveriesSubscription = { readonly transferDeliveryEvents: { readonly cursor: string, readonly transferId: string, readonly totalBytes: number, readonly id: string } };

export type ArchmeshDeliveryQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type ArchmeshDeliveryQuery = { readonly transferDelivery: { readonly cursor: string, readonly transferId: string, readonly totalBytes: number, readonly id: string } | null };

export type ArchmeshTransferChunkQueryVariables = Exact<{
  id: Scalars['ID']['input'];
  index: Scalars['Int']['input'];
  bytes: Scalars['Int']['input'];
}>;


export type ArchmeshTransferChunkQuery = { readonly transfer: { readonly chunk: string | null } | null };

export type ArchmeshSendChunkMutationVariables = Exact<{
  input: SendChunkInput;
}>;


export type ArchmeshSendChunkMutation = { readonly sendChunk: { readonly __typename: 'ChunkRefused', readonly message: string, readonly reason: ChunkRefusalReason } | { readonly __typename: 'InvalidInput', readonly message: string } | { readonly __typename: 'SendChunkSuccess', readonly chunk: { readonly dataId: string, readonly complete: boolean, readonly totalBytes: number | null } } };

export type ArchmeshCalledFragment = { readonly providers: ReadonlyArray<{ readonly breaker: ProviderBreakerState }> };

export type ArchmeshHealthQueryVariables = Exact<{ [key: string]: never; }>;


export type ArchmeshHealthQuery = { readonly config: { readonly uptimeMs: number }, readonly health: { readonly database: { readonly status: HealthStatus } }, readonly providers: ReadonlyArray<{ readonly breaker: ProviderBreakerState }> };

export type ArchmeshMetricsQueryVariables = Exact<{ [key: string]: never; }>;


export type ArchmeshMetricsQuery = { readonly providers: ReadonlyArray<{ readonly breaker: ProviderBreakerState }> };

export type AuraModelStatusSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type AuraModelStatusSubscription = { readonly modelStatus: { readonly updatedAt: string, readonly status: ModelStatus, readonly memoryUsedBytes: number | null, readonly memoryTotalBytes: number | null, readonly model_id: string, readonly model_name: string, readonly inference_time_ms: number | null, readonly tokens_per_second: number | null, readonly active_sessions: number | null } };

export type AuraModelEventsSubscriptionVariables = Exact<{
  types: InputMaybe<ReadonlyArray<ModelEventType> | ModelEventType>;
}>;


export type AuraModelEventsSubscription = { readonly modelEvents: { readonly __typename: 'ModelDeployed', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'ModelLoaded', readonly modelId: string, readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'ModelReported', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'ModelServerRecovered', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'ModelServerUnreachable', readonly probeError: ModelServerError | null, readonly errorMessage: string | null, readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'ModelStatusReported', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'ModelUnloaded', readonly modelId: string, readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'PredictionVolumeChanged', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'PredictionsReported', readonly cursor: string, readonly occurredAt: string } };

export type AuraModelServersQueryVariables = Exact<{ [key: string]: never; }>;


export type AuraModelServersQuery = { readonly modelServers: ReadonlyArray<{ readonly name: string, readonly errorCode: ModelServerError | null, readonly errorMessage: string | null, readonly lastProbeAt: string | null }> };

export type AuraModelsQueryVariables = Exact<{ [key: string]: never; }>;


export type AuraModelsQuery = { readonly models: ReadonlyArray<{ readonly status: ModelStatus, readonly memoryUsedBytes: number | null, readonly model_id: string, readonly model_name: string, readonly inference_time_ms: number | null, readonly active_sessions: number | null }> };

export type AuraSystemMetricsSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type AuraSystemMetricsSubscription = { readonly systemMetrics: { readonly sampledAt: string, readonly gpuAvailable: boolean, readonly cpu: { readonly percent: number | null, readonly cores: number, readonly frequency_mhz: number | null }, readonly memory: { readonly totalBytes: number | null, readonly availableBytes: number | null, readonly percent: number | null }, readonly disk: { readonly usedBytes: number | null, readonly totalBytes: number | null, readonly readBytesPerSecond: number | null, readonly writeBytesPerSecond: number | null, readonly percent: number | null }, readonly network: { readonly bytes_sent: number | null, readonly bytes_recv: number | null, readonly packets_sent: number | null, readonly packets_recv: number | null, readonly errors_in: number | null, readonly errors_out: number | null }, readonly gpu: { readonly name: string | null, readonly memoryUsedBytes: number | null, readonly memoryTotalBytes: number | null, readonly gpu_id: number, readonly percent: number | null, readonly temperature_c: number | null } | null, readonly temperature: { readonly cpu_c: number | null, readonly gpu_c: number | null } } };

export type AuraSystemNowQueryVariables = Exact<{ [key: string]: never; }>;


export type AuraSystemNowQuery = { readonly systemMetrics: { readonly sampledAt: string, readonly cpu: { readonly percent: number | null }, readonly memory: { readonly percent: number | null }, readonly disk: { readonly percent: number | null }, readonly network: { readonly bytes_sent: number | null, readonly bytes_recv: number | null } } | null };

export type AuraRoleHierarchySubscriptionVariables = Exact<{ [key: string]: never; }>;


export type AuraRoleHierarchySubscription = { readonly roleHierarchy: { readonly changedAt: string, readonly roles: ReadonlyArray<{ readonly description: string | null, readonly capabilities: ReadonlyArray<string>, readonly role_id: string, readonly role_name: string, readonly parent_role: string | null, readonly trust_level: number, readonly member_count: number }> } };

export type AuraAuditEventsSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type AuraAuditEventsSubscription = { readonly auditEvents: { readonly cursor: string, readonly occurredAt: string, readonly action: string, readonly status: string, readonly details: string | null, readonly event_id: string, readonly event_type: string, readonly actor_id: string, readonly target_id: string | null, readonly role: string | null } };

export type AuraRolesQueryVariables = Exact<{
  members: Scalars['Boolean']['input'];
  permissions: Scalars['Boolean']['input'];
}>;


export type AuraRolesQuery = { readonly roles: ReadonlyArray<{ readonly capabilities: ReadonlyArray<string>, readonly role_id: string, readonly role_name: string, readonly member_count: number, readonly members?: ReadonlyArray<string>, readonly permissions?: ReadonlyArray<{ readonly capability: string, readonly inherited: boolean, readonly source_role: string }> }> };

export type AuraAuditLogsQueryVariables = Exact<{
  first: Scalars['Int']['input'];
  offset: Scalars['Int']['input'];
  filter: InputMaybe<AuditFilter>;
}>;


export type AuraAuditLogsQuery = { readonly auditLogPage: { readonly totalCount: number, readonly entries: ReadonlyArray<{ readonly status: string, readonly event_id: string, readonly event_type: string, readonly actor_id: string, readonly timestamp: string }> } };

export type AuraDatabaseMetricsSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type AuraDatabaseMetricsSubscription = { readonly databaseMetrics: { readonly sampledAt: string, readonly connection: { readonly active_connections: number | null, readonly idle_connections: number | null, readonly max_connections: number | null, readonly connection_pool_utilization: number | null }, readonly performance: { readonly active_queries: number | null, readonly avg_query_time_ms: number | null, readonly slow_queries_count: number | null, readonly slow_query_threshold_ms: number, readonly query_cache_hit_rate: number | null }, readonly storage: { readonly databaseSizeBytes: number | null, readonly indexesSizeBytes: number | null, readonly tables: ReadonlyArray<{ readonly sizeBytes: number | null, readonly table_name: string, readonly row_count: number | null, readonly last_vacuum: string | null }> }, readonly health: { readonly status: DatabaseStatus, readonly replication_lag_ms: number | null, readonly backup_status: BackupStatus, readonly last_backup: string | null } } };

export type AuraDatabaseNowQueryVariables = Exact<{ [key: string]: never; }>;


export type AuraDatabaseNowQuery = { readonly databaseMetrics: { readonly connection: { readonly activeConnectionCount: number | null, readonly poolUsedRatio: number | null }, readonly performance: { readonly avgQueryTimeMs: number | null }, readonly health: { readonly status: DatabaseStatus, readonly replicationLagMs: number | null, readonly backupStatus: BackupStatus } } | null };

export type AuraConnectionsQueryVariables = Exact<{ [key: string]: never; }>;


export type AuraConnectionsQuery = { readonly connections: { readonly endpoints: ReadonlyArray<{ readonly dialect: string, readonly path: string, readonly open: number, readonly accepted: number, readonly refused: number, readonly reconnections: number }> } };

export type AutoopsAgentFragment = { readonly name: string, readonly status: AgentStatus, readonly agent_id: string, readonly current_activity: string | null, readonly last_decision_time: string | null, readonly decisions_count: number, readonly success_rate: number | null, readonly avg_response_time: number | null };

export type AutoopsMetricsFragment = { readonly total_revenue: number | null, readonly total_profit: number | null, readonly inventory_turnover: number | null, readonly stockout_incidents: number | null, readonly waste_reduction_percentage: number | null, readonly price_optimization_score: number | null, readonly promotion_effectiveness: number | null, readonly agent_collaboration_score: number | null, readonly decision_count: number, readonly response_time_avg: number | null };

export type AutoopsDashboardFragment = { readonly sampledAt: string, readonly activeAlertCount: number, readonly recentDecisionCount: number, readonly total_revenue: number | null, readonly total_profit: number | null, readonly inventory_turnover: number | null, readonly stockout_incidents: number | null, readonly waste_reduction_percentage: number | null, readonly price_optimization_score: number | null, readonly promotion_effectiveness: number | null, readonly agent_collaboration_score: number | null, readonly decision_count: number, readonly response_time_avg: number | null, readonly agents: ReadonlyArray<{ readonly name: string, readonly status: AgentStatus, readonly agent_id: string, readonly current_activity: string | null, readonly last_decision_time: string | null, readonly decisions_count: number, readonly success_rate: number | null, readonly avg_response_time: number | null }> };

export type AutoopsDashboardEverySubscriptionVariables = Exact<{
  everyMs: Scalars['Int']['input'];
}>;


export type AutoopsDashboardEverySubscription = { readonly kpis: { readonly sampledAt: string, readonly activeAlertCount: number, readonly recentDecisionCount: number, readonly total_revenue: number | null, readonly total_profit: number | null, readonly inventory_turnover: number | null, readonly stockout_incidents: number | null, readonly waste_reduction_percentage: number | null, readonly price_optimization_score: number | null, readonly promotion_effectiveness: number | null, readonly agent_collaboration_score: number | null, readonly decision_count: number, readonly response_time_avg: number | null, readonly agents: ReadonlyArray<{ readonly name: string, readonly status: AgentStatus, readonly agent_id: string, readonly current_activity: string | null, readonly last_decision_time: string | null, readonly decisions_count: number, readonly success_rate: number | null, readonly avg_response_time: number | null }> } };

export type AutoopsMetricsEverySubscriptionVariables = Exact<{
  everyMs: Scalars['Int']['input'];
}>;


export type AutoopsMetricsEverySubscription = { readonly kpis: { readonly sampledAt: string, readonly total_revenue: number | null, readonly total_profit: number | null, readonly inventory_turnover: number | null, readonly stockout_incidents: number | null, readonly waste_reduction_percentage: number | null, readonly price_optimization_score: number | null, readonly promotion_effectiveness: number | null, readonly agent_collaboration_score: number | null, readonly decision_count: number, readonly response_time_avg: number | null } };

export type AutoopsAgentEverySubscriptionVariables = Exact<{
  agentId: Scalars['ID']['input'];
  everyMs: Scalars['Int']['input'];
}>;


export type AutoopsAgentEverySubscription = { readonly agentStatus: { readonly name: string, readonly status: AgentStatus, readonly agent_id: string, readonly current_activity: string | null, readonly last_decision_time: string | null, readonly decisions_count: number, readonly success_rate: number | null, readonly avg_response_time: number | null } };

export type AutoopsEventsSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type AutoopsEventsSubscription = { readonly events: { readonly __typename: 'ActivityEvent', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'AgentDecided', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'AgentIntervened', readonly cursor: string, readonly occurredAt: string, readonly intervention_id: string, readonly intervention: { readonly action: InterventionAction, readonly parameters: unknown, readonly reason: string | null, readonly agent_id: string, readonly previous_status: AgentStatus, readonly new_status: AgentStatus } } | { readonly __typename: 'AgentReported', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'AlertAcknowledged', readonly cursor: string, readonly occurredAt: string, readonly alert: { readonly severity: Severity, readonly title: string, readonly message: string, readonly source: string, readonly agent_id: string | null } } | { readonly __typename: 'AlertRaised', readonly cursor: string, readonly occurredAt: string, readonly alert: { readonly severity: Severity, readonly title: string, readonly message: string, readonly source: string, readonly agent_id: string | null } } | { readonly __typename: 'AlertResolved', readonly cursor: string, readonly occurredAt: string, readonly alert: { readonly severity: Severity, readonly title: string, readonly message: string, readonly source: string, readonly agent_id: string | null } } | { readonly __typename: 'AlertRuleCreated', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'AlertRuleDeleted', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'AlertRuleUpdated', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'AlertSilenced', readonly cursor: string, readonly occurredAt: string, readonly alert: { readonly severity: Severity, readonly title: string, readonly message: string, readonly source: string, readonly agent_id: string | null } } | { readonly __typename: 'AlertUnsilenced', readonly cursor: string, readonly occurredAt: string, readonly alert: { readonly severity: Severity, readonly title: string, readonly message: string, readonly source: string, readonly agent_id: string | null } } | { readonly __typename: 'AnnotationCreated', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'AnnotationDeleted', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'AnnotationUpdated', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'AuditEvent', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'BackupEvent', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'CollectionLogged', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'ConnectionLogged', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'CustomEvent', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'DecisionOutcomeKnown', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'FailureLogged', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'FileValidated', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'HostEvent', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'JobDisabled', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'JobEnabled', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'JobRunCancelled', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'JobRunFinished', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'KpisReported', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'ModelDeployed', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'ModelLoaded', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'ModelReported', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'ModelServerRecovered', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'ModelServerUnreachable', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'ModelStatusReported', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'ModelUnloaded', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'Notification', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'NotificationReadEvent', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'PredictionVolumeChanged', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'PredictionsReported', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'ProviderStatusChanged', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'RateLimitCrossed', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'RateLimitLogged', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'RateLimitUsageReported', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'SilenceCreated', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'SilenceEnded', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'SilenceUpdated', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'SystemEvent', readonly severity: Severity, readonly title: string, readonly message: string, readonly source: string, readonly cursor: string, readonly occurredAt: string, readonly event_type: string, readonly agent_id: string | null } | { readonly __typename: 'TrainingCompleted', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'TrainingFailed', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'TrainingProgressed', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'TransferDelivery', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'TransferEvent', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'UploadProgressed', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'WorkflowEvent', readonly cursor: string, readonly occurredAt: string } };

export type AutoopsAgentsQueryVariables = Exact<{ [key: string]: never; }>;


export type AutoopsAgentsQuery = { readonly agents: ReadonlyArray<{ readonly name: string, readonly status: AgentStatus, readonly agent_id: string, readonly current_activity: string | null, readonly last_decision_time: string | null, readonly decisions_count: number, readonly success_rate: number | null, readonly avg_response_time: number | null }> };

export type AutoopsDashboardNowQueryVariables = Exact<{ [key: string]: never; }>;


export type AutoopsDashboardNowQuery = { readonly kpis: { readonly sampledAt: string, readonly activeAlertCount: number, readonly recentDecisionCount: number, readonly total_revenue: number | null, readonly total_profit: number | null, readonly inventory_turnover: number | null, readonly stockout_incidents: number | null, readonly waste_reduction_percentage: number | null, readonly price_optimization_score: number | null, readonly promotion_effectiveness: number | null, readonly agent_collaboration_score: number | null, readonly decision_count: number, readonly response_time_avg: number | null, readonly agents: ReadonlyArray<{ readonly name: string, readonly status: AgentStatus, readonly agent_id: string, readonly current_activity: string | null, readonly last_decision_time: string | null, readonly decisions_count: number, readonly success_rate: number | null, readonly avg_response_time: number | null }> } };

export type AutoopsDecisionsQueryVariables = Exact<{
  first: Scalars['Int']['input'];
  agentId: InputMaybe<Scalars['ID']['input']>;
}>;


export type AutoopsDecisionsQuery = { readonly decisions: { readonly edges: ReadonlyArray<{ readonly node: { readonly parameters: unknown, readonly rationale: string | null, readonly success: boolean | null, readonly decision_id: string, readonly agent_id: string, readonly timestamp: string, readonly action_type: string, readonly expected_outcome: unknown, readonly confidence_score: number | null, readonly response_time: number | null } }> } };

export type AutoopsAlertsQueryVariables = Exact<{ [key: string]: never; }>;


export type AutoopsAlertsQuery = { readonly activeAlerts: ReadonlyArray<{ readonly severity: Severity, readonly title: string, readonly message: string, readonly source: string, readonly id: string, readonly timestamp: string, readonly agent_id: string | null, readonly auto_dismiss: boolean }> };

export type AutoopsInterveneMutationVariables = Exact<{
  input: InterveneInput;
}>;


export type AutoopsInterveneMutation = { readonly intervene: { readonly __typename: 'InterveneSuccess', readonly intervention: { readonly message: string, readonly action: InterventionAction, readonly agent_id: string, readonly intervention_id: string, readonly status: AgentStatus, readonly timestamp: string } } | { readonly __typename: 'InvalidInput', readonly message: string, readonly field: string } | { readonly __typename: 'NotFound', readonly message: string } };

export type CryptoAdvertisedFragment = { readonly advertised: { readonly host: string, readonly port: number, readonly protocol: string, readonly url: string } };

type CryptoSummary_ProviderMetrics_Fragment = { readonly total_providers: number, readonly online_count: number, readonly degraded_count: number, readonly offline_count: number, readonly avg_response_time_ms: number | null, readonly total_requests_hour: number, readonly total_failures_hour: number, readonly system_health: SystemHealth };

type CryptoSummary_ProviderSummary_Fragment = { readonly total_providers: number, readonly online_count: number, readonly degraded_count: number, readonly offline_count: number, readonly avg_response_time_ms: number | null, readonly total_requests_hour: number, readonly total_failures_hour: number, readonly system_health: SystemHealth };

export type CryptoSummaryFragment = CryptoSummary_ProviderMetrics_Fragment | CryptoSummary_ProviderSummary_Fragment;

export type CryptoProviderFragment = { readonly name: string, readonly category: string, readonly status: ProviderStatus, readonly id: number, readonly endpoint_url: string, readonly response_time_ms: number | null, readonly last_check: string | null, readonly requires_key: boolean, readonly has_key: boolean, readonly api_key_masked: string | null, readonly timeout_ms: number, readonly priority_tier: number, readonly rate_limit: { readonly limit_type: RateLimitType, readonly limit_value: number, readonly current_usage: number, readonly percentage: number } | null };

export type CryptoConfigurationFragment = { readonly category: string, readonly requiresKey: boolean, readonly hasKey: boolean, readonly priorityTier: number, readonly rateLimit: { readonly limitType: RateLimitType } | null };

export type CryptoLimitFragment = { readonly status: RateLimitStatus, readonly provider: string, readonly limit_type: RateLimitType, readonly limit_value: number, readonly current_usage: number, readonly percentage: number, readonly reset_time: string, readonly reset_in_seconds: number, readonly last_request_time: string | null };

type CryptoLogRow_CollectionLogged_Fragment = { readonly __typename: 'CollectionLogged', readonly id: string, readonly timestamp: string, readonly provider: string, readonly provider_id: number, readonly collection: { readonly category: string, readonly scheduled_time: string, readonly actual_fetch_time: string, readonly record_count: number, readonly payload_size_bytes: number, readonly data_quality_score: number | null, readonly on_schedule: boolean } };

type CryptoLogRow_ConnectionLogged_Fragment = { readonly __typename: 'ConnectionLogged', readonly id: string, readonly timestamp: string, readonly provider: string, readonly provider_id: number, readonly connection: { readonly endpoint: string, readonly status: ProviderAttemptStatus, readonly response_time_ms: number | null, readonly http_status_code: number | null, readonly error_type: string | null, readonly error_message: string | null } };

type CryptoLogRow_FailureLogged_Fragment = { readonly __typename: 'FailureLogged', readonly id: string, readonly timestamp: string, readonly provider: string, readonly provider_id: number, readonly failure: { readonly endpoint: string, readonly error_type: string, readonly error_message: string, readonly http_status: number | null, readonly retry_attempted: boolean, readonly retry_result: RetryResult | null } };

type CryptoLogRow_RateLimitLogged_Fragment = { readonly __typename: 'RateLimitLogged', readonly id: string, readonly timestamp: string, readonly provider: string, readonly provider_id: number, readonly rateLimit: { readonly limit_type: RateLimitType, readonly limit_value: number, readonly current_usage: number, readonly percentage: number, readonly reset_time: string } };

export type CryptoLogRowFragment = CryptoLogRow_CollectionLogged_Fragment | CryptoLogRow_ConnectionLogged_Fragment | CryptoLogRow_FailureLogged_Fragment | CryptoLogRow_RateLimitLogged_Fragment;

export type CryptoAlertFragment = { readonly severity: Severity, readonly title: string, readonly message: string, readonly id: number, readonly timestamp: string, readonly provider: string | null, readonly alert_type: string, readonly acknowledged: string | null, readonly acknowledged_at: string | null, readonly resolved_at: string | null };

export type CryptoSocketsFragment = { readonly endpoints: ReadonlyArray<{ readonly path: string, readonly open: number }> };

export type CryptoStatusEverySubscriptionVariables = Exact<{
  everyMs: Scalars['Int']['input'];
}>;


export type CryptoStatusEverySubscription = { readonly monitorStatus: { readonly sampledAt: string, readonly unacknowledgedAlertCount: number | null, readonly providers: { readonly total_providers: number, readonly online_count: number, readonly degraded_count: number, readonly offline_count: number, readonly avg_response_time_ms: number | null, readonly total_requests_hour: number, readonly total_failures_hour: number, readonly system_health: SystemHealth } | null, readonly connections: { readonly endpoints: ReadonlyArray<{ readonly path: string, readonly open: number }> } } };

export type CryptoEventsSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type CryptoEventsSubscription = { readonly events: { readonly __typename: 'ActivityEvent', readonly cursor: string, readonly timestamp: string } | { readonly __typename: 'AgentDecided', readonly cursor: string, readonly timestamp: string } | { readonly __typename: 'AgentIntervened', readonly cursor: string, readonly timestamp: string } | { readonly __typename: 'AgentReported', readonly cursor: string, readonly timestamp: string } | { readonly __typename: 'AlertAcknowledged', readonly cursor: string, readonly timestamp: string } | { readonly __typename: 'AlertRaised', readonly cursor: string, readonly timestamp: string } | { readonly __typename: 'AlertResolved', readonly cursor: string, readonly timestamp: string } | { readonly __typename: 'AlertRuleCreated', readonly cursor: string, readonly timestamp: string } | { readonly __typename: 'AlertRuleDeleted', readonly cursor: string, readonly timestamp: string } | { readonly __typename: 'AlertRuleUpdated', readonly cursor: string, readonly timestamp: string } | { readonly __typename: 'AlertSilenced', readonly cursor: string, readonly timestamp: string } | { readonly __typename: 'AlertUnsilenced', readonly cursor: string, readonly timestamp: string } | { readonly __typename: 'AnnotationCreated', readonly cursor: string, readonly timestamp: string } | { readonly __typename: 'AnnotationDeleted', readonly cursor: string, readonly timestamp: string } | { readonly __typename: 'AnnotationUpdated', readonly cursor: string, readonly timestamp: string } | { readonly __typename: 'AuditEvent', readonly cursor: string, readonly timestamp: string } | { readonly __typename: 'BackupEvent', readonly cursor: string, readonly timestamp: string } | { readonly __typename: 'CollectionLogged', readonly cursor: string, readonly timestamp: string, readonly id: string, readonly provider: string, readonly provider_id: number, readonly collection: { readonly category: string, readonly scheduled_time: string, readonly actual_fetch_time: string, readonly record_count: number, readonly payload_size_bytes: number, readonly data_quality_score: number | null, readonly on_schedule: boolean } } | { readonly __typename: 'ConnectionLogged', readonly cursor: string, readonly timestamp: string, readonly id: string, readonly provider: string, readonly provider_id: number, readonly connection: { readonly endpoint: string, readonly status: ProviderAttemptStatus, readonly response_time_ms: number | null, readonly http_status_code: number | null, readonly error_type: string | null, readonly error_message: string | null } } | { readonly __typename: 'CustomEvent', readonly cursor: string, readonly timestamp: string } | { readonly __typename: 'DecisionOutcomeKnown', readonly cursor: string, readonly timestamp: string } | { readonly __typename: 'FailureLogged', readonly cursor: string, readonly timestamp: string, readonly id: string, readonly provider: string, readonly provider_id: number, readonly failure: { readonly endpoint: string, readonly error_type: string, readonly error_message: string, readonly http_status: number | null, readonly retry_attempted: boolean, readonly retry_result: RetryResult | null } } | { readonly __typename: 'FileValidated', readonly cursor: string, readonly timestamp: string } | { readonly __typename: 'HostEvent', readonly cursor: string, readonly timestamp: string } | { readonly __typename: 'JobDisabled', readonly cursor: string, readonly timestamp: string } | { readonly __typename: 'JobEnabled', readonly cursor: string, readonly timestamp: string } | { readonly __typename: 'JobRunCancelled', readonly cursor: string, readonly timestamp: string } | { readonly __typename: 'JobRunFinished', readonly cursor: string, readonly timestamp: string } | { readonly __typename: 'KpisReported', readonly cursor: string, readonly timestamp: string } | { readonly __typename: 'ModelDeployed', readonly cursor: string, readonly timestamp: string } | { readonly __typename: 'ModelLoaded', readonly cursor: string, readonly timestamp: string } | { readonly __typename: 'ModelReported', readonly cursor: string, readonly timestamp: string } | { readonly __typename: 'ModelServerRecovered', readonly cursor: string, readonly timestamp: string } | { readonly __typename: 'ModelServerUnreachable', readonly cursor: string, readonly timestamp: string } | { readonly __typename: 'ModelStatusReported', readonly cursor: string, readonly timestamp: string } | { readonly __typename: 'ModelUnloaded', readonly cursor: string, readonly timestamp: string } | { readonly __typename: 'Notification', readonly cursor: string, readonly timestamp: string } | { readonly __typename: 'NotificationReadEvent', readonly cursor: string, readonly timestamp: string } | { readonly __typename: 'PredictionVolumeChanged', readonly cursor: string, readonly timestamp: string } | { readonly __typename: 'PredictionsReported', readonly cursor: string, readonly timestamp: string } | { readonly __typename: 'ProviderStatusChanged', readonly cursor: string, readonly provider: string, readonly old_status: ProviderStatus, readonly new_status: ProviderStatus, readonly response_time_ms: number | null, readonly http_status_code: number | null, readonly error_message: string | null, readonly timestamp: string } | { readonly __typename: 'RateLimitCrossed', readonly severity: Severity, readonly cursor: string, readonly provider: string, readonly percentage: number, readonly limit_type: RateLimitType, readonly limit_value: number, readonly current_usage: number, readonly reset_time: string, readonly timestamp: string } | { readonly __typename: 'RateLimitLogged', readonly cursor: string, readonly timestamp: string, readonly id: string, readonly provider: string, readonly provider_id: number, readonly rateLimit: { readonly limit_type: RateLimitType, readonly limit_value: number, readonly current_usage: number, readonly percentage: number, readonly reset_time: string } } | { readonly __typename: 'RateLimitUsageReported', readonly cursor: string, readonly timestamp: string } | { readonly __typename: 'SilenceCreated', readonly cursor: string, readonly timestamp: string } | { readonly __typename: 'SilenceEnded', readonly cursor: string, readonly timestamp: string } | { readonly __typename: 'SilenceUpdated', readonly cursor: string, readonly timestamp: string } | { readonly __typename: 'SystemEvent', readonly cursor: string, readonly timestamp: string } | { readonly __typename: 'TrainingCompleted', readonly cursor: string, readonly timestamp: string } | { readonly __typename: 'TrainingFailed', readonly cursor: string, readonly timestamp: string } | { readonly __typename: 'TrainingProgressed', readonly cursor: string, readonly timestamp: string } | { readonly __typename: 'TransferDelivery', readonly cursor: string, readonly timestamp: string } | { readonly __typename: 'TransferEvent', readonly cursor: string, readonly timestamp: string } | { readonly __typename: 'UploadProgressed', readonly cursor: string, readonly timestamp: string } | { readonly __typename: 'WorkflowEvent', readonly cursor: string, readonly timestamp: string } };

export type CryptoRootQueryVariables = Exact<{ [key: string]: never; }>;


export type CryptoRootQuery = { readonly config: { readonly name: string, readonly version: string, readonly advertised: { readonly host: string, readonly port: number, readonly protocol: string, readonly url: string } } };

export type CryptoHealthQueryVariables = Exact<{ [key: string]: never; }>;


export type CryptoHealthQuery = { readonly health: { readonly status: HealthStatus, readonly checkedAt: string, readonly live: boolean, readonly ready: boolean, readonly database: { readonly status: HealthStatus, readonly writable: boolean, readonly faults: ReadonlyArray<DatabaseFault>, readonly notifications: DatabaseNotifications, readonly clock_ahead_ms: number | null }, readonly scheduler: { readonly running: boolean } }, readonly providerSummary: { readonly systemHealth: SystemHealth, readonly total: number, readonly online: number, readonly degraded: number, readonly offline: number } | null, readonly connections: { readonly endpoints: ReadonlyArray<{ readonly path: string, readonly open: number }> } };

export type CryptoInfoQueryVariables = Exact<{ [key: string]: never; }>;


export type CryptoInfoQuery = { readonly config: { readonly name: string, readonly version: string, readonly environment: string, readonly uptimeMs: number, readonly features: ReadonlyArray<{ readonly name: string, readonly enabled: boolean }>, readonly realtime: { readonly reconnect_attempts: number, readonly reconnect_delay_ms: number, readonly reconnect_max_delay_ms: number, readonly backoff_multiplier: number, readonly ping_interval_ms: number, readonly pong_timeout_ms: number, readonly message_buffer_size: number }, readonly listeners: ReadonlyArray<{ readonly name: string, readonly url: string }>, readonly advertised: { readonly host: string, readonly port: number, readonly protocol: string, readonly url: string } }, readonly health: { readonly live: boolean, readonly checkedAt: string, readonly database: { readonly status: HealthStatus, readonly sizeBytes: number | null }, readonly scheduler: { readonly running: boolean, readonly jobs: ReadonlyArray<string> } }, readonly providers: ReadonlyArray<{ readonly category: string, readonly requiresKey: boolean, readonly hasKey: boolean, readonly priorityTier: number, readonly rateLimit: { readonly limitType: RateLimitType } | null }>, readonly connections: { readonly endpoints: ReadonlyArray<{ readonly path: string, readonly open: number }> } };

export type CryptoSocketStatsQueryVariables = Exact<{ [key: string]: never; }>;


export type CryptoSocketStatsQuery = { readonly health: { readonly live: boolean }, readonly connections: { readonly endpoints: ReadonlyArray<{ readonly path: string, readonly open: number, readonly accepted: number }>, readonly sockets: ReadonlyArray<{ readonly path: string, readonly id: string, readonly connected_at: string, readonly last_ping: string | null, readonly messages_sent: number }> } };

export type CryptoProvidersQueryVariables = Exact<{
  category: InputMaybe<Scalars['String']['input']>;
  search: InputMaybe<Scalars['String']['input']>;
}>;


export type CryptoProvidersQuery = { readonly providers: ReadonlyArray<{ readonly name: string, readonly category: string, readonly status: ProviderStatus, readonly id: number, readonly endpoint_url: string, readonly response_time_ms: number | null, readonly last_check: string | null, readonly requires_key: boolean, readonly has_key: boolean, readonly api_key_masked: string | null, readonly timeout_ms: number, readonly priority_tier: number, readonly rate_limit: { readonly limit_type: RateLimitType, readonly limit_value: number, readonly current_usage: number, readonly percentage: number } | null }> };

export type CryptoProviderByNameQueryVariables = Exact<{
  name: Scalars['String']['input'];
}>;


export type CryptoProviderByNameQuery = { readonly provider: { readonly name: string, readonly category: string, readonly status: ProviderStatus, readonly id: number, readonly endpoint_url: string, readonly response_time_ms: number | null, readonly last_check: string | null, readonly requires_key: boolean, readonly has_key: boolean, readonly api_key_masked: string | null, readonly timeout_ms: number, readonly priority_tier: number, readonly rate_limit: { readonly limit_type: RateLimitType, readonly limit_value: number, readonly current_usage: number, readonly percentage: number } | null } | null };

export type CryptoProviderStatsQueryVariables = Exact<{
  name: Scalars['String']['input'];
  since: Scalars['DateTime']['input'];
}>;


export type CryptoProviderStatsQuery = { readonly provider: { readonly provider_name: string, readonly provider_id: number, readonly stats: { readonly total_attempts: number, readonly successful: number, readonly failed: number, readonly timeout: number, readonly rate_limited: number, readonly success_rate: number | null, readonly avg_response_time_ms: number | null, readonly total_collections: number, readonly total_records: number, readonly total_bytes: number, readonly avg_quality_score: number | null, readonly avg_staleness_minutes: number | null, readonly failure_count: number } } | null };

export type CryptoStatusQueryVariables = Exact<{ [key: string]: never; }>;


export type CryptoStatusQuery = { readonly providerSummary: { readonly total_apis: number, readonly online: number, readonly degraded: number, readonly offline: number, readonly avg_response_time_ms: number | null, readonly last_update: string | null, readonly system_health: SystemHealth } | null };

export type CryptoHistoryQueryVariables = Exact<{
  since: Scalars['DateTime']['input'];
  limit: Scalars['Int']['input'];
}>;


export type CryptoHistoryQuery = { readonly providerStatisticsLog: { readonly totalCount: number, readonly edges: ReadonlyArray<{ readonly node: { readonly timestamp: string, readonly total_providers: number, readonly online_count: number, readonly degraded_count: number, readonly offline_count: number, readonly avg_response_time_ms: number | null, readonly total_requests_hour: number, readonly total_failures_hour: number, readonly system_health: SystemHealth } }> } };

export type CryptoRateLimitsQueryVariables = Exact<{ [key: string]: never; }>;


export type CryptoRateLimitsQuery = { readonly rateLimits: ReadonlyArray<{ readonly status: RateLimitStatus, readonly provider: string, readonly limit_type: RateLimitType, readonly limit_value: number, readonly current_usage: number, readonly percentage: number, readonly reset_time: string, readonly reset_in_seconds: number, readonly last_request_time: string | null }> };

export type CryptoRateLimitQueryVariables = Exact<{
  name: Scalars['String']['input'];
}>;


export type CryptoRateLimitQuery = { readonly provider: { readonly rateLimit: { readonly status: RateLimitStatus, readonly provider: string, readonly limit_type: RateLimitType, readonly limit_value: number, readonly current_usage: number, readonly percentage: number, readonly reset_time: string, readonly reset_in_seconds: number, readonly last_request_time: string | null } | null } | null };

export type CryptoLogsQueryVariables = Exact<{
  type: ProviderLogEntryType;
  provider: InputMaybe<Scalars['String']['input']>;
  since: Scalars['DateTime']['input'];
  first: Scalars['Int']['input'];
}>;


export type CryptoLogsQuery = { readonly logEntries: { readonly totalCount: number, readonly edges: ReadonlyArray<{ readonly node: { readonly __typename: 'CollectionLogged', readonly id: string, readonly timestamp: string, readonly provider: string, readonly provider_id: number, readonly collection: { readonly category: string, readonly scheduled_time: string, readonly actual_fetch_time: string, readonly record_count: number, readonly payload_size_bytes: number, readonly data_quality_score: number | null, readonly on_schedule: boolean } } | { readonly __typename: 'ConnectionLogged', readonly id: string, readonly timestamp: string, readonly provider: string, readonly provider_id: number, readonly connection: { readonly endpoint: string, readonly status: ProviderAttemptStatus, readonly response_time_ms: number | null, readonly http_status_code: number | null, readonly error_type: string | null, readonly error_message: string | null } } | { readonly __typename: 'FailureLogged', readonly id: string, readonly timestamp: string, readonly provider: string, readonly provider_id: number, readonly failure: { readonly endpoint: string, readonly error_type: string, readonly error_message: string, readonly http_status: number | null, readonly retry_attempted: boolean, readonly retry_result: RetryResult | null } } | { readonly __typename: 'RateLimitLogged', readonly id: string, readonly timestamp: string, readonly provider: string, readonly provider_id: number, readonly rateLimit: { readonly limit_type: RateLimitType, readonly limit_value: number, readonly current_usage: number, readonly percentage: number, readonly reset_time: string } } }> } };

export type CryptoFailuresQueryVariables = Exact<{
  since: Scalars['DateTime']['input'];
}>;


export type CryptoFailuresQuery = { readonly failureAnalysis: { readonly total_failures: number, readonly total_retries: number, readonly successful_retries: number, readonly retry_success_rate: number | null, readonly failures_by_error_type: ReadonlyArray<{ readonly error_type: string, readonly count: number }>, readonly top_failing_providers: ReadonlyArray<{ readonly provider: string, readonly failure_count: number }> } };

export type CryptoConfigQueryVariables = Exact<{ [key: string]: never; }>;


export type CryptoConfigQuery = { readonly providers: ReadonlyArray<{ readonly category: string, readonly requiresKey: boolean, readonly hasKey: boolean, readonly priorityTier: number, readonly rateLimit: { readonly limitType: RateLimitType } | null }> };

export type CryptoAlertsQueryVariables = Exact<{
  filter: AlertFilter;
  first: Scalars['Int']['input'];
}>;


export type CryptoAlertsQuery = { readonly alerts: { readonly edges: ReadonlyArray<{ readonly node: { readonly severity: Severity, readonly title: string, readonly message: string, readonly id: number, readonly timestamp: string, readonly provider: string | null, readonly alert_type: string, readonly acknowledged: string | null, readonly acknowledged_at: string | null, readonly resolved_at: string | null } }> } };

export type CryptoAcknowledgeMutationVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type CryptoAcknowledgeMutation = { readonly acknowledgeAlert: { readonly __typename: 'AcknowledgeAlertSuccess', readonly changed: boolean, readonly alert: { readonly severity: Severity, readonly title: string, readonly message: string, readonly id: number, readonly timestamp: string, readonly provider: string | null, readonly alert_type: string, readonly acknowledged: string | null, readonly acknowledged_at: string | null, readonly resolved_at: string | null } } | { readonly __typename: 'NotFound', readonly message: string } };

export type CryptoSchedulerQueryVariables = Exact<{ [key: string]: never; }>;


export type CryptoSchedulerQuery = { readonly health: { readonly scheduler: { readonly running: boolean } }, readonly jobs: ReadonlyArray<{ readonly name: string, readonly trigger: string, readonly running: boolean, readonly id: string, readonly next_run: string | null, readonly last_run: string | null, readonly last_status: JobOutcome | null, readonly last_duration_ms: number | null }> };

export type CryptoTriggerMutationVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type CryptoTriggerMutation = { readonly triggerJob: { readonly __typename: 'NotFound', readonly message: string } | { readonly __typename: 'TriggerJobSuccess', readonly status: JobTriggering, readonly triggeredAt: string, readonly job: { readonly name: string, readonly id: string } } };

export type CryptoRowCountsQueryVariables = Exact<{ [key: string]: never; }>;


export type CryptoRowCountsQuery = { readonly health: { readonly database: { readonly sizeBytes: number | null } }, readonly providerRowCounts: { readonly providers: number, readonly connections: number, readonly collections: number, readonly failures: number, readonly rateLimits: number, readonly metrics: number }, readonly jobs: ReadonlyArray<{ readonly id: string }>, readonly jobRuns: { readonly totalCount: number }, readonly alerts: { readonly totalCount: number } };

export type MlopsStatusFragment = { readonly sampledAt: string, readonly modelAccuracy: number | null, readonly predictionsPerMinute: number | null, readonly system: { readonly health: HostHealth, readonly cpu: { readonly percent: number | null }, readonly memory: { readonly percent: number | null }, readonly disk: { readonly percent: number | null } } | null, readonly connections: { readonly httpResponseMs: number | null, readonly endpoints: ReadonlyArray<{ readonly dialect: string, readonly avgLatencyMs: number | null, readonly open: number }> } };

export type MlopsStatusEverySubscriptionVariables = Exact<{
  everyMs: Scalars['Int']['input'];
}>;


export type MlopsStatusEverySubscription = { readonly pipelineStatus: { readonly sampledAt: string, readonly modelAccuracy: number | null, readonly predictionsPerMinute: number | null, readonly system: { readonly health: HostHealth, readonly cpu: { readonly percent: number | null }, readonly memory: { readonly percent: number | null }, readonly disk: { readonly percent: number | null } } | null, readonly connections: { readonly httpResponseMs: number | null, readonly endpoints: ReadonlyArray<{ readonly dialect: string, readonly avgLatencyMs: number | null, readonly open: number }> } } };

export type MlopsStatusNowQueryVariables = Exact<{ [key: string]: never; }>;


export type MlopsStatusNowQuery = { readonly pipelineStatus: { readonly sampledAt: string, readonly modelAccuracy: number | null, readonly predictionsPerMinute: number | null, readonly system: { readonly health: HostHealth, readonly cpu: { readonly percent: number | null }, readonly memory: { readonly percent: number | null }, readonly disk: { readonly percent: number | null } } | null, readonly connections: { readonly httpResponseMs: number | null, readonly endpoints: ReadonlyArray<{ readonly dialect: string, readonly avgLatencyMs: number | null, readonly open: number }> } } };

export type MlopsHostEventsSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type MlopsHostEventsSubscription = { readonly hostEvents: { readonly cursor: string, readonly ofThisHost: boolean, readonly reason: string, readonly timestamp: string, readonly current_health: HostHealth, readonly previous_health: HostHealth, readonly recommended_action: string, readonly cpu_percent: number | null, readonly memory_percent: number | null, readonly disk_percent: number | null } };

export type MlopsModelEventsSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type MlopsModelEventsSubscription = { readonly modelEvents: { readonly __typename: 'ModelDeployed', readonly cursor: string, readonly model_id: string, readonly model_name: string | null, readonly model_version: string, readonly model_accuracy: number | null, readonly deployment_timestamp: string, readonly timestamp: string } | { readonly __typename: 'ModelLoaded', readonly cursor: string, readonly deployment_timestamp: string, readonly timestamp: string } | { readonly __typename: 'ModelReported', readonly cursor: string, readonly deployment_timestamp: string, readonly timestamp: string } | { readonly __typename: 'ModelServerRecovered', readonly cursor: string, readonly deployment_timestamp: string, readonly timestamp: string } | { readonly __typename: 'ModelServerUnreachable', readonly cursor: string, readonly deployment_timestamp: string, readonly timestamp: string } | { readonly __typename: 'ModelStatusReported', readonly cursor: string, readonly model_id: string, readonly status: OperationalStatus, readonly health_score: number | null, readonly last_prediction: string | null, readonly model_accuracy: number | null, readonly deployment_timestamp: string, readonly timestamp: string } | { readonly __typename: 'ModelUnloaded', readonly cursor: string, readonly deployment_timestamp: string, readonly timestamp: string } | { readonly __typename: 'PredictionVolumeChanged', readonly cursor: string, readonly total_predictions: number, readonly predictions_per_minute: number, readonly milestone_reached: number | null, readonly message: string | null, readonly deployment_timestamp: string, readonly timestamp: string } | { readonly __typename: 'PredictionsReported', readonly cursor: string, readonly deployment_timestamp: string, readonly timestamp: string } };

export type MlopsTrainingEventsSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type MlopsTrainingEventsSubscription = { readonly trainingEvents: { readonly __typename: 'TrainingCompleted', readonly cursor: string, readonly message: string | null, readonly final_accuracy: number | null, readonly training_time: number | null, readonly validation_score: number | null, readonly model_size: number | null, readonly total_epochs: number | null, readonly timestamp: string, readonly model_id: string | null } | { readonly __typename: 'TrainingFailed', readonly error: string, readonly suggestions: ReadonlyArray<string>, readonly cursor: string, readonly error_code: string | null, readonly stage_failed: TrainingStage | null, readonly progress_when_failed: number | null, readonly timestamp: string, readonly model_id: string | null } | { readonly __typename: 'TrainingProgressed', readonly cursor: string, readonly progress: number, readonly stage: TrainingStage, readonly current_stage: string, readonly estimated_time_remaining: number | null, readonly current_epoch: number | null, readonly total_epochs: number | null, readonly current_loss: number | null, readonly message: string | null, readonly timestamp: string, readonly model_id: string | null } };

export type MlopsFileEventsSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type MlopsFileEventsSubscription = { readonly fileEvents: { readonly __typename: 'FileValidated', readonly cursor: string, readonly filename: string, readonly validation: { readonly status: FileValidationStatus, readonly summary: string | null, readonly error: string | null, readonly file_path: string | null, readonly rows: number | null, readonly columns: number | null, readonly file_size: number | null, readonly target_column: string | null, readonly validation_time: number | null } } | { readonly __typename: 'UploadProgressed', readonly cursor: string, readonly filename: string, readonly bytes_uploaded: number, readonly total_bytes: number, readonly progress_percent: number, readonly upload_speed: number | null, readonly estimated_time_remaining: number | null } };

export type MlopsActivityFragment = { readonly title: string, readonly description: string | null, readonly user: string | null, readonly status: string, readonly metadata: unknown, readonly id: string, readonly action_type: string, readonly timestamp: string, readonly severity_level: Severity, readonly duration: number | null };

export type MlopsActivityEventsSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type MlopsActivityEventsSubscription = { readonly activityEvents: { readonly cursor: string, readonly id: string, readonly timestamp: string, readonly activity: { readonly title: string, readonly description: string | null, readonly user: string | null, readonly status: string, readonly metadata: unknown, readonly action_type: string, readonly severity_level: Severity, readonly duration: number | null } } };

export type MlopsAlertEventsSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type MlopsAlertEventsSubscription = { readonly alertEvents: { readonly cursor: string, readonly alertId: string, readonly alert: { readonly title: string, readonly message: string, readonly source: string, readonly actions: ReadonlyArray<string>, readonly alert_type: string, readonly priority: Severity, readonly timestamp: string, readonly auto_dismiss: boolean } } | { readonly cursor: string, readonly alertId: string, readonly alert: { readonly title: string, readonly message: string, readonly source: string, readonly actions: ReadonlyArray<string>, readonly alert_type: string, readonly priority: Severity, readonly timestamp: string, readonly auto_dismiss: boolean } } | { readonly cursor: string, readonly alertId: string, readonly alert: { readonly title: string, readonly message: string, readonly source: string, readonly actions: ReadonlyArray<string>, readonly alert_type: string, readonly priority: Severity, readonly timestamp: string, readonly auto_dismiss: boolean } } | { readonly cursor: string, readonly alertId: string, readonly alert: { readonly title: string, readonly message: string, readonly source: string, readonly actions: ReadonlyArray<string>, readonly alert_type: string, readonly priority: Severity, readonly timestamp: string, readonly auto_dismiss: boolean } } | { readonly cursor: string, readonly alertId: string, readonly alert: { readonly title: string, readonly message: string, readonly source: string, readonly actions: ReadonlyArray<string>, readonly alert_type: string, readonly priority: Severity, readonly timestamp: string, readonly auto_dismiss: boolean } } };

export type MlopsModelsQueryVariables = Exact<{ [key: string]: never; }>;


export type MlopsModelsQuery = { readonly deployedModels: { readonly edges: ReadonlyArray<{ readonly node: { readonly accuracy: number | null, readonly model_id: string, readonly name: string | null, readonly model_name: string | null, readonly version: string | null, readonly model_version: string | null, readonly status: OperationalStatus, readonly model_accuracy: number | null, readonly health_score: number | null, readonly predictions_made: number, readonly total_predictions: number, readonly predictions_per_minute: number | null, readonly avg_response_time: number | null, readonly deployment_timestamp: string | null, readonly last_prediction: string | null, readonly model_size: number | null } }> } };

export type MlopsSystemQueryVariables = Exact<{ [key: string]: never; }>;


export type MlopsSystemQuery = { readonly pipelineStatus: { readonly activeTrainingRunCount: number, readonly modelCount: number, readonly uptimeMs: number, readonly sampledAt: string, readonly modelAccuracy: number | null, readonly predictionsPerMinute: number | null, readonly system: { readonly health: HostHealth, readonly cpu: { readonly percent: number | null }, readonly memory: { readonly percent: number | null }, readonly disk: { readonly percent: number | null } } | null, readonly connections: { readonly httpResponseMs: number | null, readonly endpoints: ReadonlyArray<{ readonly dialect: string, readonly avgLatencyMs: number | null, readonly open: number }> } } };

export type MlopsActivitiesQueryVariables = Exact<{
  first: Scalars['Int']['input'];
}>;


export type MlopsActivitiesQuery = { readonly activity: { readonly edges: ReadonlyArray<{ readonly node: { readonly title: string, readonly description: string | null, readonly user: string | null, readonly status: string, readonly metadata: unknown, readonly id: string, readonly action_type: string, readonly timestamp: string, readonly severity_level: Severity, readonly duration: number | null } }> } };

export const ArchmeshCalledFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ArchmeshCalled"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Query"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"providers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"breaker"}}]}}]}}]} as unknown as DocumentNode<ArchmeshCalledFragment, unknown>;
export const AutoopsMetricsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AutoopsMetrics"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Kpis"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"total_revenue"},"name":{"kind":"Name","value":"totalRevenue"}},{"kind":"Field","alias":{"kind":"Name","value":"total_profit"},"name":{"kind":"Name","value":"totalProfit"}},{"kind":"Field","alias":{"kind":"Name","value":"inventory_turnover"},"name":{"kind":"Name","value":"inventoryTurnover"}},{"kind":"Field","alias":{"kind":"Name","value":"stockout_incidents"},"name":{"kind":"Name","value":"stockoutIncidentCount"}},{"kind":"Field","alias":{"kind":"Name","value":"waste_reduction_percentage"},"name":{"kind":"Name","value":"wasteReductionPercent"}},{"kind":"Field","alias":{"kind":"Name","value":"price_optimization_score"},"name":{"kind":"Name","value":"priceOptimizationScore"}},{"kind":"Field","alias":{"kind":"Name","value":"promotion_effectiveness"},"name":{"kind":"Name","value":"promotionEffectiveness"}},{"kind":"Field","alias":{"kind":"Name","value":"agent_collaboration_score"},"name":{"kind":"Name","value":"agentCollaborationScore"}},{"kind":"Field","alias":{"kind":"Name","value":"decision_count"},"name":{"kind":"Name","value":"decisionCount"}},{"kind":"Field","alias":{"kind":"Name","value":"response_time_avg"},"name":{"kind":"Name","value":"avgResponseTimeMs"}}]}}]} as unknown as DocumentNode<AutoopsMetricsFragment, unknown>;
export const AutoopsAgentFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AutoopsAgent"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Agent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"agent_id"},"name":{"kind":"Name","value":"agentId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","alias":{"kind":"Name","value":"current_activity"},"name":{"kind":"Name","value":"currentActivity"}},{"kind":"Field","alias":{"kind":"Name","value":"last_decision_time"},"name":{"kind":"Name","value":"lastDecisionAt"}},{"kind":"Field","alias":{"kind":"Name","value":"decisions_count"},"name":{"kind":"Name","value":"decisionCount"}},{"kind":"Field","alias":{"kind":"Name","value":"success_rate"},"name":{"kind":"Name","value":"successPercent"}},{"kind":"Field","alias":{"kind":"Name","value":"avg_response_time"},"name":{"kind":"Name","value":"avgResponseTimeMs"}}]}}]} as unknown as DocumentNode<AutoopsAgentFragment, unknown>;
export const AutoopsDashboardFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AutoopsDashboard"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Kpis"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sampledAt"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"AutoopsMetrics"}},{"kind":"Field","name":{"kind":"Name","value":"agents"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AutoopsAgent"}}]}},{"kind":"Field","name":{"kind":"Name","value":"activeAlertCount"}},{"kind":"Field","name":{"kind":"Name","value":"recentDecisionCount"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AutoopsMetrics"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Kpis"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"total_revenue"},"name":{"kind":"Name","value":"totalRevenue"}},{"kind":"Field","alias":{"kind":"Name","value":"total_profit"},"name":{"kind":"Name","value":"totalProfit"}},{"kind":"Field","alias":{"kind":"Name","value":"inventory_turnover"},"name":{"kind":"Name","value":"inventoryTurnover"}},{"kind":"Field","alias":{"kind":"Name","value":"stockout_incidents"},"name":{"kind":"Name","value":"stockoutIncidentCount"}},{"kind":"Field","alias":{"kind":"Name","value":"waste_reduction_percentage"},"name":{"kind":"Name","value":"wasteReductionPercent"}},{"kind":"Field","alias":{"kind":"Name","value":"price_optimization_score"},"name":{"kind":"Name","value":"priceOptimizationScore"}},{"kind":"Field","alias":{"kind":"Name","value":"promotion_effectiveness"},"name":{"kind":"Name","value":"promotionEffectiveness"}},{"kind":"Field","alias":{"kind":"Name","value":"agent_collaboration_score"},"name":{"kind":"Name","value":"agentCollaborationScore"}},{"kind":"Field","alias":{"kind":"Name","value":"decision_count"},"name":{"kind":"Name","value":"decisionCount"}},{"kind":"Field","alias":{"kind":"Name","value":"response_time_avg"},"name":{"kind":"Name","value":"avgResponseTimeMs"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AutoopsAgent"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Agent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"agent_id"},"name":{"kind":"Name","value":"agentId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","alias":{"kind":"Name","value":"current_activity"},"name":{"kind":"Name","value":"currentActivity"}},{"kind":"Field","alias":{"kind":"Name","value":"last_decision_time"},"name":{"kind":"Name","value":"lastDecisionAt"}},{"kind":"Field","alias":{"kind":"Name","value":"decisions_count"},"name":{"kind":"Name","value":"decisionCount"}},{"kind":"Field","alias":{"kind":"Name","value":"success_rate"},"name":{"kind":"Name","value":"successPercent"}},{"kind":"Field","alias":{"kind":"Name","value":"avg_response_time"},"name":{"kind":"Name","value":"avgResponseTimeMs"}}]}}]} as unknown as DocumentNode<AutoopsDashboardFragment, unknown>;
export const CryptoAdvertisedFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoAdvertised"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ServerConfig"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"advertised"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"port"}},{"kind":"Field","name":{"kind":"Name","value":"protocol"}},{"kind":"Field","name":{"kind":"Name","value":"url"}}]}}]}}]} as unknown as DocumentNode<CryptoAdvertisedFragment, unknown>;
export const CryptoSummaryFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoSummary"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ProviderFigures"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"total_providers"},"name":{"kind":"Name","value":"providerCount"}},{"kind":"Field","alias":{"kind":"Name","value":"online_count"},"name":{"kind":"Name","value":"onlineCount"}},{"kind":"Field","alias":{"kind":"Name","value":"degraded_count"},"name":{"kind":"Name","value":"degradedCount"}},{"kind":"Field","alias":{"kind":"Name","value":"offline_count"},"name":{"kind":"Name","value":"offlineCount"}},{"kind":"Field","alias":{"kind":"Name","value":"avg_response_time_ms"},"name":{"kind":"Name","value":"avgResponseTimeMs"}},{"kind":"Field","alias":{"kind":"Name","value":"total_requests_hour"},"name":{"kind":"Name","value":"lastHourRequestCount"}},{"kind":"Field","alias":{"kind":"Name","value":"total_failures_hour"},"name":{"kind":"Name","value":"lastHourFailureCount"}},{"kind":"Field","alias":{"kind":"Name","value":"system_health"},"name":{"kind":"Name","value":"systemHealth"}}]}}]} as unknown as DocumentNode<CryptoSummaryFragment, unknown>;
export const CryptoProviderFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoProvider"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Provider"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"id"},"name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"category"}},{"kind":"Field","alias":{"kind":"Name","value":"endpoint_url"},"name":{"kind":"Name","value":"endpointUrl"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","alias":{"kind":"Name","value":"response_time_ms"},"name":{"kind":"Name","value":"responseTimeMs"}},{"kind":"Field","alias":{"kind":"Name","value":"last_check"},"name":{"kind":"Name","value":"lastCheckAt"}},{"kind":"Field","alias":{"kind":"Name","value":"requires_key"},"name":{"kind":"Name","value":"requiresKey"}},{"kind":"Field","alias":{"kind":"Name","value":"has_key"},"name":{"kind":"Name","value":"hasKey"}},{"kind":"Field","alias":{"kind":"Name","value":"api_key_masked"},"name":{"kind":"Name","value":"apiKeyMasked"}},{"kind":"Field","alias":{"kind":"Name","value":"rate_limit"},"name":{"kind":"Name","value":"rateLimit"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"limit_type"},"name":{"kind":"Name","value":"limitType"}},{"kind":"Field","alias":{"kind":"Name","value":"limit_value"},"name":{"kind":"Name","value":"requestsMax"}},{"kind":"Field","alias":{"kind":"Name","value":"current_usage"},"name":{"kind":"Name","value":"usedRequestCount"}},{"kind":"Field","alias":{"kind":"Name","value":"percentage"},"name":{"kind":"Name","value":"usagePercent"}}]}},{"kind":"Field","alias":{"kind":"Name","value":"timeout_ms"},"name":{"kind":"Name","value":"timeoutMs"}},{"kind":"Field","alias":{"kind":"Name","value":"priority_tier"},"name":{"kind":"Name","value":"priorityTier"}}]}}]} as unknown as DocumentNode<CryptoProviderFragment, unknown>;
export const CryptoConfigurationFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoConfiguration"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Provider"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"category"}},{"kind":"Field","name":{"kind":"Name","value":"requiresKey"}},{"kind":"Field","name":{"kind":"Name","value":"hasKey"}},{"kind":"Field","name":{"kind":"Name","value":"priorityTier"}},{"kind":"Field","name":{"kind":"Name","value":"rateLimit"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"limitType"}}]}}]}}]} as unknown as DocumentNode<CryptoConfigurationFragment, unknown>;
export const CryptoLimitFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoLimit"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RateLimit"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"provider"},"name":{"kind":"Name","value":"providerName"}},{"kind":"Field","alias":{"kind":"Name","value":"limit_type"},"name":{"kind":"Name","value":"limitType"}},{"kind":"Field","alias":{"kind":"Name","value":"limit_value"},"name":{"kind":"Name","value":"requestsMax"}},{"kind":"Field","alias":{"kind":"Name","value":"current_usage"},"name":{"kind":"Name","value":"usedRequestCount"}},{"kind":"Field","alias":{"kind":"Name","value":"percentage"},"name":{"kind":"Name","value":"usagePercent"}},{"kind":"Field","alias":{"kind":"Name","value":"reset_time"},"name":{"kind":"Name","value":"resetAt"}},{"kind":"Field","alias":{"kind":"Name","value":"reset_in_seconds"},"name":{"kind":"Name","value":"resetInMs"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","alias":{"kind":"Name","value":"last_request_time"},"name":{"kind":"Name","value":"lastRequestAt"}}]}}]} as unknown as DocumentNode<CryptoLimitFragment, unknown>;
export const CryptoLogRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoLogRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ProviderLogEntry"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"id"},"name":{"kind":"Name","value":"logEntryId"}},{"kind":"Field","alias":{"kind":"Name","value":"timestamp"},"name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","alias":{"kind":"Name","value":"provider"},"name":{"kind":"Name","value":"providerName"}},{"kind":"Field","alias":{"kind":"Name","value":"provider_id"},"name":{"kind":"Name","value":"providerNumber"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectionLogged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"connection"},"name":{"kind":"Name","value":"attempt"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endpoint"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","alias":{"kind":"Name","value":"response_time_ms"},"name":{"kind":"Name","value":"responseTimeMs"}},{"kind":"Field","alias":{"kind":"Name","value":"http_status_code"},"name":{"kind":"Name","value":"httpStatusCode"}},{"kind":"Field","alias":{"kind":"Name","value":"error_type"},"name":{"kind":"Name","value":"errorType"}},{"kind":"Field","alias":{"kind":"Name","value":"error_message"},"name":{"kind":"Name","value":"errorMessage"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"FailureLogged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"failure"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endpoint"}},{"kind":"Field","alias":{"kind":"Name","value":"error_type"},"name":{"kind":"Name","value":"errorType"}},{"kind":"Field","alias":{"kind":"Name","value":"error_message"},"name":{"kind":"Name","value":"errorMessage"}},{"kind":"Field","alias":{"kind":"Name","value":"http_status"},"name":{"kind":"Name","value":"httpStatusCode"}},{"kind":"Field","alias":{"kind":"Name","value":"retry_attempted"},"name":{"kind":"Name","value":"retryAttempted"}},{"kind":"Field","alias":{"kind":"Name","value":"retry_result"},"name":{"kind":"Name","value":"retryResult"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CollectionLogged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"collection"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"category"}},{"kind":"Field","alias":{"kind":"Name","value":"scheduled_time"},"name":{"kind":"Name","value":"scheduledAt"}},{"kind":"Field","alias":{"kind":"Name","value":"actual_fetch_time"},"name":{"kind":"Name","value":"fetchedAt"}},{"kind":"Field","alias":{"kind":"Name","value":"record_count"},"name":{"kind":"Name","value":"recordCount"}},{"kind":"Field","alias":{"kind":"Name","value":"payload_size_bytes"},"name":{"kind":"Name","value":"payloadSizeBytes"}},{"kind":"Field","alias":{"kind":"Name","value":"data_quality_score"},"name":{"kind":"Name","value":"dataQualityScore"}},{"kind":"Field","alias":{"kind":"Name","value":"on_schedule"},"name":{"kind":"Name","value":"onSchedule"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RateLimitLogged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rateLimit"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"limit_type"},"name":{"kind":"Name","value":"limitType"}},{"kind":"Field","alias":{"kind":"Name","value":"limit_value"},"name":{"kind":"Name","value":"requestsMax"}},{"kind":"Field","alias":{"kind":"Name","value":"current_usage"},"name":{"kind":"Name","value":"usedRequestCount"}},{"kind":"Field","alias":{"kind":"Name","value":"percentage"},"name":{"kind":"Name","value":"usagePercent"}},{"kind":"Field","alias":{"kind":"Name","value":"reset_time"},"name":{"kind":"Name","value":"resetAt"}}]}}]}}]}}]} as unknown as DocumentNode<CryptoLogRowFragment, unknown>;
export const CryptoAlertFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoAlert"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Alert"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"id"},"name":{"kind":"Name","value":"number"}},{"kind":"Field","alias":{"kind":"Name","value":"timestamp"},"name":{"kind":"Name","value":"raisedAt"}},{"kind":"Field","alias":{"kind":"Name","value":"provider"},"name":{"kind":"Name","value":"providerName"}},{"kind":"Field","alias":{"kind":"Name","value":"alert_type"},"name":{"kind":"Name","value":"alertType"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","alias":{"kind":"Name","value":"acknowledged"},"name":{"kind":"Name","value":"acknowledgedAt"}},{"kind":"Field","alias":{"kind":"Name","value":"acknowledged_at"},"name":{"kind":"Name","value":"acknowledgedAt"}},{"kind":"Field","alias":{"kind":"Name","value":"resolved_at"},"name":{"kind":"Name","value":"resolvedAt"}}]}}]} as unknown as DocumentNode<CryptoAlertFragment, unknown>;
export const CryptoSocketsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoSockets"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Connections"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endpoints"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","alias":{"kind":"Name","value":"open"},"name":{"kind":"Name","value":"openCount"}}]}}]}}]} as unknown as DocumentNode<CryptoSocketsFragment, unknown>;
export const MlopsStatusFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MlopsStatus"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PipelineStatus"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sampledAt"}},{"kind":"Field","name":{"kind":"Name","value":"modelAccuracy"}},{"kind":"Field","name":{"kind":"Name","value":"predictionsPerMinute"}},{"kind":"Field","name":{"kind":"Name","value":"system"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"health"}},{"kind":"Field","name":{"kind":"Name","value":"cpu"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"percent"},"name":{"kind":"Name","value":"usedPercent"}}]}},{"kind":"Field","name":{"kind":"Name","value":"memory"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"percent"},"name":{"kind":"Name","value":"usedPercent"}}]}},{"kind":"Field","name":{"kind":"Name","value":"disk"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"percent"},"name":{"kind":"Name","value":"usedPercent"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"connections"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpResponseMs"}},{"kind":"Field","name":{"kind":"Name","value":"endpoints"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"dialect"}},{"kind":"Field","alias":{"kind":"Name","value":"open"},"name":{"kind":"Name","value":"openCount"}},{"kind":"Field","name":{"kind":"Name","value":"avgLatencyMs"}}]}}]}}]}}]} as unknown as DocumentNode<MlopsStatusFragment, unknown>;
export const MlopsActivityFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MlopsActivity"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Activity"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"id"},"name":{"kind":"Name","value":"activityId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"user"}},{"kind":"Field","alias":{"kind":"Name","value":"action_type"},"name":{"kind":"Name","value":"actionType"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","alias":{"kind":"Name","value":"timestamp"},"name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","alias":{"kind":"Name","value":"severity_level"},"name":{"kind":"Name","value":"severity"}},{"kind":"Field","alias":{"kind":"Name","value":"duration"},"name":{"kind":"Name","value":"durationMs"}},{"kind":"Field","name":{"kind":"Name","value":"metadata"}}]}}]} as unknown as DocumentNode<MlopsActivityFragment, unknown>;
export const ArchmeshWorkflowEventsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"ArchmeshWorkflowEvents"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"myWorkflowEvents"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","alias":{"kind":"Name","value":"id"},"name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","alias":{"kind":"Name","value":"workflow_id"},"name":{"kind":"Name","value":"workflowId"}},{"kind":"Field","alias":{"kind":"Name","value":"status"},"name":{"kind":"Name","value":"workflowStatus"}},{"kind":"Field","alias":{"kind":"Name","value":"stage"},"name":{"kind":"Name","value":"workflowStage"}},{"kind":"Field","alias":{"kind":"Name","value":"progress"},"name":{"kind":"Name","value":"progressPercent"}},{"kind":"Field","alias":{"kind":"Name","value":"message"},"name":{"kind":"Name","value":"statusMessage"}},{"kind":"Field","alias":{"kind":"Name","value":"estimated_completion"},"name":{"kind":"Name","value":"estimatedCompletionAt"}}]}}]}}]} as unknown as DocumentNode<ArchmeshWorkflowEventsSubscription, ArchmeshWorkflowEventsSubscriptionVariables>;
export const ArchmeshNotificationsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"ArchmeshNotifications"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"notificationEvents"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","alias":{"kind":"Name","value":"id"},"name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","alias":{"kind":"Name","value":"notification_id"},"name":{"kind":"Name","value":"notificationId"}},{"kind":"Field","alias":{"kind":"Name","value":"user_id"},"name":{"kind":"Name","value":"userId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"category"}},{"kind":"Field","name":{"kind":"Name","value":"priority"}},{"kind":"Field","alias":{"kind":"Name","value":"action"},"name":{"kind":"Name","value":"button"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"url"}}]}},{"kind":"Field","name":{"kind":"Name","value":"metadata"}}]}}]}}]} as unknown as DocumentNode<ArchmeshNotificationsSubscription, ArchmeshNotificationsSubscriptionVariables>;
export const ArchmeshDeliveriesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"ArchmeshDeliveries"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"transferDeliveryEvents"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","alias":{"kind":"Name","value":"id"},"name":{"kind":"Name","value":"deliveryId"}},{"kind":"Field","name":{"kind":"Name","value":"transferId"}},{"kind":"Field","name":{"kind":"Name","value":"totalBytes"}}]}}]}}]} as unknown as DocumentNode<ArchmeshDeliveriesSubscription, ArchmeshDeliveriesSubscriptionVariables>;
export const ArchmeshDeliveryDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ArchmeshDelivery"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"transferDelivery"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"deliveryId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","alias":{"kind":"Name","value":"id"},"name":{"kind":"Name","value":"deliveryId"}},{"kind":"Field","name":{"kind":"Name","value":"transferId"}},{"kind":"Field","name":{"kind":"Name","value":"totalBytes"}}]}}]}}]} as unknown as DocumentNode<ArchmeshDeliveryQuery, ArchmeshDeliveryQueryVariables>;
export const ArchmeshTransferChunkDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ArchmeshTransferChunk"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"index"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"bytes"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"transfer"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"transferId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"chunk"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"index"},"value":{"kind":"Variable","name":{"kind":"Name","value":"index"}}},{"kind":"Argument","name":{"kind":"Name","value":"bytes"},"value":{"kind":"Variable","name":{"kind":"Name","value":"bytes"}}}]}]}}]}}]} as unknown as DocumentNode<ArchmeshTransferChunkQuery, ArchmeshTransferChunkQueryVariables>;
export const ArchmeshSendChunkDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ArchmeshSendChunk"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SendChunkInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sendChunk"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SendChunkSuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"chunk"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"dataId"}},{"kind":"Field","name":{"kind":"Name","value":"complete"}},{"kind":"Field","name":{"kind":"Name","value":"totalBytes"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ChunkRefused"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<ArchmeshSendChunkMutation, ArchmeshSendChunkMutationVariables>;
export const ArchmeshHealthDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ArchmeshHealth"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"config"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uptimeMs"}}]}},{"kind":"Field","name":{"kind":"Name","value":"health"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"database"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"ArchmeshCalled"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ArchmeshCalled"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Query"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"providers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"breaker"}}]}}]}}]} as unknown as DocumentNode<ArchmeshHealthQuery, ArchmeshHealthQueryVariables>;
export const ArchmeshMetricsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ArchmeshMetrics"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ArchmeshCalled"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ArchmeshCalled"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Query"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"providers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"breaker"}}]}}]}}]} as unknown as DocumentNode<ArchmeshMetricsQuery, ArchmeshMetricsQueryVariables>;
export const AuraModelStatusDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"AuraModelStatus"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"modelStatus"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","alias":{"kind":"Name","value":"model_id"},"name":{"kind":"Name","value":"modelId"}},{"kind":"Field","alias":{"kind":"Name","value":"model_name"},"name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"memoryUsedBytes"}},{"kind":"Field","name":{"kind":"Name","value":"memoryTotalBytes"}},{"kind":"Field","alias":{"kind":"Name","value":"inference_time_ms"},"name":{"kind":"Name","value":"inferenceTimeMs"}},{"kind":"Field","alias":{"kind":"Name","value":"tokens_per_second"},"name":{"kind":"Name","value":"tokensPerSecond"}},{"kind":"Field","alias":{"kind":"Name","value":"active_sessions"},"name":{"kind":"Name","value":"activeSessionCount"}}]}}]}}]} as unknown as DocumentNode<AuraModelStatusSubscription, AuraModelStatusSubscriptionVariables>;
export const AuraModelEventsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"AuraModelEvents"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"types"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ModelEventType"}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"modelEvents"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"types"},"value":{"kind":"Variable","name":{"kind":"Name","value":"types"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ModelLoaded"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"modelId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ModelUnloaded"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"modelId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ModelServerUnreachable"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"probeError"}},{"kind":"Field","name":{"kind":"Name","value":"errorMessage"}}]}}]}}]}}]} as unknown as DocumentNode<AuraModelEventsSubscription, AuraModelEventsSubscriptionVariables>;
export const AuraModelServersDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AuraModelServers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"modelServers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"errorCode"}},{"kind":"Field","name":{"kind":"Name","value":"errorMessage"}},{"kind":"Field","name":{"kind":"Name","value":"lastProbeAt"}}]}}]}}]} as unknown as DocumentNode<AuraModelServersQuery, AuraModelServersQueryVariables>;
export const AuraModelsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AuraModels"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"models"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"model_id"},"name":{"kind":"Name","value":"modelId"}},{"kind":"Field","alias":{"kind":"Name","value":"model_name"},"name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"memoryUsedBytes"}},{"kind":"Field","alias":{"kind":"Name","value":"inference_time_ms"},"name":{"kind":"Name","value":"inferenceTimeMs"}},{"kind":"Field","alias":{"kind":"Name","value":"active_sessions"},"name":{"kind":"Name","value":"activeSessionCount"}}]}}]}}]} as unknown as DocumentNode<AuraModelsQuery, AuraModelsQueryVariables>;
export const AuraSystemMetricsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"AuraSystemMetrics"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"systemMetrics"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sampledAt"}},{"kind":"Field","name":{"kind":"Name","value":"cpu"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"percent"},"name":{"kind":"Name","value":"usedPercent"}},{"kind":"Field","alias":{"kind":"Name","value":"cores"},"name":{"kind":"Name","value":"coreCount"}},{"kind":"Field","alias":{"kind":"Name","value":"frequency_mhz"},"name":{"kind":"Name","value":"frequencyMhz"}}]}},{"kind":"Field","name":{"kind":"Name","value":"memory"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"percent"},"name":{"kind":"Name","value":"usedPercent"}},{"kind":"Field","name":{"kind":"Name","value":"totalBytes"}},{"kind":"Field","name":{"kind":"Name","value":"availableBytes"}}]}},{"kind":"Field","name":{"kind":"Name","value":"disk"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"percent"},"name":{"kind":"Name","value":"usedPercent"}},{"kind":"Field","name":{"kind":"Name","value":"usedBytes"}},{"kind":"Field","name":{"kind":"Name","value":"totalBytes"}},{"kind":"Field","name":{"kind":"Name","value":"readBytesPerSecond"}},{"kind":"Field","name":{"kind":"Name","value":"writeBytesPerSecond"}}]}},{"kind":"Field","name":{"kind":"Name","value":"network"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"bytes_sent"},"name":{"kind":"Name","value":"sentBytes"}},{"kind":"Field","alias":{"kind":"Name","value":"bytes_recv"},"name":{"kind":"Name","value":"receivedBytes"}},{"kind":"Field","alias":{"kind":"Name","value":"packets_sent"},"name":{"kind":"Name","value":"sentPacketCount"}},{"kind":"Field","alias":{"kind":"Name","value":"packets_recv"},"name":{"kind":"Name","value":"receivedPacketCount"}},{"kind":"Field","alias":{"kind":"Name","value":"errors_in"},"name":{"kind":"Name","value":"receiveErrorCount"}},{"kind":"Field","alias":{"kind":"Name","value":"errors_out"},"name":{"kind":"Name","value":"sendErrorCount"}}]}},{"kind":"Field","name":{"kind":"Name","value":"gpuAvailable"}},{"kind":"Field","name":{"kind":"Name","value":"gpu"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"gpu_id"},"name":{"kind":"Name","value":"index"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","alias":{"kind":"Name","value":"percent"},"name":{"kind":"Name","value":"busyPercent"}},{"kind":"Field","name":{"kind":"Name","value":"memoryUsedBytes"}},{"kind":"Field","name":{"kind":"Name","value":"memoryTotalBytes"}},{"kind":"Field","alias":{"kind":"Name","value":"temperature_c"},"name":{"kind":"Name","value":"temperatureC"}}]}},{"kind":"Field","name":{"kind":"Name","value":"temperature"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"cpu_c"},"name":{"kind":"Name","value":"cpuC"}},{"kind":"Field","alias":{"kind":"Name","value":"gpu_c"},"name":{"kind":"Name","value":"gpuC"}}]}}]}}]}}]} as unknown as DocumentNode<AuraSystemMetricsSubscription, AuraSystemMetricsSubscriptionVariables>;
export const AuraSystemNowDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AuraSystemNow"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"systemMetrics"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sampledAt"}},{"kind":"Field","name":{"kind":"Name","value":"cpu"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"percent"},"name":{"kind":"Name","value":"usedPercent"}}]}},{"kind":"Field","name":{"kind":"Name","value":"memory"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"percent"},"name":{"kind":"Name","value":"usedPercent"}}]}},{"kind":"Field","name":{"kind":"Name","value":"disk"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"percent"},"name":{"kind":"Name","value":"usedPercent"}}]}},{"kind":"Field","name":{"kind":"Name","value":"network"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"bytes_sent"},"name":{"kind":"Name","value":"sentBytes"}},{"kind":"Field","alias":{"kind":"Name","value":"bytes_recv"},"name":{"kind":"Name","value":"receivedBytes"}}]}}]}}]}}]} as unknown as DocumentNode<AuraSystemNowQuery, AuraSystemNowQueryVariables>;
export const AuraRoleHierarchyDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"AuraRoleHierarchy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"roleHierarchy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"changedAt"}},{"kind":"Field","name":{"kind":"Name","value":"roles"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"role_id"},"name":{"kind":"Name","value":"roleId"}},{"kind":"Field","alias":{"kind":"Name","value":"role_name"},"name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","alias":{"kind":"Name","value":"parent_role"},"name":{"kind":"Name","value":"parentId"}},{"kind":"Field","name":{"kind":"Name","value":"capabilities"}},{"kind":"Field","alias":{"kind":"Name","value":"trust_level"},"name":{"kind":"Name","value":"trustLevel"}},{"kind":"Field","alias":{"kind":"Name","value":"member_count"},"name":{"kind":"Name","value":"memberCount"}}]}}]}}]}}]} as unknown as DocumentNode<AuraRoleHierarchySubscription, AuraRoleHierarchySubscriptionVariables>;
export const AuraAuditEventsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"AuraAuditEvents"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"auditEvents"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"event_id"},"name":{"kind":"Name","value":"auditId"}},{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","alias":{"kind":"Name","value":"event_type"},"name":{"kind":"Name","value":"eventType"}},{"kind":"Field","alias":{"kind":"Name","value":"actor_id"},"name":{"kind":"Name","value":"actorId"}},{"kind":"Field","alias":{"kind":"Name","value":"target_id"},"name":{"kind":"Name","value":"targetId"}},{"kind":"Field","name":{"kind":"Name","value":"action"}},{"kind":"Field","alias":{"kind":"Name","value":"role"},"name":{"kind":"Name","value":"roleId"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"details"}}]}}]}}]} as unknown as DocumentNode<AuraAuditEventsSubscription, AuraAuditEventsSubscriptionVariables>;
export const AuraRolesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AuraRoles"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"members"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Boolean"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"permissions"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Boolean"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"roles"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"role_id"},"name":{"kind":"Name","value":"roleId"}},{"kind":"Field","alias":{"kind":"Name","value":"role_name"},"name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"capabilities"}},{"kind":"Field","alias":{"kind":"Name","value":"member_count"},"name":{"kind":"Name","value":"memberCount"}},{"kind":"Field","alias":{"kind":"Name","value":"members"},"name":{"kind":"Name","value":"memberIds"},"directives":[{"kind":"Directive","name":{"kind":"Name","value":"include"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"if"},"value":{"kind":"Variable","name":{"kind":"Name","value":"members"}}}]}]},{"kind":"Field","name":{"kind":"Name","value":"permissions"},"directives":[{"kind":"Directive","name":{"kind":"Name","value":"include"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"if"},"value":{"kind":"Variable","name":{"kind":"Name","value":"permissions"}}}]}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"capability"}},{"kind":"Field","alias":{"kind":"Name","value":"source_role"},"name":{"kind":"Name","value":"sourceRoleId"}},{"kind":"Field","name":{"kind":"Name","value":"inherited"}}]}}]}}]}}]} as unknown as DocumentNode<AuraRolesQuery, AuraRolesQueryVariables>;
export const AuraAuditLogsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AuraAuditLogs"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"offset"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"AuditFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"auditLogPage"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"limit"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"offset"},"value":{"kind":"Variable","name":{"kind":"Name","value":"offset"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"entries"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"event_id"},"name":{"kind":"Name","value":"auditId"}},{"kind":"Field","alias":{"kind":"Name","value":"event_type"},"name":{"kind":"Name","value":"eventType"}},{"kind":"Field","alias":{"kind":"Name","value":"actor_id"},"name":{"kind":"Name","value":"actorId"}},{"kind":"Field","alias":{"kind":"Name","value":"timestamp"},"name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}}]}}]} as unknown as DocumentNode<AuraAuditLogsQuery, AuraAuditLogsQueryVariables>;
export const AuraDatabaseMetricsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"AuraDatabaseMetrics"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"databaseMetrics"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sampledAt"}},{"kind":"Field","name":{"kind":"Name","value":"connection"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"active_connections"},"name":{"kind":"Name","value":"activeConnectionCount"}},{"kind":"Field","alias":{"kind":"Name","value":"idle_connections"},"name":{"kind":"Name","value":"idleConnectionCount"}},{"kind":"Field","alias":{"kind":"Name","value":"max_connections"},"name":{"kind":"Name","value":"connectionsMax"}},{"kind":"Field","alias":{"kind":"Name","value":"connection_pool_utilization"},"name":{"kind":"Name","value":"poolUsedRatio"}}]}},{"kind":"Field","name":{"kind":"Name","value":"performance"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"active_queries"},"name":{"kind":"Name","value":"activeQueryCount"}},{"kind":"Field","alias":{"kind":"Name","value":"avg_query_time_ms"},"name":{"kind":"Name","value":"avgQueryTimeMs"}},{"kind":"Field","alias":{"kind":"Name","value":"slow_queries_count"},"name":{"kind":"Name","value":"slowQueryCount"}},{"kind":"Field","alias":{"kind":"Name","value":"slow_query_threshold_ms"},"name":{"kind":"Name","value":"slowQueryThresholdMs"}},{"kind":"Field","alias":{"kind":"Name","value":"query_cache_hit_rate"},"name":{"kind":"Name","value":"queryCacheHitRatio"}}]}},{"kind":"Field","name":{"kind":"Name","value":"storage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"databaseSizeBytes"}},{"kind":"Field","name":{"kind":"Name","value":"indexesSizeBytes"}},{"kind":"Field","name":{"kind":"Name","value":"tables"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"table_name"},"name":{"kind":"Name","value":"tableName"}},{"kind":"Field","name":{"kind":"Name","value":"sizeBytes"}},{"kind":"Field","alias":{"kind":"Name","value":"row_count"},"name":{"kind":"Name","value":"rowCount"}},{"kind":"Field","alias":{"kind":"Name","value":"last_vacuum"},"name":{"kind":"Name","value":"lastVacuumAt"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"health"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","alias":{"kind":"Name","value":"replication_lag_ms"},"name":{"kind":"Name","value":"replicationLagMs"}},{"kind":"Field","alias":{"kind":"Name","value":"backup_status"},"name":{"kind":"Name","value":"backupStatus"}},{"kind":"Field","alias":{"kind":"Name","value":"last_backup"},"name":{"kind":"Name","value":"lastBackupAt"}}]}}]}}]}}]} as unknown as DocumentNode<AuraDatabaseMetricsSubscription, AuraDatabaseMetricsSubscriptionVariables>;
export const AuraDatabaseNowDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AuraDatabaseNow"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"databaseMetrics"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"connection"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"activeConnectionCount"}},{"kind":"Field","name":{"kind":"Name","value":"poolUsedRatio"}}]}},{"kind":"Field","name":{"kind":"Name","value":"performance"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"avgQueryTimeMs"}}]}},{"kind":"Field","name":{"kind":"Name","value":"health"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"replicationLagMs"}},{"kind":"Field","name":{"kind":"Name","value":"backupStatus"}}]}}]}}]}}]} as unknown as DocumentNode<AuraDatabaseNowQuery, AuraDatabaseNowQueryVariables>;
export const AuraConnectionsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AuraConnections"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"connections"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endpoints"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"dialect"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","alias":{"kind":"Name","value":"open"},"name":{"kind":"Name","value":"openCount"}},{"kind":"Field","alias":{"kind":"Name","value":"accepted"},"name":{"kind":"Name","value":"acceptedCount"}},{"kind":"Field","alias":{"kind":"Name","value":"refused"},"name":{"kind":"Name","value":"refusedCount"}},{"kind":"Field","alias":{"kind":"Name","value":"reconnections"},"name":{"kind":"Name","value":"reconnectionCount"}}]}}]}}]}}]} as unknown as DocumentNode<AuraConnectionsQuery, AuraConnectionsQueryVariables>;
export const AutoopsDashboardEveryDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"AutoopsDashboardEvery"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"everyMs"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kpis"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"everyMs"},"value":{"kind":"Variable","name":{"kind":"Name","value":"everyMs"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AutoopsDashboard"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AutoopsMetrics"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Kpis"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"total_revenue"},"name":{"kind":"Name","value":"totalRevenue"}},{"kind":"Field","alias":{"kind":"Name","value":"total_profit"},"name":{"kind":"Name","value":"totalProfit"}},{"kind":"Field","alias":{"kind":"Name","value":"inventory_turnover"},"name":{"kind":"Name","value":"inventoryTurnover"}},{"kind":"Field","alias":{"kind":"Name","value":"stockout_incidents"},"name":{"kind":"Name","value":"stockoutIncidentCount"}},{"kind":"Field","alias":{"kind":"Name","value":"waste_reduction_percentage"},"name":{"kind":"Name","value":"wasteReductionPercent"}},{"kind":"Field","alias":{"kind":"Name","value":"price_optimization_score"},"name":{"kind":"Name","value":"priceOptimizationScore"}},{"kind":"Field","alias":{"kind":"Name","value":"promotion_effectiveness"},"name":{"kind":"Name","value":"promotionEffectiveness"}},{"kind":"Field","alias":{"kind":"Name","value":"agent_collaboration_score"},"name":{"kind":"Name","value":"agentCollaborationScore"}},{"kind":"Field","alias":{"kind":"Name","value":"decision_count"},"name":{"kind":"Name","value":"decisionCount"}},{"kind":"Field","alias":{"kind":"Name","value":"response_time_avg"},"name":{"kind":"Name","value":"avgResponseTimeMs"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AutoopsAgent"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Agent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"agent_id"},"name":{"kind":"Name","value":"agentId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","alias":{"kind":"Name","value":"current_activity"},"name":{"kind":"Name","value":"currentActivity"}},{"kind":"Field","alias":{"kind":"Name","value":"last_decision_time"},"name":{"kind":"Name","value":"lastDecisionAt"}},{"kind":"Field","alias":{"kind":"Name","value":"decisions_count"},"name":{"kind":"Name","value":"decisionCount"}},{"kind":"Field","alias":{"kind":"Name","value":"success_rate"},"name":{"kind":"Name","value":"successPercent"}},{"kind":"Field","alias":{"kind":"Name","value":"avg_response_time"},"name":{"kind":"Name","value":"avgResponseTimeMs"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AutoopsDashboard"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Kpis"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sampledAt"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"AutoopsMetrics"}},{"kind":"Field","name":{"kind":"Name","value":"agents"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AutoopsAgent"}}]}},{"kind":"Field","name":{"kind":"Name","value":"activeAlertCount"}},{"kind":"Field","name":{"kind":"Name","value":"recentDecisionCount"}}]}}]} as unknown as DocumentNode<AutoopsDashboardEverySubscription, AutoopsDashboardEverySubscriptionVariables>;
export const AutoopsMetricsEveryDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"AutoopsMetricsEvery"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"everyMs"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kpis"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"everyMs"},"value":{"kind":"Variable","name":{"kind":"Name","value":"everyMs"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sampledAt"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"AutoopsMetrics"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AutoopsMetrics"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Kpis"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"total_revenue"},"name":{"kind":"Name","value":"totalRevenue"}},{"kind":"Field","alias":{"kind":"Name","value":"total_profit"},"name":{"kind":"Name","value":"totalProfit"}},{"kind":"Field","alias":{"kind":"Name","value":"inventory_turnover"},"name":{"kind":"Name","value":"inventoryTurnover"}},{"kind":"Field","alias":{"kind":"Name","value":"stockout_incidents"},"name":{"kind":"Name","value":"stockoutIncidentCount"}},{"kind":"Field","alias":{"kind":"Name","value":"waste_reduction_percentage"},"name":{"kind":"Name","value":"wasteReductionPercent"}},{"kind":"Field","alias":{"kind":"Name","value":"price_optimization_score"},"name":{"kind":"Name","value":"priceOptimizationScore"}},{"kind":"Field","alias":{"kind":"Name","value":"promotion_effectiveness"},"name":{"kind":"Name","value":"promotionEffectiveness"}},{"kind":"Field","alias":{"kind":"Name","value":"agent_collaboration_score"},"name":{"kind":"Name","value":"agentCollaborationScore"}},{"kind":"Field","alias":{"kind":"Name","value":"decision_count"},"name":{"kind":"Name","value":"decisionCount"}},{"kind":"Field","alias":{"kind":"Name","value":"response_time_avg"},"name":{"kind":"Name","value":"avgResponseTimeMs"}}]}}]} as unknown as DocumentNode<AutoopsMetricsEverySubscription, AutoopsMetricsEverySubscriptionVariables>;
export const AutoopsAgentEveryDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"AutoopsAgentEvery"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"agentId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"everyMs"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"agentStatus"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"agentId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"agentId"}}},{"kind":"Argument","name":{"kind":"Name","value":"everyMs"},"value":{"kind":"Variable","name":{"kind":"Name","value":"everyMs"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AutoopsAgent"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AutoopsAgent"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Agent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"agent_id"},"name":{"kind":"Name","value":"agentId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","alias":{"kind":"Name","value":"current_activity"},"name":{"kind":"Name","value":"currentActivity"}},{"kind":"Field","alias":{"kind":"Name","value":"last_decision_time"},"name":{"kind":"Name","value":"lastDecisionAt"}},{"kind":"Field","alias":{"kind":"Name","value":"decisions_count"},"name":{"kind":"Name","value":"decisionCount"}},{"kind":"Field","alias":{"kind":"Name","value":"success_rate"},"name":{"kind":"Name","value":"successPercent"}},{"kind":"Field","alias":{"kind":"Name","value":"avg_response_time"},"name":{"kind":"Name","value":"avgResponseTimeMs"}}]}}]} as unknown as DocumentNode<AutoopsAgentEverySubscription, AutoopsAgentEverySubscriptionVariables>;
export const AutoopsEventsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"AutoopsEvents"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"events"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"types"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"AGENT"},{"kind":"EnumValue","value":"ALERT"},{"kind":"EnumValue","value":"SYSTEM"}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AgentIntervened"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"intervention_id"},"name":{"kind":"Name","value":"interventionId"}},{"kind":"Field","alias":{"kind":"Name","value":"intervention"},"name":{"kind":"Name","value":"interventionSnapshot"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"agent_id"},"name":{"kind":"Name","value":"agentId"}},{"kind":"Field","name":{"kind":"Name","value":"action"}},{"kind":"Field","name":{"kind":"Name","value":"parameters"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","alias":{"kind":"Name","value":"previous_status"},"name":{"kind":"Name","value":"previousStatus"}},{"kind":"Field","alias":{"kind":"Name","value":"new_status"},"name":{"kind":"Name","value":"newStatus"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AlertEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"alert"},"name":{"kind":"Name","value":"alertSnapshot"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"severity"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","alias":{"kind":"Name","value":"agent_id"},"name":{"kind":"Name","value":"agentId"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SystemEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"event_type"},"name":{"kind":"Name","value":"eventType"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","alias":{"kind":"Name","value":"agent_id"},"name":{"kind":"Name","value":"relatedAgentId"}}]}}]}}]}}]} as unknown as DocumentNode<AutoopsEventsSubscription, AutoopsEventsSubscriptionVariables>;
export const AutoopsAgentsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AutoopsAgents"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"agents"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AutoopsAgent"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AutoopsAgent"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Agent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"agent_id"},"name":{"kind":"Name","value":"agentId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","alias":{"kind":"Name","value":"current_activity"},"name":{"kind":"Name","value":"currentActivity"}},{"kind":"Field","alias":{"kind":"Name","value":"last_decision_time"},"name":{"kind":"Name","value":"lastDecisionAt"}},{"kind":"Field","alias":{"kind":"Name","value":"decisions_count"},"name":{"kind":"Name","value":"decisionCount"}},{"kind":"Field","alias":{"kind":"Name","value":"success_rate"},"name":{"kind":"Name","value":"successPercent"}},{"kind":"Field","alias":{"kind":"Name","value":"avg_response_time"},"name":{"kind":"Name","value":"avgResponseTimeMs"}}]}}]} as unknown as DocumentNode<AutoopsAgentsQuery, AutoopsAgentsQueryVariables>;
export const AutoopsDashboardNowDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AutoopsDashboardNow"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kpis"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AutoopsDashboard"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AutoopsMetrics"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Kpis"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"total_revenue"},"name":{"kind":"Name","value":"totalRevenue"}},{"kind":"Field","alias":{"kind":"Name","value":"total_profit"},"name":{"kind":"Name","value":"totalProfit"}},{"kind":"Field","alias":{"kind":"Name","value":"inventory_turnover"},"name":{"kind":"Name","value":"inventoryTurnover"}},{"kind":"Field","alias":{"kind":"Name","value":"stockout_incidents"},"name":{"kind":"Name","value":"stockoutIncidentCount"}},{"kind":"Field","alias":{"kind":"Name","value":"waste_reduction_percentage"},"name":{"kind":"Name","value":"wasteReductionPercent"}},{"kind":"Field","alias":{"kind":"Name","value":"price_optimization_score"},"name":{"kind":"Name","value":"priceOptimizationScore"}},{"kind":"Field","alias":{"kind":"Name","value":"promotion_effectiveness"},"name":{"kind":"Name","value":"promotionEffectiveness"}},{"kind":"Field","alias":{"kind":"Name","value":"agent_collaboration_score"},"name":{"kind":"Name","value":"agentCollaborationScore"}},{"kind":"Field","alias":{"kind":"Name","value":"decision_count"},"name":{"kind":"Name","value":"decisionCount"}},{"kind":"Field","alias":{"kind":"Name","value":"response_time_avg"},"name":{"kind":"Name","value":"avgResponseTimeMs"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AutoopsAgent"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Agent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"agent_id"},"name":{"kind":"Name","value":"agentId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","alias":{"kind":"Name","value":"current_activity"},"name":{"kind":"Name","value":"currentActivity"}},{"kind":"Field","alias":{"kind":"Name","value":"last_decision_time"},"name":{"kind":"Name","value":"lastDecisionAt"}},{"kind":"Field","alias":{"kind":"Name","value":"decisions_count"},"name":{"kind":"Name","value":"decisionCount"}},{"kind":"Field","alias":{"kind":"Name","value":"success_rate"},"name":{"kind":"Name","value":"successPercent"}},{"kind":"Field","alias":{"kind":"Name","value":"avg_response_time"},"name":{"kind":"Name","value":"avgResponseTimeMs"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AutoopsDashboard"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Kpis"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sampledAt"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"AutoopsMetrics"}},{"kind":"Field","name":{"kind":"Name","value":"agents"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AutoopsAgent"}}]}},{"kind":"Field","name":{"kind":"Name","value":"activeAlertCount"}},{"kind":"Field","name":{"kind":"Name","value":"recentDecisionCount"}}]}}]} as unknown as DocumentNode<AutoopsDashboardNowQuery, AutoopsDashboardNowQueryVariables>;
export const AutoopsDecisionsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AutoopsDecisions"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"agentId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"decisions"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"agentId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"agentId"}}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"decision_id"},"name":{"kind":"Name","value":"decisionId"}},{"kind":"Field","alias":{"kind":"Name","value":"agent_id"},"name":{"kind":"Name","value":"agentId"}},{"kind":"Field","alias":{"kind":"Name","value":"timestamp"},"name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","alias":{"kind":"Name","value":"action_type"},"name":{"kind":"Name","value":"actionType"}},{"kind":"Field","name":{"kind":"Name","value":"parameters"}},{"kind":"Field","name":{"kind":"Name","value":"rationale"}},{"kind":"Field","alias":{"kind":"Name","value":"expected_outcome"},"name":{"kind":"Name","value":"expectedOutcome"}},{"kind":"Field","name":{"kind":"Name","value":"success"}},{"kind":"Field","alias":{"kind":"Name","value":"confidence_score"},"name":{"kind":"Name","value":"confidenceScore"}},{"kind":"Field","alias":{"kind":"Name","value":"response_time"},"name":{"kind":"Name","value":"responseTimeMs"}}]}}]}}]}}]}}]} as unknown as DocumentNode<AutoopsDecisionsQuery, AutoopsDecisionsQueryVariables>;
export const AutoopsAlertsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AutoopsAlerts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"activeAlerts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"id"},"name":{"kind":"Name","value":"alertId"}},{"kind":"Field","alias":{"kind":"Name","value":"timestamp"},"name":{"kind":"Name","value":"raisedAt"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","alias":{"kind":"Name","value":"agent_id"},"name":{"kind":"Name","value":"agentId"}},{"kind":"Field","alias":{"kind":"Name","value":"auto_dismiss"},"name":{"kind":"Name","value":"autoDismiss"}},{"kind":"Field","name":{"kind":"Name","value":"source"}}]}}]}}]} as unknown as DocumentNode<AutoopsAlertsQuery, AutoopsAlertsQueryVariables>;
export const AutoopsInterveneDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AutoopsIntervene"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"InterveneInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"intervene"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InterveneSuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"intervention"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","alias":{"kind":"Name","value":"agent_id"},"name":{"kind":"Name","value":"agentId"}},{"kind":"Field","name":{"kind":"Name","value":"action"}},{"kind":"Field","alias":{"kind":"Name","value":"intervention_id"},"name":{"kind":"Name","value":"interventionId"}},{"kind":"Field","alias":{"kind":"Name","value":"status"},"name":{"kind":"Name","value":"newStatus"}},{"kind":"Field","alias":{"kind":"Name","value":"timestamp"},"name":{"kind":"Name","value":"occurredAt"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"NotFound"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}}]} as unknown as DocumentNode<AutoopsInterveneMutation, AutoopsInterveneMutationVariables>;
export const CryptoStatusEveryDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"CryptoStatusEvery"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"everyMs"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"monitorStatus"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"everyMs"},"value":{"kind":"Variable","name":{"kind":"Name","value":"everyMs"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sampledAt"}},{"kind":"Field","name":{"kind":"Name","value":"providers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CryptoSummary"}}]}},{"kind":"Field","name":{"kind":"Name","value":"unacknowledgedAlertCount"}},{"kind":"Field","name":{"kind":"Name","value":"connections"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CryptoSockets"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoSummary"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ProviderFigures"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"total_providers"},"name":{"kind":"Name","value":"providerCount"}},{"kind":"Field","alias":{"kind":"Name","value":"online_count"},"name":{"kind":"Name","value":"onlineCount"}},{"kind":"Field","alias":{"kind":"Name","value":"degraded_count"},"name":{"kind":"Name","value":"degradedCount"}},{"kind":"Field","alias":{"kind":"Name","value":"offline_count"},"name":{"kind":"Name","value":"offlineCount"}},{"kind":"Field","alias":{"kind":"Name","value":"avg_response_time_ms"},"name":{"kind":"Name","value":"avgResponseTimeMs"}},{"kind":"Field","alias":{"kind":"Name","value":"total_requests_hour"},"name":{"kind":"Name","value":"lastHourRequestCount"}},{"kind":"Field","alias":{"kind":"Name","value":"total_failures_hour"},"name":{"kind":"Name","value":"lastHourFailureCount"}},{"kind":"Field","alias":{"kind":"Name","value":"system_health"},"name":{"kind":"Name","value":"systemHealth"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoSockets"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Connections"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endpoints"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","alias":{"kind":"Name","value":"open"},"name":{"kind":"Name","value":"openCount"}}]}}]}}]} as unknown as DocumentNode<CryptoStatusEverySubscription, CryptoStatusEverySubscriptionVariables>;
export const CryptoEventsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"CryptoEvents"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"events"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"types"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"PROVIDER"},{"kind":"EnumValue","value":"PROVIDER_LOG"}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","alias":{"kind":"Name","value":"timestamp"},"name":{"kind":"Name","value":"occurredAt"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ProviderLogEntry"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CryptoLogRow"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ProviderStatusChanged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"provider"},"name":{"kind":"Name","value":"providerName"}},{"kind":"Field","alias":{"kind":"Name","value":"old_status"},"name":{"kind":"Name","value":"oldStatus"}},{"kind":"Field","alias":{"kind":"Name","value":"new_status"},"name":{"kind":"Name","value":"newStatus"}},{"kind":"Field","alias":{"kind":"Name","value":"response_time_ms"},"name":{"kind":"Name","value":"responseTimeMs"}},{"kind":"Field","alias":{"kind":"Name","value":"http_status_code"},"name":{"kind":"Name","value":"httpStatusCode"}},{"kind":"Field","alias":{"kind":"Name","value":"error_message"},"name":{"kind":"Name","value":"errorMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RateLimitCrossed"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"provider"},"name":{"kind":"Name","value":"providerName"}},{"kind":"Field","alias":{"kind":"Name","value":"percentage"},"name":{"kind":"Name","value":"usagePercent"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}},{"kind":"Field","alias":{"kind":"Name","value":"limit_type"},"name":{"kind":"Name","value":"limitType"}},{"kind":"Field","alias":{"kind":"Name","value":"limit_value"},"name":{"kind":"Name","value":"requestsMax"}},{"kind":"Field","alias":{"kind":"Name","value":"current_usage"},"name":{"kind":"Name","value":"usedRequestCount"}},{"kind":"Field","alias":{"kind":"Name","value":"reset_time"},"name":{"kind":"Name","value":"resetAt"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoLogRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ProviderLogEntry"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"id"},"name":{"kind":"Name","value":"logEntryId"}},{"kind":"Field","alias":{"kind":"Name","value":"timestamp"},"name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","alias":{"kind":"Name","value":"provider"},"name":{"kind":"Name","value":"providerName"}},{"kind":"Field","alias":{"kind":"Name","value":"provider_id"},"name":{"kind":"Name","value":"providerNumber"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectionLogged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"connection"},"name":{"kind":"Name","value":"attempt"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endpoint"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","alias":{"kind":"Name","value":"response_time_ms"},"name":{"kind":"Name","value":"responseTimeMs"}},{"kind":"Field","alias":{"kind":"Name","value":"http_status_code"},"name":{"kind":"Name","value":"httpStatusCode"}},{"kind":"Field","alias":{"kind":"Name","value":"error_type"},"name":{"kind":"Name","value":"errorType"}},{"kind":"Field","alias":{"kind":"Name","value":"error_message"},"name":{"kind":"Name","value":"errorMessage"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"FailureLogged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"failure"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endpoint"}},{"kind":"Field","alias":{"kind":"Name","value":"error_type"},"name":{"kind":"Name","value":"errorType"}},{"kind":"Field","alias":{"kind":"Name","value":"error_message"},"name":{"kind":"Name","value":"errorMessage"}},{"kind":"Field","alias":{"kind":"Name","value":"http_status"},"name":{"kind":"Name","value":"httpStatusCode"}},{"kind":"Field","alias":{"kind":"Name","value":"retry_attempted"},"name":{"kind":"Name","value":"retryAttempted"}},{"kind":"Field","alias":{"kind":"Name","value":"retry_result"},"name":{"kind":"Name","value":"retryResult"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CollectionLogged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"collection"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"category"}},{"kind":"Field","alias":{"kind":"Name","value":"scheduled_time"},"name":{"kind":"Name","value":"scheduledAt"}},{"kind":"Field","alias":{"kind":"Name","value":"actual_fetch_time"},"name":{"kind":"Name","value":"fetchedAt"}},{"kind":"Field","alias":{"kind":"Name","value":"record_count"},"name":{"kind":"Name","value":"recordCount"}},{"kind":"Field","alias":{"kind":"Name","value":"payload_size_bytes"},"name":{"kind":"Name","value":"payloadSizeBytes"}},{"kind":"Field","alias":{"kind":"Name","value":"data_quality_score"},"name":{"kind":"Name","value":"dataQualityScore"}},{"kind":"Field","alias":{"kind":"Name","value":"on_schedule"},"name":{"kind":"Name","value":"onSchedule"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RateLimitLogged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rateLimit"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"limit_type"},"name":{"kind":"Name","value":"limitType"}},{"kind":"Field","alias":{"kind":"Name","value":"limit_value"},"name":{"kind":"Name","value":"requestsMax"}},{"kind":"Field","alias":{"kind":"Name","value":"current_usage"},"name":{"kind":"Name","value":"usedRequestCount"}},{"kind":"Field","alias":{"kind":"Name","value":"percentage"},"name":{"kind":"Name","value":"usagePercent"}},{"kind":"Field","alias":{"kind":"Name","value":"reset_time"},"name":{"kind":"Name","value":"resetAt"}}]}}]}}]}}]} as unknown as DocumentNode<CryptoEventsSubscription, CryptoEventsSubscriptionVariables>;
export const CryptoRootDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CryptoRoot"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"config"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"CryptoAdvertised"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoAdvertised"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ServerConfig"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"advertised"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"port"}},{"kind":"Field","name":{"kind":"Name","value":"protocol"}},{"kind":"Field","name":{"kind":"Name","value":"url"}}]}}]}}]} as unknown as DocumentNode<CryptoRootQuery, CryptoRootQueryVariables>;
export const CryptoHealthDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CryptoHealth"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"health"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"checkedAt"}},{"kind":"Field","name":{"kind":"Name","value":"database"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"writable"}},{"kind":"Field","name":{"kind":"Name","value":"faults"}},{"kind":"Field","alias":{"kind":"Name","value":"clock_ahead_ms"},"name":{"kind":"Name","value":"clockAheadMs"}},{"kind":"Field","name":{"kind":"Name","value":"notifications"}}]}},{"kind":"Field","name":{"kind":"Name","value":"scheduler"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"running"}}]}},{"kind":"Field","name":{"kind":"Name","value":"live"}},{"kind":"Field","name":{"kind":"Name","value":"ready"}}]}},{"kind":"Field","name":{"kind":"Name","value":"providerSummary"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"systemHealth"}},{"kind":"Field","alias":{"kind":"Name","value":"total"},"name":{"kind":"Name","value":"providerCount"}},{"kind":"Field","alias":{"kind":"Name","value":"online"},"name":{"kind":"Name","value":"onlineCount"}},{"kind":"Field","alias":{"kind":"Name","value":"degraded"},"name":{"kind":"Name","value":"degradedCount"}},{"kind":"Field","alias":{"kind":"Name","value":"offline"},"name":{"kind":"Name","value":"offlineCount"}}]}},{"kind":"Field","name":{"kind":"Name","value":"connections"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CryptoSockets"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoSockets"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Connections"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endpoints"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","alias":{"kind":"Name","value":"open"},"name":{"kind":"Name","value":"openCount"}}]}}]}}]} as unknown as DocumentNode<CryptoHealthQuery, CryptoHealthQueryVariables>;
export const CryptoInfoDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CryptoInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"config"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"environment"}},{"kind":"Field","name":{"kind":"Name","value":"uptimeMs"}},{"kind":"Field","name":{"kind":"Name","value":"features"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"enabled"}}]}},{"kind":"Field","name":{"kind":"Name","value":"realtime"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"reconnect_attempts"},"name":{"kind":"Name","value":"reconnectAttemptsMax"}},{"kind":"Field","alias":{"kind":"Name","value":"reconnect_delay_ms"},"name":{"kind":"Name","value":"reconnectDelayMs"}},{"kind":"Field","alias":{"kind":"Name","value":"reconnect_max_delay_ms"},"name":{"kind":"Name","value":"reconnectDelayMsMax"}},{"kind":"Field","alias":{"kind":"Name","value":"backoff_multiplier"},"name":{"kind":"Name","value":"backoffMultiplier"}},{"kind":"Field","alias":{"kind":"Name","value":"ping_interval_ms"},"name":{"kind":"Name","value":"pingIntervalMs"}},{"kind":"Field","alias":{"kind":"Name","value":"pong_timeout_ms"},"name":{"kind":"Name","value":"pongTimeoutMs"}},{"kind":"Field","alias":{"kind":"Name","value":"message_buffer_size"},"name":{"kind":"Name","value":"replayedEventsMax"}}]}},{"kind":"Field","name":{"kind":"Name","value":"listeners"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"url"}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"CryptoAdvertised"}}]}},{"kind":"Field","name":{"kind":"Name","value":"health"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"live"}},{"kind":"Field","name":{"kind":"Name","value":"checkedAt"}},{"kind":"Field","name":{"kind":"Name","value":"database"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"sizeBytes"}}]}},{"kind":"Field","name":{"kind":"Name","value":"scheduler"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"running"}},{"kind":"Field","name":{"kind":"Name","value":"jobs"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"providers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CryptoConfiguration"}}]}},{"kind":"Field","name":{"kind":"Name","value":"connections"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CryptoSockets"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoAdvertised"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ServerConfig"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"advertised"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"port"}},{"kind":"Field","name":{"kind":"Name","value":"protocol"}},{"kind":"Field","name":{"kind":"Name","value":"url"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoConfiguration"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Provider"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"category"}},{"kind":"Field","name":{"kind":"Name","value":"requiresKey"}},{"kind":"Field","name":{"kind":"Name","value":"hasKey"}},{"kind":"Field","name":{"kind":"Name","value":"priorityTier"}},{"kind":"Field","name":{"kind":"Name","value":"rateLimit"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"limitType"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoSockets"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Connections"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endpoints"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","alias":{"kind":"Name","value":"open"},"name":{"kind":"Name","value":"openCount"}}]}}]}}]} as unknown as DocumentNode<CryptoInfoQuery, CryptoInfoQueryVariables>;
export const CryptoSocketStatsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CryptoSocketStats"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"health"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"live"}}]}},{"kind":"Field","name":{"kind":"Name","value":"connections"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endpoints"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","alias":{"kind":"Name","value":"open"},"name":{"kind":"Name","value":"openCount"}},{"kind":"Field","alias":{"kind":"Name","value":"accepted"},"name":{"kind":"Name","value":"acceptedCount"}}]}},{"kind":"Field","name":{"kind":"Name","value":"sockets"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"id"},"name":{"kind":"Name","value":"socketId"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","alias":{"kind":"Name","value":"connected_at"},"name":{"kind":"Name","value":"openedAt"}},{"kind":"Field","alias":{"kind":"Name","value":"last_ping"},"name":{"kind":"Name","value":"lastReceivedAt"}},{"kind":"Field","alias":{"kind":"Name","value":"messages_sent"},"name":{"kind":"Name","value":"sentCount"}}]}}]}}]}}]} as unknown as DocumentNode<CryptoSocketStatsQuery, CryptoSocketStatsQueryVariables>;
export const CryptoProvidersDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CryptoProviders"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"category"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"search"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"providers"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"category"},"value":{"kind":"Variable","name":{"kind":"Name","value":"category"}}},{"kind":"ObjectField","name":{"kind":"Name","value":"search"},"value":{"kind":"Variable","name":{"kind":"Name","value":"search"}}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CryptoProvider"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoProvider"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Provider"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"id"},"name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"category"}},{"kind":"Field","alias":{"kind":"Name","value":"endpoint_url"},"name":{"kind":"Name","value":"endpointUrl"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","alias":{"kind":"Name","value":"response_time_ms"},"name":{"kind":"Name","value":"responseTimeMs"}},{"kind":"Field","alias":{"kind":"Name","value":"last_check"},"name":{"kind":"Name","value":"lastCheckAt"}},{"kind":"Field","alias":{"kind":"Name","value":"requires_key"},"name":{"kind":"Name","value":"requiresKey"}},{"kind":"Field","alias":{"kind":"Name","value":"has_key"},"name":{"kind":"Name","value":"hasKey"}},{"kind":"Field","alias":{"kind":"Name","value":"api_key_masked"},"name":{"kind":"Name","value":"apiKeyMasked"}},{"kind":"Field","alias":{"kind":"Name","value":"rate_limit"},"name":{"kind":"Name","value":"rateLimit"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"limit_type"},"name":{"kind":"Name","value":"limitType"}},{"kind":"Field","alias":{"kind":"Name","value":"limit_value"},"name":{"kind":"Name","value":"requestsMax"}},{"kind":"Field","alias":{"kind":"Name","value":"current_usage"},"name":{"kind":"Name","value":"usedRequestCount"}},{"kind":"Field","alias":{"kind":"Name","value":"percentage"},"name":{"kind":"Name","value":"usagePercent"}}]}},{"kind":"Field","alias":{"kind":"Name","value":"timeout_ms"},"name":{"kind":"Name","value":"timeoutMs"}},{"kind":"Field","alias":{"kind":"Name","value":"priority_tier"},"name":{"kind":"Name","value":"priorityTier"}}]}}]} as unknown as DocumentNode<CryptoProvidersQuery, CryptoProvidersQueryVariables>;
export const CryptoProviderByNameDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CryptoProviderByName"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"name"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"provider"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"name"},"value":{"kind":"Variable","name":{"kind":"Name","value":"name"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CryptoProvider"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoProvider"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Provider"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"id"},"name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"category"}},{"kind":"Field","alias":{"kind":"Name","value":"endpoint_url"},"name":{"kind":"Name","value":"endpointUrl"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","alias":{"kind":"Name","value":"response_time_ms"},"name":{"kind":"Name","value":"responseTimeMs"}},{"kind":"Field","alias":{"kind":"Name","value":"last_check"},"name":{"kind":"Name","value":"lastCheckAt"}},{"kind":"Field","alias":{"kind":"Name","value":"requires_key"},"name":{"kind":"Name","value":"requiresKey"}},{"kind":"Field","alias":{"kind":"Name","value":"has_key"},"name":{"kind":"Name","value":"hasKey"}},{"kind":"Field","alias":{"kind":"Name","value":"api_key_masked"},"name":{"kind":"Name","value":"apiKeyMasked"}},{"kind":"Field","alias":{"kind":"Name","value":"rate_limit"},"name":{"kind":"Name","value":"rateLimit"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"limit_type"},"name":{"kind":"Name","value":"limitType"}},{"kind":"Field","alias":{"kind":"Name","value":"limit_value"},"name":{"kind":"Name","value":"requestsMax"}},{"kind":"Field","alias":{"kind":"Name","value":"current_usage"},"name":{"kind":"Name","value":"usedRequestCount"}},{"kind":"Field","alias":{"kind":"Name","value":"percentage"},"name":{"kind":"Name","value":"usagePercent"}}]}},{"kind":"Field","alias":{"kind":"Name","value":"timeout_ms"},"name":{"kind":"Name","value":"timeoutMs"}},{"kind":"Field","alias":{"kind":"Name","value":"priority_tier"},"name":{"kind":"Name","value":"priorityTier"}}]}}]} as unknown as DocumentNode<CryptoProviderByNameQuery, CryptoProviderByNameQueryVariables>;
export const CryptoProviderStatsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CryptoProviderStats"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"name"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"since"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DateTime"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"provider"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"name"},"value":{"kind":"Variable","name":{"kind":"Name","value":"name"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"provider_name"},"name":{"kind":"Name","value":"name"}},{"kind":"Field","alias":{"kind":"Name","value":"provider_id"},"name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"stats"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"since"},"value":{"kind":"Variable","name":{"kind":"Name","value":"since"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"total_attempts"},"name":{"kind":"Name","value":"attemptCount"}},{"kind":"Field","alias":{"kind":"Name","value":"successful"},"name":{"kind":"Name","value":"successfulCount"}},{"kind":"Field","alias":{"kind":"Name","value":"failed"},"name":{"kind":"Name","value":"failedCount"}},{"kind":"Field","alias":{"kind":"Name","value":"timeout"},"name":{"kind":"Name","value":"timeoutCount"}},{"kind":"Field","alias":{"kind":"Name","value":"rate_limited"},"name":{"kind":"Name","value":"rateLimitedCount"}},{"kind":"Field","alias":{"kind":"Name","value":"success_rate"},"name":{"kind":"Name","value":"successPercent"}},{"kind":"Field","alias":{"kind":"Name","value":"avg_response_time_ms"},"name":{"kind":"Name","value":"avgResponseTimeMs"}},{"kind":"Field","alias":{"kind":"Name","value":"total_collections"},"name":{"kind":"Name","value":"collectionCount"}},{"kind":"Field","alias":{"kind":"Name","value":"total_records"},"name":{"kind":"Name","value":"recordCount"}},{"kind":"Field","alias":{"kind":"Name","value":"total_bytes"},"name":{"kind":"Name","value":"totalBytes"}},{"kind":"Field","alias":{"kind":"Name","value":"avg_quality_score"},"name":{"kind":"Name","value":"avgQualityScore"}},{"kind":"Field","alias":{"kind":"Name","value":"avg_staleness_minutes"},"name":{"kind":"Name","value":"avgStalenessMs"}},{"kind":"Field","alias":{"kind":"Name","value":"failure_count"},"name":{"kind":"Name","value":"failureCount"}}]}}]}}]}}]} as unknown as DocumentNode<CryptoProviderStatsQuery, CryptoProviderStatsQueryVariables>;
export const CryptoStatusDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CryptoStatus"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"providerSummary"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"total_apis"},"name":{"kind":"Name","value":"providerCount"}},{"kind":"Field","alias":{"kind":"Name","value":"online"},"name":{"kind":"Name","value":"onlineCount"}},{"kind":"Field","alias":{"kind":"Name","value":"degraded"},"name":{"kind":"Name","value":"degradedCount"}},{"kind":"Field","alias":{"kind":"Name","value":"offline"},"name":{"kind":"Name","value":"offlineCount"}},{"kind":"Field","alias":{"kind":"Name","value":"avg_response_time_ms"},"name":{"kind":"Name","value":"avgResponseTimeMs"}},{"kind":"Field","alias":{"kind":"Name","value":"last_update"},"name":{"kind":"Name","value":"lastUpdateAt"}},{"kind":"Field","alias":{"kind":"Name","value":"system_health"},"name":{"kind":"Name","value":"systemHealth"}}]}}]}}]} as unknown as DocumentNode<CryptoStatusQuery, CryptoStatusQueryVariables>;
export const CryptoHistoryDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CryptoHistory"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"since"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DateTime"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"limit"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"providerStatisticsLog"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"since"},"value":{"kind":"Variable","name":{"kind":"Name","value":"since"}}}]}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"limit"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"timestamp"},"name":{"kind":"Name","value":"sampledAt"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"CryptoSummary"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoSummary"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ProviderFigures"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"total_providers"},"name":{"kind":"Name","value":"providerCount"}},{"kind":"Field","alias":{"kind":"Name","value":"online_count"},"name":{"kind":"Name","value":"onlineCount"}},{"kind":"Field","alias":{"kind":"Name","value":"degraded_count"},"name":{"kind":"Name","value":"degradedCount"}},{"kind":"Field","alias":{"kind":"Name","value":"offline_count"},"name":{"kind":"Name","value":"offlineCount"}},{"kind":"Field","alias":{"kind":"Name","value":"avg_response_time_ms"},"name":{"kind":"Name","value":"avgResponseTimeMs"}},{"kind":"Field","alias":{"kind":"Name","value":"total_requests_hour"},"name":{"kind":"Name","value":"lastHourRequestCount"}},{"kind":"Field","alias":{"kind":"Name","value":"total_failures_hour"},"name":{"kind":"Name","value":"lastHourFailureCount"}},{"kind":"Field","alias":{"kind":"Name","value":"system_health"},"name":{"kind":"Name","value":"systemHealth"}}]}}]} as unknown as DocumentNode<CryptoHistoryQuery, CryptoHistoryQueryVariables>;
export const CryptoRateLimitsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CryptoRateLimits"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rateLimits"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CryptoLimit"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoLimit"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RateLimit"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"provider"},"name":{"kind":"Name","value":"providerName"}},{"kind":"Field","alias":{"kind":"Name","value":"limit_type"},"name":{"kind":"Name","value":"limitType"}},{"kind":"Field","alias":{"kind":"Name","value":"limit_value"},"name":{"kind":"Name","value":"requestsMax"}},{"kind":"Field","alias":{"kind":"Name","value":"current_usage"},"name":{"kind":"Name","value":"usedRequestCount"}},{"kind":"Field","alias":{"kind":"Name","value":"percentage"},"name":{"kind":"Name","value":"usagePercent"}},{"kind":"Field","alias":{"kind":"Name","value":"reset_time"},"name":{"kind":"Name","value":"resetAt"}},{"kind":"Field","alias":{"kind":"Name","value":"reset_in_seconds"},"name":{"kind":"Name","value":"resetInMs"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","alias":{"kind":"Name","value":"last_request_time"},"name":{"kind":"Name","value":"lastRequestAt"}}]}}]} as unknown as DocumentNode<CryptoRateLimitsQuery, CryptoRateLimitsQueryVariables>;
export const CryptoRateLimitDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CryptoRateLimit"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"name"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"provider"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"name"},"value":{"kind":"Variable","name":{"kind":"Name","value":"name"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rateLimit"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CryptoLimit"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoLimit"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RateLimit"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"provider"},"name":{"kind":"Name","value":"providerName"}},{"kind":"Field","alias":{"kind":"Name","value":"limit_type"},"name":{"kind":"Name","value":"limitType"}},{"kind":"Field","alias":{"kind":"Name","value":"limit_value"},"name":{"kind":"Name","value":"requestsMax"}},{"kind":"Field","alias":{"kind":"Name","value":"current_usage"},"name":{"kind":"Name","value":"usedRequestCount"}},{"kind":"Field","alias":{"kind":"Name","value":"percentage"},"name":{"kind":"Name","value":"usagePercent"}},{"kind":"Field","alias":{"kind":"Name","value":"reset_time"},"name":{"kind":"Name","value":"resetAt"}},{"kind":"Field","alias":{"kind":"Name","value":"reset_in_seconds"},"name":{"kind":"Name","value":"resetInMs"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","alias":{"kind":"Name","value":"last_request_time"},"name":{"kind":"Name","value":"lastRequestAt"}}]}}]} as unknown as DocumentNode<CryptoRateLimitQuery, CryptoRateLimitQueryVariables>;
export const CryptoLogsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CryptoLogs"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"type"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ProviderLogEntryType"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"provider"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"since"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DateTime"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"logEntries"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"types"},"value":{"kind":"ListValue","values":[{"kind":"Variable","name":{"kind":"Name","value":"type"}}]}},{"kind":"ObjectField","name":{"kind":"Name","value":"providerName"},"value":{"kind":"Variable","name":{"kind":"Name","value":"provider"}}},{"kind":"ObjectField","name":{"kind":"Name","value":"since"},"value":{"kind":"Variable","name":{"kind":"Name","value":"since"}}}]}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CryptoLogRow"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoLogRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ProviderLogEntry"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"id"},"name":{"kind":"Name","value":"logEntryId"}},{"kind":"Field","alias":{"kind":"Name","value":"timestamp"},"name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","alias":{"kind":"Name","value":"provider"},"name":{"kind":"Name","value":"providerName"}},{"kind":"Field","alias":{"kind":"Name","value":"provider_id"},"name":{"kind":"Name","value":"providerNumber"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectionLogged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"connection"},"name":{"kind":"Name","value":"attempt"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endpoint"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","alias":{"kind":"Name","value":"response_time_ms"},"name":{"kind":"Name","value":"responseTimeMs"}},{"kind":"Field","alias":{"kind":"Name","value":"http_status_code"},"name":{"kind":"Name","value":"httpStatusCode"}},{"kind":"Field","alias":{"kind":"Name","value":"error_type"},"name":{"kind":"Name","value":"errorType"}},{"kind":"Field","alias":{"kind":"Name","value":"error_message"},"name":{"kind":"Name","value":"errorMessage"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"FailureLogged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"failure"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endpoint"}},{"kind":"Field","alias":{"kind":"Name","value":"error_type"},"name":{"kind":"Name","value":"errorType"}},{"kind":"Field","alias":{"kind":"Name","value":"error_message"},"name":{"kind":"Name","value":"errorMessage"}},{"kind":"Field","alias":{"kind":"Name","value":"http_status"},"name":{"kind":"Name","value":"httpStatusCode"}},{"kind":"Field","alias":{"kind":"Name","value":"retry_attempted"},"name":{"kind":"Name","value":"retryAttempted"}},{"kind":"Field","alias":{"kind":"Name","value":"retry_result"},"name":{"kind":"Name","value":"retryResult"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CollectionLogged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"collection"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"category"}},{"kind":"Field","alias":{"kind":"Name","value":"scheduled_time"},"name":{"kind":"Name","value":"scheduledAt"}},{"kind":"Field","alias":{"kind":"Name","value":"actual_fetch_time"},"name":{"kind":"Name","value":"fetchedAt"}},{"kind":"Field","alias":{"kind":"Name","value":"record_count"},"name":{"kind":"Name","value":"recordCount"}},{"kind":"Field","alias":{"kind":"Name","value":"payload_size_bytes"},"name":{"kind":"Name","value":"payloadSizeBytes"}},{"kind":"Field","alias":{"kind":"Name","value":"data_quality_score"},"name":{"kind":"Name","value":"dataQualityScore"}},{"kind":"Field","alias":{"kind":"Name","value":"on_schedule"},"name":{"kind":"Name","value":"onSchedule"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RateLimitLogged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rateLimit"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"limit_type"},"name":{"kind":"Name","value":"limitType"}},{"kind":"Field","alias":{"kind":"Name","value":"limit_value"},"name":{"kind":"Name","value":"requestsMax"}},{"kind":"Field","alias":{"kind":"Name","value":"current_usage"},"name":{"kind":"Name","value":"usedRequestCount"}},{"kind":"Field","alias":{"kind":"Name","value":"percentage"},"name":{"kind":"Name","value":"usagePercent"}},{"kind":"Field","alias":{"kind":"Name","value":"reset_time"},"name":{"kind":"Name","value":"resetAt"}}]}}]}}]}}]} as unknown as DocumentNode<CryptoLogsQuery, CryptoLogsQueryVariables>;
export const CryptoFailuresDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CryptoFailures"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"since"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DateTime"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"failureAnalysis"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"since"},"value":{"kind":"Variable","name":{"kind":"Name","value":"since"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"total_failures"},"name":{"kind":"Name","value":"failureCount"}},{"kind":"Field","alias":{"kind":"Name","value":"failures_by_error_type"},"name":{"kind":"Name","value":"byErrorType"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"error_type"},"name":{"kind":"Name","value":"errorType"}},{"kind":"Field","alias":{"kind":"Name","value":"count"},"name":{"kind":"Name","value":"failureCount"}}]}},{"kind":"Field","alias":{"kind":"Name","value":"top_failing_providers"},"name":{"kind":"Name","value":"topProviders"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"provider"},"name":{"kind":"Name","value":"providerName"}},{"kind":"Field","alias":{"kind":"Name","value":"failure_count"},"name":{"kind":"Name","value":"failureCount"}}]}},{"kind":"Field","alias":{"kind":"Name","value":"total_retries"},"name":{"kind":"Name","value":"retryCount"}},{"kind":"Field","alias":{"kind":"Name","value":"successful_retries"},"name":{"kind":"Name","value":"successfulRetryCount"}},{"kind":"Field","alias":{"kind":"Name","value":"retry_success_rate"},"name":{"kind":"Name","value":"retrySuccessPercent"}}]}}]}}]} as unknown as DocumentNode<CryptoFailuresQuery, CryptoFailuresQueryVariables>;
export const CryptoConfigDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CryptoConfig"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"providers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CryptoConfiguration"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoConfiguration"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Provider"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"category"}},{"kind":"Field","name":{"kind":"Name","value":"requiresKey"}},{"kind":"Field","name":{"kind":"Name","value":"hasKey"}},{"kind":"Field","name":{"kind":"Name","value":"priorityTier"}},{"kind":"Field","name":{"kind":"Name","value":"rateLimit"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"limitType"}}]}}]}}]} as unknown as DocumentNode<CryptoConfigQuery, CryptoConfigQueryVariables>;
export const CryptoAlertsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CryptoAlerts"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AlertFilter"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"alerts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CryptoAlert"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoAlert"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Alert"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"id"},"name":{"kind":"Name","value":"number"}},{"kind":"Field","alias":{"kind":"Name","value":"timestamp"},"name":{"kind":"Name","value":"raisedAt"}},{"kind":"Field","alias":{"kind":"Name","value":"provider"},"name":{"kind":"Name","value":"providerName"}},{"kind":"Field","alias":{"kind":"Name","value":"alert_type"},"name":{"kind":"Name","value":"alertType"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","alias":{"kind":"Name","value":"acknowledged"},"name":{"kind":"Name","value":"acknowledgedAt"}},{"kind":"Field","alias":{"kind":"Name","value":"acknowledged_at"},"name":{"kind":"Name","value":"acknowledgedAt"}},{"kind":"Field","alias":{"kind":"Name","value":"resolved_at"},"name":{"kind":"Name","value":"resolvedAt"}}]}}]} as unknown as DocumentNode<CryptoAlertsQuery, CryptoAlertsQueryVariables>;
export const CryptoAcknowledgeDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CryptoAcknowledge"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"acknowledgeAlert"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"alertId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AcknowledgeAlertSuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"changed"}},{"kind":"Field","name":{"kind":"Name","value":"alert"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CryptoAlert"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"NotFound"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoAlert"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Alert"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"id"},"name":{"kind":"Name","value":"number"}},{"kind":"Field","alias":{"kind":"Name","value":"timestamp"},"name":{"kind":"Name","value":"raisedAt"}},{"kind":"Field","alias":{"kind":"Name","value":"provider"},"name":{"kind":"Name","value":"providerName"}},{"kind":"Field","alias":{"kind":"Name","value":"alert_type"},"name":{"kind":"Name","value":"alertType"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","alias":{"kind":"Name","value":"acknowledged"},"name":{"kind":"Name","value":"acknowledgedAt"}},{"kind":"Field","alias":{"kind":"Name","value":"acknowledged_at"},"name":{"kind":"Name","value":"acknowledgedAt"}},{"kind":"Field","alias":{"kind":"Name","value":"resolved_at"},"name":{"kind":"Name","value":"resolvedAt"}}]}}]} as unknown as DocumentNode<CryptoAcknowledgeMutation, CryptoAcknowledgeMutationVariables>;
export const CryptoSchedulerDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CryptoScheduler"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"health"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"scheduler"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"running"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"jobs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"id"},"name":{"kind":"Name","value":"jobId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"trigger"}},{"kind":"Field","alias":{"kind":"Name","value":"next_run"},"name":{"kind":"Name","value":"nextRunAt"}},{"kind":"Field","alias":{"kind":"Name","value":"last_run"},"name":{"kind":"Name","value":"lastRunAt"}},{"kind":"Field","alias":{"kind":"Name","value":"last_status"},"name":{"kind":"Name","value":"lastOutcome"}},{"kind":"Field","alias":{"kind":"Name","value":"last_duration_ms"},"name":{"kind":"Name","value":"lastDurationMs"}},{"kind":"Field","name":{"kind":"Name","value":"running"}}]}}]}}]} as unknown as DocumentNode<CryptoSchedulerQuery, CryptoSchedulerQueryVariables>;
export const CryptoTriggerDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CryptoTrigger"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"triggerJob"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"jobId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TriggerJobSuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"triggeredAt"}},{"kind":"Field","name":{"kind":"Name","value":"job"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"id"},"name":{"kind":"Name","value":"jobId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"NotFound"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<CryptoTriggerMutation, CryptoTriggerMutationVariables>;
export const CryptoRowCountsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CryptoRowCounts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"health"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"database"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sizeBytes"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"providerRowCounts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"providers"},"name":{"kind":"Name","value":"providerCount"}},{"kind":"Field","alias":{"kind":"Name","value":"connections"},"name":{"kind":"Name","value":"connectionCount"}},{"kind":"Field","alias":{"kind":"Name","value":"collections"},"name":{"kind":"Name","value":"collectionCount"}},{"kind":"Field","alias":{"kind":"Name","value":"failures"},"name":{"kind":"Name","value":"failureCount"}},{"kind":"Field","alias":{"kind":"Name","value":"rateLimits"},"name":{"kind":"Name","value":"rateLimitCount"}},{"kind":"Field","alias":{"kind":"Name","value":"metrics"},"name":{"kind":"Name","value":"providerStatisticsCount"}}]}},{"kind":"Field","name":{"kind":"Name","value":"jobs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"id"},"name":{"kind":"Name","value":"jobId"}}]}},{"kind":"Field","name":{"kind":"Name","value":"jobRuns"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"1"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}},{"kind":"Field","name":{"kind":"Name","value":"alerts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"1"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}}]} as unknown as DocumentNode<CryptoRowCountsQuery, CryptoRowCountsQueryVariables>;
export const MlopsStatusEveryDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"MlopsStatusEvery"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"everyMs"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pipelineStatus"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"everyMs"},"value":{"kind":"Variable","name":{"kind":"Name","value":"everyMs"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MlopsStatus"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MlopsStatus"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PipelineStatus"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sampledAt"}},{"kind":"Field","name":{"kind":"Name","value":"modelAccuracy"}},{"kind":"Field","name":{"kind":"Name","value":"predictionsPerMinute"}},{"kind":"Field","name":{"kind":"Name","value":"system"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"health"}},{"kind":"Field","name":{"kind":"Name","value":"cpu"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"percent"},"name":{"kind":"Name","value":"usedPercent"}}]}},{"kind":"Field","name":{"kind":"Name","value":"memory"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"percent"},"name":{"kind":"Name","value":"usedPercent"}}]}},{"kind":"Field","name":{"kind":"Name","value":"disk"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"percent"},"name":{"kind":"Name","value":"usedPercent"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"connections"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpResponseMs"}},{"kind":"Field","name":{"kind":"Name","value":"endpoints"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"dialect"}},{"kind":"Field","alias":{"kind":"Name","value":"open"},"name":{"kind":"Name","value":"openCount"}},{"kind":"Field","name":{"kind":"Name","value":"avgLatencyMs"}}]}}]}}]}}]} as unknown as DocumentNode<MlopsStatusEverySubscription, MlopsStatusEverySubscriptionVariables>;
export const MlopsStatusNowDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"MlopsStatusNow"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pipelineStatus"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MlopsStatus"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MlopsStatus"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PipelineStatus"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sampledAt"}},{"kind":"Field","name":{"kind":"Name","value":"modelAccuracy"}},{"kind":"Field","name":{"kind":"Name","value":"predictionsPerMinute"}},{"kind":"Field","name":{"kind":"Name","value":"system"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"health"}},{"kind":"Field","name":{"kind":"Name","value":"cpu"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"percent"},"name":{"kind":"Name","value":"usedPercent"}}]}},{"kind":"Field","name":{"kind":"Name","value":"memory"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"percent"},"name":{"kind":"Name","value":"usedPercent"}}]}},{"kind":"Field","name":{"kind":"Name","value":"disk"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"percent"},"name":{"kind":"Name","value":"usedPercent"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"connections"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpResponseMs"}},{"kind":"Field","name":{"kind":"Name","value":"endpoints"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"dialect"}},{"kind":"Field","alias":{"kind":"Name","value":"open"},"name":{"kind":"Name","value":"openCount"}},{"kind":"Field","name":{"kind":"Name","value":"avgLatencyMs"}}]}}]}}]}}]} as unknown as DocumentNode<MlopsStatusNowQuery, MlopsStatusNowQueryVariables>;
export const MlopsHostEventsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"MlopsHostEvents"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hostEvents"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","alias":{"kind":"Name","value":"timestamp"},"name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"ofThisHost"}},{"kind":"Field","alias":{"kind":"Name","value":"current_health"},"name":{"kind":"Name","value":"health"}},{"kind":"Field","alias":{"kind":"Name","value":"previous_health"},"name":{"kind":"Name","value":"previousHealth"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","alias":{"kind":"Name","value":"recommended_action"},"name":{"kind":"Name","value":"recommendedAction"}},{"kind":"Field","alias":{"kind":"Name","value":"cpu_percent"},"name":{"kind":"Name","value":"cpuPercent"}},{"kind":"Field","alias":{"kind":"Name","value":"memory_percent"},"name":{"kind":"Name","value":"memoryPercent"}},{"kind":"Field","alias":{"kind":"Name","value":"disk_percent"},"name":{"kind":"Name","value":"diskPercent"}}]}}]}}]} as unknown as DocumentNode<MlopsHostEventsSubscription, MlopsHostEventsSubscriptionVariables>;
export const MlopsModelEventsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"MlopsModelEvents"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"modelEvents"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"types"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"MODEL_DEPLOYED"},{"kind":"EnumValue","value":"MODEL_STATUS_REPORTED"},{"kind":"EnumValue","value":"PREDICTION_VOLUME_CHANGED"}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","alias":{"kind":"Name","value":"deployment_timestamp"},"name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","alias":{"kind":"Name","value":"timestamp"},"name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ModelDeployed"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"model_id"},"name":{"kind":"Name","value":"modelId"}},{"kind":"Field","alias":{"kind":"Name","value":"model_name"},"name":{"kind":"Name","value":"modelName"}},{"kind":"Field","alias":{"kind":"Name","value":"model_version"},"name":{"kind":"Name","value":"modelVersion"}},{"kind":"Field","alias":{"kind":"Name","value":"model_accuracy"},"name":{"kind":"Name","value":"accuracy"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ModelStatusReported"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"model_id"},"name":{"kind":"Name","value":"modelId"}},{"kind":"Field","alias":{"kind":"Name","value":"status"},"name":{"kind":"Name","value":"operationalStatus"}},{"kind":"Field","alias":{"kind":"Name","value":"health_score"},"name":{"kind":"Name","value":"healthScore"}},{"kind":"Field","alias":{"kind":"Name","value":"last_prediction"},"name":{"kind":"Name","value":"lastPredictionAt"}},{"kind":"Field","alias":{"kind":"Name","value":"model_accuracy"},"name":{"kind":"Name","value":"accuracy"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PredictionVolumeChanged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"total_predictions"},"name":{"kind":"Name","value":"predictionCount"}},{"kind":"Field","alias":{"kind":"Name","value":"predictions_per_minute"},"name":{"kind":"Name","value":"predictionsPerMinute"}},{"kind":"Field","alias":{"kind":"Name","value":"milestone_reached"},"name":{"kind":"Name","value":"milestonePredictionCount"}},{"kind":"Field","alias":{"kind":"Name","value":"message"},"name":{"kind":"Name","value":"statusMessage"}}]}}]}}]}}]} as unknown as DocumentNode<MlopsModelEventsSubscription, MlopsModelEventsSubscriptionVariables>;
export const MlopsTrainingEventsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"MlopsTrainingEvents"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"trainingEvents"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","alias":{"kind":"Name","value":"timestamp"},"name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","alias":{"kind":"Name","value":"model_id"},"name":{"kind":"Name","value":"trainedModelId"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TrainingProgressed"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"progress"},"name":{"kind":"Name","value":"progressPercent"}},{"kind":"Field","alias":{"kind":"Name","value":"stage"},"name":{"kind":"Name","value":"trainingStage"}},{"kind":"Field","alias":{"kind":"Name","value":"current_stage"},"name":{"kind":"Name","value":"stageName"}},{"kind":"Field","alias":{"kind":"Name","value":"estimated_time_remaining"},"name":{"kind":"Name","value":"estimatedTimeRemainingMs"}},{"kind":"Field","alias":{"kind":"Name","value":"current_epoch"},"name":{"kind":"Name","value":"currentEpoch"}},{"kind":"Field","alias":{"kind":"Name","value":"total_epochs"},"name":{"kind":"Name","value":"epochCount"}},{"kind":"Field","alias":{"kind":"Name","value":"current_loss"},"name":{"kind":"Name","value":"currentLoss"}},{"kind":"Field","alias":{"kind":"Name","value":"message"},"name":{"kind":"Name","value":"statusMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TrainingCompleted"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"message"},"name":{"kind":"Name","value":"statusMessage"}},{"kind":"Field","alias":{"kind":"Name","value":"final_accuracy"},"name":{"kind":"Name","value":"finalAccuracy"}},{"kind":"Field","alias":{"kind":"Name","value":"training_time"},"name":{"kind":"Name","value":"trainingTimeMs"}},{"kind":"Field","alias":{"kind":"Name","value":"validation_score"},"name":{"kind":"Name","value":"validationScore"}},{"kind":"Field","alias":{"kind":"Name","value":"model_size"},"name":{"kind":"Name","value":"modelSizeBytes"}},{"kind":"Field","alias":{"kind":"Name","value":"total_epochs"},"name":{"kind":"Name","value":"epochCount"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TrainingFailed"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"error"}},{"kind":"Field","alias":{"kind":"Name","value":"error_code"},"name":{"kind":"Name","value":"errorCode"}},{"kind":"Field","alias":{"kind":"Name","value":"stage_failed"},"name":{"kind":"Name","value":"stageFailed"}},{"kind":"Field","alias":{"kind":"Name","value":"progress_when_failed"},"name":{"kind":"Name","value":"failedAtPercent"}},{"kind":"Field","name":{"kind":"Name","value":"suggestions"}}]}}]}}]}}]} as unknown as DocumentNode<MlopsTrainingEventsSubscription, MlopsTrainingEventsSubscriptionVariables>;
export const MlopsFileEventsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"MlopsFileEvents"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fileEvents"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"filename"}},{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UploadProgressed"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"bytes_uploaded"},"name":{"kind":"Name","value":"uploadedBytes"}},{"kind":"Field","alias":{"kind":"Name","value":"total_bytes"},"name":{"kind":"Name","value":"totalBytes"}},{"kind":"Field","alias":{"kind":"Name","value":"progress_percent"},"name":{"kind":"Name","value":"progressPercent"}},{"kind":"Field","alias":{"kind":"Name","value":"upload_speed"},"name":{"kind":"Name","value":"bytesPerSecond"}},{"kind":"Field","alias":{"kind":"Name","value":"estimated_time_remaining"},"name":{"kind":"Name","value":"remainingMs"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"FileValidated"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"validation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","alias":{"kind":"Name","value":"file_path"},"name":{"kind":"Name","value":"filePath"}},{"kind":"Field","alias":{"kind":"Name","value":"rows"},"name":{"kind":"Name","value":"rowCount"}},{"kind":"Field","alias":{"kind":"Name","value":"columns"},"name":{"kind":"Name","value":"columnCount"}},{"kind":"Field","alias":{"kind":"Name","value":"file_size"},"name":{"kind":"Name","value":"fileSizeBytes"}},{"kind":"Field","alias":{"kind":"Name","value":"target_column"},"name":{"kind":"Name","value":"targetColumn"}},{"kind":"Field","name":{"kind":"Name","value":"summary"}},{"kind":"Field","alias":{"kind":"Name","value":"validation_time"},"name":{"kind":"Name","value":"validationTimeMs"}},{"kind":"Field","name":{"kind":"Name","value":"error"}}]}}]}}]}}]}}]} as unknown as DocumentNode<MlopsFileEventsSubscription, MlopsFileEventsSubscriptionVariables>;
export const MlopsActivityEventsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"MlopsActivityEvents"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"activityEvents"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","alias":{"kind":"Name","value":"id"},"name":{"kind":"Name","value":"activityId"}},{"kind":"Field","alias":{"kind":"Name","value":"timestamp"},"name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","alias":{"kind":"Name","value":"activity"},"name":{"kind":"Name","value":"activitySnapshot"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"user"}},{"kind":"Field","alias":{"kind":"Name","value":"action_type"},"name":{"kind":"Name","value":"actionType"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","alias":{"kind":"Name","value":"severity_level"},"name":{"kind":"Name","value":"severity"}},{"kind":"Field","alias":{"kind":"Name","value":"duration"},"name":{"kind":"Name","value":"durationMs"}},{"kind":"Field","name":{"kind":"Name","value":"metadata"}}]}}]}}]}}]} as unknown as DocumentNode<MlopsActivityEventsSubscription, MlopsActivityEventsSubscriptionVariables>;
export const MlopsAlertEventsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"MlopsAlertEvents"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"alertEvents"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"types"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"RAISED"}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"alertId"}},{"kind":"Field","alias":{"kind":"Name","value":"alert"},"name":{"kind":"Name","value":"alertSnapshot"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","alias":{"kind":"Name","value":"alert_type"},"name":{"kind":"Name","value":"alertType"}},{"kind":"Field","alias":{"kind":"Name","value":"priority"},"name":{"kind":"Name","value":"severity"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","alias":{"kind":"Name","value":"timestamp"},"name":{"kind":"Name","value":"raisedAt"}},{"kind":"Field","alias":{"kind":"Name","value":"auto_dismiss"},"name":{"kind":"Name","value":"autoDismiss"}},{"kind":"Field","name":{"kind":"Name","value":"actions"}}]}}]}}]}}]} as unknown as DocumentNode<MlopsAlertEventsSubscription, MlopsAlertEventsSubscriptionVariables>;
export const MlopsModelsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"MlopsModels"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deployedModels"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"1000"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"model_id"},"name":{"kind":"Name","value":"modelId"}},{"kind":"Field","alias":{"kind":"Name","value":"name"},"name":{"kind":"Name","value":"modelName"}},{"kind":"Field","alias":{"kind":"Name","value":"model_name"},"name":{"kind":"Name","value":"modelName"}},{"kind":"Field","alias":{"kind":"Name","value":"version"},"name":{"kind":"Name","value":"modelVersion"}},{"kind":"Field","alias":{"kind":"Name","value":"model_version"},"name":{"kind":"Name","value":"modelVersion"}},{"kind":"Field","alias":{"kind":"Name","value":"status"},"name":{"kind":"Name","value":"operationalStatus"}},{"kind":"Field","name":{"kind":"Name","value":"accuracy"}},{"kind":"Field","alias":{"kind":"Name","value":"model_accuracy"},"name":{"kind":"Name","value":"accuracy"}},{"kind":"Field","alias":{"kind":"Name","value":"health_score"},"name":{"kind":"Name","value":"healthScore"}},{"kind":"Field","alias":{"kind":"Name","value":"predictions_made"},"name":{"kind":"Name","value":"predictionCount"}},{"kind":"Field","alias":{"kind":"Name","value":"total_predictions"},"name":{"kind":"Name","value":"predictionCount"}},{"kind":"Field","alias":{"kind":"Name","value":"predictions_per_minute"},"name":{"kind":"Name","value":"predictionsPerMinute"}},{"kind":"Field","alias":{"kind":"Name","value":"avg_response_time"},"name":{"kind":"Name","value":"avgResponseTimeMs"}},{"kind":"Field","alias":{"kind":"Name","value":"deployment_timestamp"},"name":{"kind":"Name","value":"deployedAt"}},{"kind":"Field","alias":{"kind":"Name","value":"last_prediction"},"name":{"kind":"Name","value":"lastPredictionAt"}},{"kind":"Field","alias":{"kind":"Name","value":"model_size"},"name":{"kind":"Name","value":"modelSizeBytes"}}]}}]}}]}}]}}]} as unknown as DocumentNode<MlopsModelsQuery, MlopsModelsQueryVariables>;
export const MlopsSystemDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"MlopsSystem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pipelineStatus"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MlopsStatus"}},{"kind":"Field","name":{"kind":"Name","value":"activeTrainingRunCount"}},{"kind":"Field","name":{"kind":"Name","value":"modelCount"}},{"kind":"Field","name":{"kind":"Name","value":"uptimeMs"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MlopsStatus"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PipelineStatus"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sampledAt"}},{"kind":"Field","name":{"kind":"Name","value":"modelAccuracy"}},{"kind":"Field","name":{"kind":"Name","value":"predictionsPerMinute"}},{"kind":"Field","name":{"kind":"Name","value":"system"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"health"}},{"kind":"Field","name":{"kind":"Name","value":"cpu"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"percent"},"name":{"kind":"Name","value":"usedPercent"}}]}},{"kind":"Field","name":{"kind":"Name","value":"memory"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"percent"},"name":{"kind":"Name","value":"usedPercent"}}]}},{"kind":"Field","name":{"kind":"Name","value":"disk"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"percent"},"name":{"kind":"Name","value":"usedPercent"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"connections"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpResponseMs"}},{"kind":"Field","name":{"kind":"Name","value":"endpoints"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"dialect"}},{"kind":"Field","alias":{"kind":"Name","value":"open"},"name":{"kind":"Name","value":"openCount"}},{"kind":"Field","name":{"kind":"Name","value":"avgLatencyMs"}}]}}]}}]}}]} as unknown as DocumentNode<MlopsSystemQuery, MlopsSystemQueryVariables>;
export const MlopsActivitiesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"MlopsActivities"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"activity"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MlopsActivity"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MlopsActivity"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Activity"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"id"},"name":{"kind":"Name","value":"activityId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"user"}},{"kind":"Field","alias":{"kind":"Name","value":"action_type"},"name":{"kind":"Name","value":"actionType"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","alias":{"kind":"Name","value":"timestamp"},"name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","alias":{"kind":"Name","value":"severity_level"},"name":{"kind":"Name","value":"severity"}},{"kind":"Field","alias":{"kind":"Name","value":"duration"},"name":{"kind":"Name","value":"durationMs"}},{"kind":"Field","name":{"kind":"Name","value":"metadata"}}]}}]} as unknown as DocumentNode<MlopsActivitiesQuery, MlopsActivitiesQueryVariables>;