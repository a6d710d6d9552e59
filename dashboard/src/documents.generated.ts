import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
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

export type AnnotationSummaryFragment = { readonly annotationId: string, readonly text: string, readonly tags: ReadonlyArray<string>, readonly startsAt: string, readonly endsAt: string | null, readonly hostId: string | null, readonly metricName: string | null, readonly providerName: string | null };

export type AnnotationsQueryVariables = Exact<{
  since: InputMaybe<Scalars['DateTime']['input']>;
}>;


export type AnnotationsQuery = { readonly annotations: { readonly liveCursor: string, readonly edges: ReadonlyArray<{ readonly node: { readonly annotationId: string, readonly text: string, readonly tags: ReadonlyArray<string>, readonly startsAt: string, readonly endsAt: string | null, readonly hostId: string | null, readonly metricName: string | null, readonly providerName: string | null } }> } | null };

export type AnnotationLiveSubscriptionVariables = Exact<{
  after: InputMaybe<Scalars['Cursor']['input']>;
}>;


export type AnnotationLiveSubscription = { readonly annotationEventBatches: ReadonlyArray<{ readonly cursor: string, readonly annotationId: string, readonly annotation: { readonly annotationId: string, readonly text: string, readonly tags: ReadonlyArray<string>, readonly startsAt: string, readonly endsAt: string | null, readonly hostId: string | null, readonly metricName: string | null, readonly providerName: string | null } | null } | { readonly cursor: string, readonly annotationId: string, readonly annotation: { readonly annotationId: string, readonly text: string, readonly tags: ReadonlyArray<string>, readonly startsAt: string, readonly endsAt: string | null, readonly hostId: string | null, readonly metricName: string | null, readonly providerName: string | null } | null } | { readonly cursor: string, readonly annotationId: string, readonly annotation: { readonly annotationId: string, readonly text: string, readonly tags: ReadonlyArray<string>, readonly startsAt: string, readonly endsAt: string | null, readonly hostId: string | null, readonly metricName: string | null, readonly providerName: string | null } | null }> };

export type OverallQueryVariables = Exact<{ [key: string]: never; }>;


export type OverallQuery = { readonly viewer: { readonly subject: string, readonly authenticated: boolean, readonly roleId: string | null, readonly capabilities: ReadonlyArray<string> } | null, readonly config: { readonly name: string, readonly version: string, readonly hostId: string, readonly startedAt: string, readonly features: ReadonlyArray<{ readonly name: string, readonly enabled: boolean }> } | null, readonly health: { readonly checkedAt: string, readonly status: HealthStatus, readonly ready: boolean, readonly database: { readonly status: HealthStatus, readonly faults: ReadonlyArray<DatabaseFault> }, readonly scheduler: { readonly running: boolean } } | null, readonly instances: ReadonlyArray<{ readonly instanceId: string, readonly hostId: string, readonly state: InstanceState, readonly lagCount: number }> | null, readonly hosts: { readonly edges: ReadonlyArray<{ readonly node: { readonly hostId: string, readonly hostname: string, readonly status: HostStatus, readonly lastSampleAt: string | null, readonly systemMetrics: { readonly hostId: string, readonly sampledAt: string, readonly health: HostHealth, readonly uptimeMs: number | null, readonly cpu: { readonly usedPercent: number | null, readonly coreCount: number, readonly frequencyMhz: number | null, readonly loadAverage1m: number | null, readonly loadAverage5m: number | null, readonly loadAverage15m: number | null }, readonly memory: { readonly usedPercent: number | null, readonly usedBytes: number | null, readonly totalBytes: number | null, readonly swapUsedBytes: number | null, readonly swapTotalBytes: number | null }, readonly disk: { readonly path: string, readonly usedPercent: number | null, readonly usedBytes: number | null, readonly totalBytes: number | null, readonly readBytesPerSecond: number | null, readonly writeBytesPerSecond: number | null }, readonly network: { readonly receivedBytes: number | null, readonly sentBytes: number | null, readonly receivedPacketCount: number | null, readonly sentPacketCount: number | null, readonly receiveErrorCount: number | null, readonly sendErrorCount: number | null }, readonly temperature: { readonly cpuC: number | null, readonly gpuC: number | null } } | null } }> } | null, readonly modelServers: ReadonlyArray<{ readonly name: string, readonly kind: ModelServerKind, readonly url: string, readonly reachable: boolean | null, readonly responseTimeMs: number | null, readonly lastProbeAt: string | null, readonly errorMessage: string | null }> | null, readonly models: ReadonlyArray<{ readonly modelId: string, readonly status: ModelStatus, readonly serverName: string }> | null, readonly agents: ReadonlyArray<{ readonly agentId: string, readonly name: string, readonly status: AgentStatus, readonly reportedAt: string | null }> | null, readonly providers: ReadonlyArray<{ readonly name: string, readonly status: ProviderStatus }> | null, readonly jobs: ReadonlyArray<{ readonly jobId: string, readonly name: string, readonly lastOutcome: JobOutcome | null, readonly running: boolean }> | null };

export type ActivityLineFragment = { readonly activityId: string, readonly title: string, readonly description: string | null, readonly actionType: string, readonly severity: Severity, readonly status: string, readonly user: string | null, readonly occurredAt: string };

export type ActivitiesQueryVariables = Exact<{
  first: Scalars['Int']['input'];
}>;


export type ActivitiesQuery = { readonly activity: { readonly liveCursor: string, readonly edges: ReadonlyArray<{ readonly node: { readonly activityId: string, readonly title: string, readonly description: string | null, readonly actionType: string, readonly severity: Severity, readonly status: string, readonly user: string | null, readonly occurredAt: string } }> } | null };

export type ActivityLiveSubscriptionVariables = Exact<{
  after: InputMaybe<Scalars['Cursor']['input']>;
}>;


export type ActivityLiveSubscription = { readonly activityEventBatches: ReadonlyArray<{ readonly cursor: string, readonly activity: { readonly activityId: string, readonly title: string, readonly description: string | null, readonly actionType: string, readonly severity: Severity, readonly status: string, readonly user: string | null, readonly occurredAt: string } | null }> };

export type AgentSummaryFragment = { readonly agentId: string, readonly name: string, readonly status: AgentStatus, readonly currentActivity: string | null, readonly decisionCount: number, readonly successPercent: number | null, readonly avgResponseTimeMs: number | null, readonly lastDecisionAt: string | null, readonly reportedAt: string | null };

export type DecisionSummaryFragment = { readonly decisionId: string, readonly agentId: string, readonly actionType: string, readonly rationale: string | null, readonly confidenceScore: number | null, readonly success: boolean | null, readonly occurredAt: string };

export type AgentsQueryVariables = Exact<{ [key: string]: never; }>;


export type AgentsQuery = { readonly agents: ReadonlyArray<{ readonly agentId: string, readonly name: string, readonly status: AgentStatus, readonly currentActivity: string | null, readonly decisionCount: number, readonly successPercent: number | null, readonly avgResponseTimeMs: number | null, readonly lastDecisionAt: string | null, readonly reportedAt: string | null }> | null };

export type AgentLiveSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type AgentLiveSubscription = { readonly agentStatus: { readonly agentId: string, readonly name: string, readonly status: AgentStatus, readonly currentActivity: string | null, readonly decisionCount: number, readonly successPercent: number | null, readonly avgResponseTimeMs: number | null, readonly lastDecisionAt: string | null, readonly reportedAt: string | null } };

export type DecisionsQueryVariables = Exact<{
  first: Scalars['Int']['input'];
}>;


export type DecisionsQuery = { readonly decisions: { readonly liveCursor: string, readonly edges: ReadonlyArray<{ readonly node: { readonly decisionId: string, readonly agentId: string, readonly actionType: string, readonly rationale: string | null, readonly confidenceScore: number | null, readonly success: boolean | null, readonly occurredAt: string } }> } | null };

export type DecisionLiveSubscriptionVariables = Exact<{
  after: InputMaybe<Scalars['Cursor']['input']>;
}>;


export type DecisionLiveSubscription = { readonly agentEventBatches: ReadonlyArray<{ readonly cursor: string, readonly decision: { readonly decisionId: string, readonly agentId: string, readonly actionType: string, readonly rationale: string | null, readonly confidenceScore: number | null, readonly success: boolean | null, readonly occurredAt: string } | null } | { readonly cursor: string } | { readonly cursor: string } | { readonly cursor: string, readonly decision: { readonly decisionId: string, readonly agentId: string, readonly actionType: string, readonly rationale: string | null, readonly confidenceScore: number | null, readonly success: boolean | null, readonly occurredAt: string } | null } | { readonly cursor: string }> };

export type AlertSummaryFragment = { readonly alertId: string, readonly number: number, readonly alertType: string, readonly severity: Severity, readonly status: AlertStatus, readonly title: string, readonly message: string, readonly source: string, readonly subject: string | null, readonly hostId: string | null, readonly agentId: string | null, readonly providerName: string | null, readonly raisedAt: string, readonly acknowledgedAt: string | null, readonly acknowledgedBy: string | null, readonly resolvedAt: string | null, readonly silence: { readonly endsAt: string, readonly reason: string } | null };

export type AlertsQueryVariables = Exact<{
  since: InputMaybe<Scalars['DateTime']['input']>;
}>;


export type AlertsQuery = { readonly alerts: { readonly liveCursor: string, readonly edges: ReadonlyArray<{ readonly node: { readonly alertId: string, readonly number: number, readonly alertType: string, readonly severity: Severity, readonly status: AlertStatus, readonly title: string, readonly message: string, readonly source: string, readonly subject: string | null, readonly hostId: string | null, readonly agentId: string | null, readonly providerName: string | null, readonly raisedAt: string, readonly acknowledgedAt: string | null, readonly acknowledgedBy: string | null, readonly resolvedAt: string | null, readonly silence: { readonly endsAt: string, readonly reason: string } | null } }> } | null, readonly activeAlerts: ReadonlyArray<{ readonly alertId: string, readonly number: number, readonly alertType: string, readonly severity: Severity, readonly status: AlertStatus, readonly title: string, readonly message: string, readonly source: string, readonly subject: string | null, readonly hostId: string | null, readonly agentId: string | null, readonly providerName: string | null, readonly raisedAt: string, readonly acknowledgedAt: string | null, readonly acknowledgedBy: string | null, readonly resolvedAt: string | null, readonly silence: { readonly endsAt: string, readonly reason: string } | null }> | null };

export type AlertLiveSubscriptionVariables = Exact<{
  after: InputMaybe<Scalars['Cursor']['input']>;
}>;


export type AlertLiveSubscription = { readonly alertEventBatches: ReadonlyArray<{ readonly cursor: string, readonly alert: { readonly alertId: string, readonly number: number, readonly alertType: string, readonly severity: Severity, readonly status: AlertStatus, readonly title: string, readonly message: string, readonly source: string, readonly subject: string | null, readonly hostId: string | null, readonly agentId: string | null, readonly providerName: string | null, readonly raisedAt: string, readonly acknowledgedAt: string | null, readonly acknowledgedBy: string | null, readonly resolvedAt: string | null, readonly silence: { readonly endsAt: string, readonly reason: string } | null } | null } | { readonly cursor: string, readonly alert: { readonly alertId: string, readonly number: number, readonly alertType: string, readonly severity: Severity, readonly status: AlertStatus, readonly title: string, readonly message: string, readonly source: string, readonly subject: string | null, readonly hostId: string | null, readonly agentId: string | null, readonly providerName: string | null, readonly raisedAt: string, readonly acknowledgedAt: string | null, readonly acknowledgedBy: string | null, readonly resolvedAt: string | null, readonly silence: { readonly endsAt: string, readonly reason: string } | null } | null } | { readonly cursor: string, readonly alert: { readonly alertId: string, readonly number: number, readonly alertType: string, readonly severity: Severity, readonly status: AlertStatus, readonly title: string, readonly message: string, readonly source: string, readonly subject: string | null, readonly hostId: string | null, readonly agentId: string | null, readonly providerName: string | null, readonly raisedAt: string, readonly acknowledgedAt: string | null, readonly acknowledgedBy: string | null, readonly resolvedAt: string | null, readonly silence: { readonly endsAt: string, readonly reason: string } | null } | null } | { readonly cursor: string, readonly alert: { readonly alertId: string, readonly number: number, readonly alertType: string, readonly severity: Severity, readonly status: AlertStatus, readonly title: string, readonly message: string, readonly source: string, readonly subject: string | null, readonly hostId: string | null, readonly agentId: string | null, readonly providerName: string | null, readonly raisedAt: string, readonly acknowledgedAt: string | null, readonly acknowledgedBy: string | null, readonly resolvedAt: string | null, readonly silence: { readonly endsAt: string, readonly reason: string } | null } | null } | { readonly cursor: string, readonly alert: { readonly alertId: string, readonly number: number, readonly alertType: string, readonly severity: Severity, readonly status: AlertStatus, readonly title: string, readonly message: string, readonly source: string, readonly subject: string | null, readonly hostId: string | null, readonly agentId: string | null, readonly providerName: string | null, readonly raisedAt: string, readonly acknowledgedAt: string | null, readonly acknowledgedBy: string | null, readonly resolvedAt: string | null, readonly silence: { readonly endsAt: string, readonly reason: string } | null } | null }> };

export type AcknowledgeAlertsMutationVariables = Exact<{
  alertIds: ReadonlyArray<Scalars['ID']['input']> | Scalars['ID']['input'];
}>;


export type AcknowledgeAlertsMutation = { readonly acknowledgeAlerts: { readonly __typename: 'AcknowledgeAlertsSuccess', readonly notFoundIds: ReadonlyArray<string>, readonly unchangedIds: ReadonlyArray<string>, readonly alerts: ReadonlyArray<{ readonly alertId: string, readonly number: number, readonly alertType: string, readonly severity: Severity, readonly status: AlertStatus, readonly title: string, readonly message: string, readonly source: string, readonly subject: string | null, readonly hostId: string | null, readonly agentId: string | null, readonly providerName: string | null, readonly raisedAt: string, readonly acknowledgedAt: string | null, readonly acknowledgedBy: string | null, readonly resolvedAt: string | null, readonly silence: { readonly endsAt: string, readonly reason: string } | null }> } | { readonly __typename: 'InvalidInput', readonly message: string } };

export type ResolveAlertsMutationVariables = Exact<{
  alertIds: ReadonlyArray<Scalars['ID']['input']> | Scalars['ID']['input'];
}>;


export type ResolveAlertsMutation = { readonly resolveAlerts: { readonly __typename: 'InvalidInput', readonly message: string } | { readonly __typename: 'ResolveAlertsSuccess', readonly notFoundIds: ReadonlyArray<string>, readonly unchangedIds: ReadonlyArray<string>, readonly alerts: ReadonlyArray<{ readonly alertId: string, readonly number: number, readonly alertType: string, readonly severity: Severity, readonly status: AlertStatus, readonly title: string, readonly message: string, readonly source: string, readonly subject: string | null, readonly hostId: string | null, readonly agentId: string | null, readonly providerName: string | null, readonly raisedAt: string, readonly acknowledgedAt: string | null, readonly acknowledgedBy: string | null, readonly resolvedAt: string | null, readonly silence: { readonly endsAt: string, readonly reason: string } | null }> } };

export type SnoozeAlertsMutationVariables = Exact<{
  alertIds: ReadonlyArray<Scalars['ID']['input']> | Scalars['ID']['input'];
  until: Scalars['DateTime']['input'];
  reason: Scalars['String']['input'];
}>;


export type SnoozeAlertsMutation = { readonly snoozeAlerts: { readonly __typename: 'InvalidInput', readonly message: string } | { readonly __typename: 'SnoozeAlertsSuccess', readonly notFoundIds: ReadonlyArray<string>, readonly unchangedIds: ReadonlyArray<string>, readonly alerts: ReadonlyArray<{ readonly alertId: string, readonly number: number, readonly alertType: string, readonly severity: Severity, readonly status: AlertStatus, readonly title: string, readonly message: string, readonly source: string, readonly subject: string | null, readonly hostId: string | null, readonly agentId: string | null, readonly providerName: string | null, readonly raisedAt: string, readonly acknowledgedAt: string | null, readonly acknowledgedBy: string | null, readonly resolvedAt: string | null, readonly silence: { readonly endsAt: string, readonly reason: string } | null }> } };

export type AuditLineFragment = { readonly auditId: string, readonly eventType: string, readonly actorId: string, readonly action: string, readonly status: string, readonly targetId: string | null, readonly details: string | null, readonly occurredAt: string };

export type AuditLogQueryVariables = Exact<{
  first: Scalars['Int']['input'];
}>;


export type AuditLogQuery = { readonly auditLogs: { readonly liveCursor: string, readonly edges: ReadonlyArray<{ readonly node: { readonly auditId: string, readonly eventType: string, readonly actorId: string, readonly action: string, readonly status: string, readonly targetId: string | null, readonly details: string | null, readonly occurredAt: string } }> } | null };

export type AuditLiveSubscriptionVariables = Exact<{
  after: InputMaybe<Scalars['Cursor']['input']>;
}>;


export type AuditLiveSubscription = { readonly auditEventBatches: ReadonlyArray<{ readonly cursor: string, readonly auditId: string, readonly eventType: string, readonly actorId: string, readonly action: string, readonly status: string, readonly targetId: string | null, readonly details: string | null, readonly occurredAt: string }> };

export type ConnectionSampleFragment = { readonly sampledAt: string, readonly openCount: number, readonly httpRequestCount: number, readonly httpResponseMs: number | null, readonly messageLatencyMs: number | null, readonly failedAttemptCount: number, readonly endpoints: ReadonlyArray<{ readonly path: string, readonly dialect: string, readonly openCount: number, readonly acceptedCount: number, readonly refusedCount: number, readonly reconnectionCount: number, readonly avgLatencyMs: number | null }>, readonly sockets: ReadonlyArray<{ readonly socketId: string, readonly path: string, readonly subject: string, readonly address: string, readonly userAgent: string | null, readonly openedAt: string, readonly latencyMs: number | null, readonly quality: ConnectionQuality | null, readonly sentCount: number, readonly receivedCount: number }> };

export type ConnectionLiveSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type ConnectionLiveSubscription = { readonly connections: { readonly sampledAt: string, readonly openCount: number, readonly httpRequestCount: number, readonly httpResponseMs: number | null, readonly messageLatencyMs: number | null, readonly failedAttemptCount: number, readonly endpoints: ReadonlyArray<{ readonly path: string, readonly dialect: string, readonly openCount: number, readonly acceptedCount: number, readonly refusedCount: number, readonly reconnectionCount: number, readonly avgLatencyMs: number | null }>, readonly sockets: ReadonlyArray<{ readonly socketId: string, readonly path: string, readonly subject: string, readonly address: string, readonly userAgent: string | null, readonly openedAt: string, readonly latencyMs: number | null, readonly quality: ConnectionQuality | null, readonly sentCount: number, readonly receivedCount: number }> } };

export type ConnectionHistoryQueryVariables = Exact<{
  since: InputMaybe<Scalars['DateTime']['input']>;
  until: InputMaybe<Scalars['DateTime']['input']>;
  points: InputMaybe<Scalars['Int']['input']>;
}>;


export type ConnectionHistoryQuery = { readonly connectionHistory: ReadonlyArray<{ readonly startsAt: string, readonly openCount: { readonly avg: number } | null, readonly httpRequestCount: { readonly avg: number } | null, readonly httpResponseMs: { readonly avg: number } | null, readonly messageLatencyMs: { readonly avg: number } | null, readonly failedAttemptCount: { readonly max: number } | null }> | null };

export type DatabaseSampleFragment = { readonly sampledAt: string, readonly connection: { readonly activeConnectionCount: number | null, readonly idleConnectionCount: number | null, readonly connectionsMax: number | null, readonly poolUsedRatio: number | null }, readonly health: { readonly status: DatabaseStatus, readonly responseTimeMs: number | null, readonly replicationLagMs: number | null, readonly backupStatus: BackupStatus, readonly lastBackupAt: string | null }, readonly performance: { readonly activeQueryCount: number | null, readonly avgQueryTimeMs: number | null, readonly queryCacheHitRatio: number | null, readonly slowQueryCount: number | null, readonly slowQueryThresholdMs: number }, readonly storage: { readonly databaseSizeBytes: number | null, readonly indexesSizeBytes: number | null, readonly tables: ReadonlyArray<{ readonly tableName: string, readonly rowCount: number | null, readonly sizeBytes: number | null, readonly lastVacuumAt: string | null }> } };

export type DatabaseQueryVariables = Exact<{ [key: string]: never; }>;


export type DatabaseQuery = { readonly databaseMetrics: { readonly sampledAt: string, readonly connection: { readonly activeConnectionCount: number | null, readonly idleConnectionCount: number | null, readonly connectionsMax: number | null, readonly poolUsedRatio: number | null }, readonly health: { readonly status: DatabaseStatus, readonly responseTimeMs: number | null, readonly replicationLagMs: number | null, readonly backupStatus: BackupStatus, readonly lastBackupAt: string | null }, readonly performance: { readonly activeQueryCount: number | null, readonly avgQueryTimeMs: number | null, readonly queryCacheHitRatio: number | null, readonly slowQueryCount: number | null, readonly slowQueryThresholdMs: number }, readonly storage: { readonly databaseSizeBytes: number | null, readonly indexesSizeBytes: number | null, readonly tables: ReadonlyArray<{ readonly tableName: string, readonly rowCount: number | null, readonly sizeBytes: number | null, readonly lastVacuumAt: string | null }> } } | null };

export type DatabaseHistoryQueryVariables = Exact<{
  since: InputMaybe<Scalars['DateTime']['input']>;
  until: InputMaybe<Scalars['DateTime']['input']>;
  points: InputMaybe<Scalars['Int']['input']>;
}>;


export type DatabaseHistoryQuery = { readonly databaseHistory: ReadonlyArray<{ readonly startsAt: string, readonly responseTimeMs: { readonly avg: number } | null, readonly avgQueryTimeMs: { readonly avg: number } | null, readonly activeConnectionCount: { readonly avg: number } | null, readonly idleConnectionCount: { readonly avg: number } | null, readonly queryCacheHitRatio: { readonly avg: number } | null, readonly databaseSizeBytes: { readonly avg: number } | null, readonly indexesSizeBytes: { readonly avg: number } | null, readonly slowQueryCount: { readonly max: number } | null }> | null };

export type DatabaseLiveSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type DatabaseLiveSubscription = { readonly databaseMetrics: { readonly sampledAt: string, readonly connection: { readonly activeConnectionCount: number | null, readonly idleConnectionCount: number | null, readonly connectionsMax: number | null, readonly poolUsedRatio: number | null }, readonly health: { readonly status: DatabaseStatus, readonly responseTimeMs: number | null, readonly replicationLagMs: number | null, readonly backupStatus: BackupStatus, readonly lastBackupAt: string | null }, readonly performance: { readonly activeQueryCount: number | null, readonly avgQueryTimeMs: number | null, readonly queryCacheHitRatio: number | null, readonly slowQueryCount: number | null, readonly slowQueryThresholdMs: number }, readonly storage: { readonly databaseSizeBytes: number | null, readonly indexesSizeBytes: number | null, readonly tables: ReadonlyArray<{ readonly tableName: string, readonly rowCount: number | null, readonly sizeBytes: number | null, readonly lastVacuumAt: string | null }> } } };

export type HostSummaryFragment = { readonly hostId: string, readonly hostname: string, readonly status: HostStatus, readonly lastSampleAt: string | null, readonly systemMetrics: { readonly hostId: string, readonly sampledAt: string, readonly health: HostHealth, readonly uptimeMs: number | null, readonly cpu: { readonly usedPercent: number | null, readonly coreCount: number, readonly frequencyMhz: number | null, readonly loadAverage1m: number | null, readonly loadAverage5m: number | null, readonly loadAverage15m: number | null }, readonly memory: { readonly usedPercent: number | null, readonly usedBytes: number | null, readonly totalBytes: number | null, readonly swapUsedBytes: number | null, readonly swapTotalBytes: number | null }, readonly disk: { readonly path: string, readonly usedPercent: number | null, readonly usedBytes: number | null, readonly totalBytes: number | null, readonly readBytesPerSecond: number | null, readonly writeBytesPerSecond: number | null }, readonly network: { readonly receivedBytes: number | null, readonly sentBytes: number | null, readonly receivedPacketCount: number | null, readonly sentPacketCount: number | null, readonly receiveErrorCount: number | null, readonly sendErrorCount: number | null }, readonly temperature: { readonly cpuC: number | null, readonly gpuC: number | null } } | null };

export type HostSampleFragment = { readonly hostId: string, readonly sampledAt: string, readonly health: HostHealth, readonly uptimeMs: number | null, readonly cpu: { readonly usedPercent: number | null, readonly coreCount: number, readonly frequencyMhz: number | null, readonly loadAverage1m: number | null, readonly loadAverage5m: number | null, readonly loadAverage15m: number | null }, readonly memory: { readonly usedPercent: number | null, readonly usedBytes: number | null, readonly totalBytes: number | null, readonly swapUsedBytes: number | null, readonly swapTotalBytes: number | null }, readonly disk: { readonly path: string, readonly usedPercent: number | null, readonly usedBytes: number | null, readonly totalBytes: number | null, readonly readBytesPerSecond: number | null, readonly writeBytesPerSecond: number | null }, readonly network: { readonly receivedBytes: number | null, readonly sentBytes: number | null, readonly receivedPacketCount: number | null, readonly sentPacketCount: number | null, readonly receiveErrorCount: number | null, readonly sendErrorCount: number | null }, readonly temperature: { readonly cpuC: number | null, readonly gpuC: number | null } };

export type HostDetailsQueryVariables = Exact<{
  hostId: InputMaybe<Scalars['ID']['input']>;
}>;


export type HostDetailsQuery = { readonly host: { readonly hostId: string, readonly hostname: string, readonly status: HostStatus, readonly os: string | null, readonly kernel: string | null, readonly arch: string, readonly cpuModel: string | null, readonly coreCount: number, readonly memoryTotalBytes: number | null, readonly bootedAt: string | null, readonly reportedBy: string | null, readonly lastSampleAt: string | null } | null };

export type HostHistoryQueryVariables = Exact<{
  hostId: InputMaybe<Scalars['ID']['input']>;
  since: InputMaybe<Scalars['DateTime']['input']>;
  until: InputMaybe<Scalars['DateTime']['input']>;
  points: InputMaybe<Scalars['Int']['input']>;
}>;


export type HostHistoryQuery = { readonly systemHistory: ReadonlyArray<{ readonly startsAt: string, readonly cpuPercent: { readonly avg: number, readonly max: number } | null, readonly memoryPercent: { readonly avg: number } | null, readonly diskPercent: { readonly avg: number } | null, readonly diskReadBytesPerSecond: { readonly avg: number } | null, readonly diskWriteBytesPerSecond: { readonly avg: number } | null, readonly networkReceivedBytesPerSecond: { readonly avg: number } | null, readonly networkSentBytesPerSecond: { readonly avg: number } | null, readonly cpuC: { readonly avg: number } | null }> | null };

export type HostLiveSubscriptionVariables = Exact<{
  hostId: InputMaybe<Scalars['ID']['input']>;
}>;


export type HostLiveSubscription = { readonly systemMetrics: { readonly hostId: string, readonly sampledAt: string, readonly health: HostHealth, readonly uptimeMs: number | null, readonly cpu: { readonly usedPercent: number | null, readonly coreCount: number, readonly frequencyMhz: number | null, readonly loadAverage1m: number | null, readonly loadAverage5m: number | null, readonly loadAverage15m: number | null }, readonly memory: { readonly usedPercent: number | null, readonly usedBytes: number | null, readonly totalBytes: number | null, readonly swapUsedBytes: number | null, readonly swapTotalBytes: number | null }, readonly disk: { readonly path: string, readonly usedPercent: number | null, readonly usedBytes: number | null, readonly totalBytes: number | null, readonly readBytesPerSecond: number | null, readonly writeBytesPerSecond: number | null }, readonly network: { readonly receivedBytes: number | null, readonly sentBytes: number | null, readonly receivedPacketCount: number | null, readonly sentPacketCount: number | null, readonly receiveErrorCount: number | null, readonly sendErrorCount: number | null }, readonly temperature: { readonly cpuC: number | null, readonly gpuC: number | null } } };

export type GpusQueryVariables = Exact<{
  hostId: InputMaybe<Scalars['ID']['input']>;
}>;


export type GpusQuery = { readonly gpus: ReadonlyArray<{ readonly index: number, readonly name: string | null, readonly memoryTotalBytes: number | null }> | null };

export type GpuHistoryQueryVariables = Exact<{
  hostId: InputMaybe<Scalars['ID']['input']>;
  index: Scalars['Int']['input'];
  since: InputMaybe<Scalars['DateTime']['input']>;
  until: InputMaybe<Scalars['DateTime']['input']>;
  points: InputMaybe<Scalars['Int']['input']>;
}>;


export type GpuHistoryQuery = { readonly gpuHistory: ReadonlyArray<{ readonly startsAt: string, readonly busyPercent: { readonly avg: number } | null, readonly memoryUsedBytes: { readonly avg: number } | null, readonly temperatureC: { readonly avg: number } | null, readonly powerW: { readonly avg: number } | null }> | null };

export type GpuLiveSubscriptionVariables = Exact<{
  hostId: InputMaybe<Scalars['ID']['input']>;
}>;


export type GpuLiveSubscription = { readonly gpuMetrics: { readonly hostId: string, readonly sampledAt: string, readonly available: boolean, readonly reason: string | null, readonly gpus: ReadonlyArray<{ readonly index: number, readonly name: string | null, readonly busyPercent: number | null, readonly memoryUsedBytes: number | null, readonly memoryTotalBytes: number | null, readonly temperatureC: number | null, readonly powerW: number | null, readonly clockMhz: number | null, readonly fanPercent: number | null }> } };

export type InstanceSummaryFragment = { readonly instanceId: string, readonly hostId: string, readonly version: string, readonly state: InstanceState, readonly startedAt: string, readonly seenAt: string, readonly uptimeMs: number, readonly connectionCount: number, readonly subscriptionCount: number, readonly lagCount: number, readonly news: InstanceNews, readonly leases: ReadonlyArray<string> };

export type InstancesQueryVariables = Exact<{ [key: string]: never; }>;


export type InstancesQuery = { readonly instances: ReadonlyArray<{ readonly instanceId: string, readonly hostId: string, readonly version: string, readonly state: InstanceState, readonly startedAt: string, readonly seenAt: string, readonly uptimeMs: number, readonly connectionCount: number, readonly subscriptionCount: number, readonly lagCount: number, readonly news: InstanceNews, readonly leases: ReadonlyArray<string> }> | null };

export type InstanceLiveSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type InstanceLiveSubscription = { readonly instances: ReadonlyArray<{ readonly instanceId: string, readonly hostId: string, readonly version: string, readonly state: InstanceState, readonly startedAt: string, readonly seenAt: string, readonly uptimeMs: number, readonly connectionCount: number, readonly subscriptionCount: number, readonly lagCount: number, readonly news: InstanceNews, readonly leases: ReadonlyArray<string> }> };

export type JobSummaryFragment = { readonly jobId: string, readonly name: string, readonly trigger: string, readonly enabled: boolean, readonly running: boolean, readonly currentRunStartedAt: string | null, readonly lastRunAt: string | null, readonly lastDurationMs: number | null, readonly lastOutcome: JobOutcome | null, readonly nextRunAt: string | null };

export type JobsQueryVariables = Exact<{ [key: string]: never; }>;


export type JobsQuery = { readonly jobs: ReadonlyArray<{ readonly jobId: string, readonly name: string, readonly trigger: string, readonly enabled: boolean, readonly running: boolean, readonly currentRunStartedAt: string | null, readonly lastRunAt: string | null, readonly lastDurationMs: number | null, readonly lastOutcome: JobOutcome | null, readonly nextRunAt: string | null }> | null, readonly jobRuns: { readonly liveCursor: string, readonly edges: ReadonlyArray<{ readonly node: { readonly jobRunId: string, readonly jobId: string, readonly jobName: string, readonly outcome: JobOutcome | null, readonly startedAt: string, readonly finishedAt: string | null, readonly durationMs: number | null, readonly triggeredBy: string | null, readonly error: string | null } }> } | null };

export type JobRunSummaryFragment = { readonly jobRunId: string, readonly jobId: string, readonly jobName: string, readonly outcome: JobOutcome | null, readonly startedAt: string, readonly finishedAt: string | null, readonly durationMs: number | null, readonly triggeredBy: string | null, readonly error: string | null };

export type JobLiveSubscriptionVariables = Exact<{
  after: InputMaybe<Scalars['Cursor']['input']>;
}>;


export type JobLiveSubscription = { readonly jobEventBatches: ReadonlyArray<{ readonly cursor: string, readonly job: { readonly jobId: string, readonly name: string, readonly trigger: string, readonly enabled: boolean, readonly running: boolean, readonly currentRunStartedAt: string | null, readonly lastRunAt: string | null, readonly lastDurationMs: number | null, readonly lastOutcome: JobOutcome | null, readonly nextRunAt: string | null } | null } | { readonly cursor: string, readonly job: { readonly jobId: string, readonly name: string, readonly trigger: string, readonly enabled: boolean, readonly running: boolean, readonly currentRunStartedAt: string | null, readonly lastRunAt: string | null, readonly lastDurationMs: number | null, readonly lastOutcome: JobOutcome | null, readonly nextRunAt: string | null } | null } | { readonly cursor: string, readonly job: { readonly jobId: string, readonly name: string, readonly trigger: string, readonly enabled: boolean, readonly running: boolean, readonly currentRunStartedAt: string | null, readonly lastRunAt: string | null, readonly lastDurationMs: number | null, readonly lastOutcome: JobOutcome | null, readonly nextRunAt: string | null } | null } | { readonly cursor: string, readonly jobRun: { readonly jobRunId: string, readonly jobId: string, readonly jobName: string, readonly outcome: JobOutcome | null, readonly startedAt: string, readonly finishedAt: string | null, readonly durationMs: number | null, readonly triggeredBy: string | null, readonly error: string | null } | null, readonly job: { readonly jobId: string, readonly name: string, readonly trigger: string, readonly enabled: boolean, readonly running: boolean, readonly currentRunStartedAt: string | null, readonly lastRunAt: string | null, readonly lastDurationMs: number | null, readonly lastOutcome: JobOutcome | null, readonly nextRunAt: string | null } | null }> };

export type TriggerJobMutationVariables = Exact<{
  jobId: Scalars['ID']['input'];
}>;


export type TriggerJobMutation = { readonly triggerJob: { readonly __typename: 'NotFound', readonly message: string } | { readonly __typename: 'TriggerJobSuccess', readonly status: JobTriggering, readonly job: { readonly jobId: string, readonly name: string, readonly trigger: string, readonly enabled: boolean, readonly running: boolean, readonly currentRunStartedAt: string | null, readonly lastRunAt: string | null, readonly lastDurationMs: number | null, readonly lastOutcome: JobOutcome | null, readonly nextRunAt: string | null } } };

export type KpiSampleFragment = { readonly sampledAt: string, readonly totalRevenue: number | null, readonly totalProfit: number | null, readonly inventoryTurnover: number | null, readonly stockoutIncidentCount: number | null, readonly wasteReductionPercent: number | null, readonly priceOptimizationScore: number | null, readonly promotionEffectiveness: number | null, readonly agentCollaborationScore: number | null, readonly decisionCount: number, readonly recentDecisionCount: number, readonly avgResponseTimeMs: number | null };

export type KpiValuesQueryVariables = Exact<{ [key: string]: never; }>;


export type KpiValuesQuery = { readonly kpis: { readonly sampledAt: string, readonly totalRevenue: number | null, readonly totalProfit: number | null, readonly inventoryTurnover: number | null, readonly stockoutIncidentCount: number | null, readonly wasteReductionPercent: number | null, readonly priceOptimizationScore: number | null, readonly promotionEffectiveness: number | null, readonly agentCollaborationScore: number | null, readonly decisionCount: number, readonly recentDecisionCount: number, readonly avgResponseTimeMs: number | null } | null };

export type KpiHistoryQueryVariables = Exact<{
  since: InputMaybe<Scalars['DateTime']['input']>;
  until: InputMaybe<Scalars['DateTime']['input']>;
  points: InputMaybe<Scalars['Int']['input']>;
}>;


export type KpiHistoryQuery = { readonly kpiHistory: ReadonlyArray<{ readonly startsAt: string, readonly totalRevenue: { readonly avg: number } | null, readonly totalProfit: { readonly avg: number } | null, readonly recentDecisionCount: { readonly avg: number } | null, readonly avgResponseTimeMs: { readonly avg: number } | null }> | null };

export type KpiLiveSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type KpiLiveSubscription = { readonly kpis: { readonly sampledAt: string, readonly totalRevenue: number | null, readonly totalProfit: number | null, readonly inventoryTurnover: number | null, readonly stockoutIncidentCount: number | null, readonly wasteReductionPercent: number | null, readonly priceOptimizationScore: number | null, readonly promotionEffectiveness: number | null, readonly agentCollaborationScore: number | null, readonly decisionCount: number, readonly recentDecisionCount: number, readonly avgResponseTimeMs: number | null } };

export type MetricSummaryFragment = { readonly seriesId: string, readonly name: string, readonly labels: unknown, readonly series: string, readonly unit: string | null, readonly kind: MetricKind | null, readonly value: number, readonly sampledAt: string };

export type MetricsQueryVariables = Exact<{
  first: Scalars['Int']['input'];
  filter: InputMaybe<MetricFilter>;
}>;


export type MetricsQuery = { readonly metrics: { readonly totalCount: number, readonly edges: ReadonlyArray<{ readonly node: { readonly seriesId: string, readonly name: string, readonly labels: unknown, readonly series: string, readonly unit: string | null, readonly kind: MetricKind | null, readonly value: number, readonly sampledAt: string } }> } | null };

export type ChosenMetricsQueryVariables = Exact<{
  seriesIds: ReadonlyArray<Scalars['ID']['input']> | Scalars['ID']['input'];
}>;


export type ChosenMetricsQuery = { readonly metricHistory: ReadonlyArray<{ readonly metric: { readonly seriesId: string, readonly name: string, readonly labels: unknown, readonly series: string, readonly unit: string | null, readonly kind: MetricKind | null, readonly value: number, readonly sampledAt: string } }> | null };

export type MetricHistoryQueryVariables = Exact<{
  seriesIds: ReadonlyArray<Scalars['ID']['input']> | Scalars['ID']['input'];
  aggregate: InputMaybe<MetricAggregate>;
  since: InputMaybe<Scalars['DateTime']['input']>;
  until: InputMaybe<Scalars['DateTime']['input']>;
  points: InputMaybe<Scalars['Int']['input']>;
}>;


export type MetricHistoryQuery = { readonly metricHistory: ReadonlyArray<{ readonly points: ReadonlyArray<{ readonly startsAt: string, readonly value: number | null }> }> | null };

export type MetricLiveSubscriptionVariables = Exact<{
  seriesIds: ReadonlyArray<Scalars['ID']['input']> | Scalars['ID']['input'];
}>;


export type MetricLiveSubscription = { readonly metricUpdates: { readonly seriesId: string, readonly value: number, readonly sampledAt: string } };

export type ModelServerSummaryFragment = { readonly name: string, readonly kind: ModelServerKind, readonly url: string, readonly reachable: boolean | null, readonly responseTimeMs: number | null, readonly lastProbeAt: string | null, readonly errorMessage: string | null };

export type ModelSummaryFragment = { readonly modelId: string, readonly name: string, readonly serverName: string, readonly status: ModelStatus, readonly activeSessionCount: number | null, readonly inferenceTimeMs: number | null, readonly memoryUsedBytes: number | null, readonly memoryTotalBytes: number | null, readonly tokensPerSecond: number | null, readonly updatedAt: string };

export type DeployedModelSummaryFragment = { readonly modelId: string, readonly modelName: string | null, readonly modelVersion: string | null, readonly isCurrent: boolean, readonly operationalStatus: OperationalStatus, readonly healthScore: number | null, readonly accuracy: number | null, readonly deployedAt: string | null, readonly predictionsPerMinute: number | null, readonly predictionCount: number };

export type ModelsQueryVariables = Exact<{ [key: string]: never; }>;


export type ModelsQuery = { readonly modelServers: ReadonlyArray<{ readonly name: string, readonly kind: ModelServerKind, readonly url: string, readonly reachable: boolean | null, readonly responseTimeMs: number | null, readonly lastProbeAt: string | null, readonly errorMessage: string | null }> | null, readonly models: ReadonlyArray<{ readonly modelId: string, readonly name: string, readonly serverName: string, readonly status: ModelStatus, readonly activeSessionCount: number | null, readonly inferenceTimeMs: number | null, readonly memoryUsedBytes: number | null, readonly memoryTotalBytes: number | null, readonly tokensPerSecond: number | null, readonly updatedAt: string }> | null };

export type ModelLiveSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type ModelLiveSubscription = { readonly modelStatus: { readonly modelId: string, readonly name: string, readonly serverName: string, readonly status: ModelStatus, readonly activeSessionCount: number | null, readonly inferenceTimeMs: number | null, readonly memoryUsedBytes: number | null, readonly memoryTotalBytes: number | null, readonly tokensPerSecond: number | null, readonly updatedAt: string } };

export type ModelServerHistoryQueryVariables = Exact<{
  server: Scalars['String']['input'];
  since: InputMaybe<Scalars['DateTime']['input']>;
  until: InputMaybe<Scalars['DateTime']['input']>;
  points: InputMaybe<Scalars['Int']['input']>;
}>;


export type ModelServerHistoryQuery = { readonly modelServerHistory: ReadonlyArray<{ readonly startsAt: string, readonly responseTimeMs: { readonly avg: number } | null }> | null };

export type DeployedModelsQueryVariables = Exact<{ [key: string]: never; }>;


export type DeployedModelsQuery = { readonly deployedModels: { readonly edges: ReadonlyArray<{ readonly node: { readonly modelId: string, readonly modelName: string | null, readonly modelVersion: string | null, readonly isCurrent: boolean, readonly operationalStatus: OperationalStatus, readonly healthScore: number | null, readonly accuracy: number | null, readonly deployedAt: string | null, readonly predictionsPerMinute: number | null, readonly predictionCount: number } }> } | null };

export type ProviderSummaryLineFragment = { readonly name: string, readonly category: string, readonly status: ProviderStatus, readonly responseTimeMs: number | null, readonly httpStatusCode: number | null, readonly errorMessage: string | null, readonly lastCheckAt: string | null, readonly requiresKey: boolean, readonly hasKey: boolean, readonly breaker: ProviderBreakerState, readonly rateLimit: { readonly usedRequestCount: number, readonly requestsMax: number, readonly limitType: RateLimitType, readonly usagePercent: number, readonly status: RateLimitStatus, readonly resetAt: string } | null };

export type ProviderTotalsFragment = { readonly sampledAt: string, readonly systemHealth: SystemHealth, readonly providerCount: number, readonly onlineCount: number, readonly degradedCount: number, readonly offlineCount: number, readonly avgResponseTimeMs: number | null, readonly lastHourRequestCount: number, readonly lastHourFailureCount: number };

export type ProvidersQueryVariables = Exact<{ [key: string]: never; }>;


export type ProvidersQuery = { readonly providers: ReadonlyArray<{ readonly name: string, readonly category: string, readonly status: ProviderStatus, readonly responseTimeMs: number | null, readonly httpStatusCode: number | null, readonly errorMessage: string | null, readonly lastCheckAt: string | null, readonly requiresKey: boolean, readonly hasKey: boolean, readonly breaker: ProviderBreakerState, readonly rateLimit: { readonly usedRequestCount: number, readonly requestsMax: number, readonly limitType: RateLimitType, readonly usagePercent: number, readonly status: RateLimitStatus, readonly resetAt: string } | null }> | null };

export type ProviderLiveSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type ProviderLiveSubscription = { readonly providerStatus: { readonly name: string, readonly category: string, readonly status: ProviderStatus, readonly responseTimeMs: number | null, readonly httpStatusCode: number | null, readonly errorMessage: string | null, readonly lastCheckAt: string | null, readonly requiresKey: boolean, readonly hasKey: boolean, readonly breaker: ProviderBreakerState, readonly rateLimit: { readonly usedRequestCount: number, readonly requestsMax: number, readonly limitType: RateLimitType, readonly usagePercent: number, readonly status: RateLimitStatus, readonly resetAt: string } | null } };

export type ProviderTotalsLiveSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type ProviderTotalsLiveSubscription = { readonly providerSummary: { readonly sampledAt: string, readonly systemHealth: SystemHealth, readonly providerCount: number, readonly onlineCount: number, readonly degradedCount: number, readonly offlineCount: number, readonly avgResponseTimeMs: number | null, readonly lastHourRequestCount: number, readonly lastHourFailureCount: number } };

export type ProviderHistoryQueryVariables = Exact<{
  since: InputMaybe<Scalars['DateTime']['input']>;
  until: InputMaybe<Scalars['DateTime']['input']>;
  points: InputMaybe<Scalars['Int']['input']>;
}>;


export type ProviderHistoryQuery = { readonly providerSummaryHistory: ReadonlyArray<{ readonly startsAt: string, readonly avgResponseTimeMs: { readonly avg: number } | null, readonly onlineCount: { readonly avg: number } | null, readonly degradedCount: { readonly avg: number } | null, readonly offlineCount: { readonly avg: number } | null, readonly lastHourRequestCount: { readonly avg: number } | null, readonly lastHourFailureCount: { readonly avg: number } | null }> | null };

export type SubscriptionSampleFragment = { readonly sampledAt: string, readonly subscriberCount: number, readonly parkedCount: number, readonly waitingCount: number, readonly cachedBytes: number, readonly groups: ReadonlyArray<{ readonly groupId: string, readonly field: string, readonly delivery: Delivery, readonly encoding: string, readonly subscriberCount: number, readonly lagCount: number, readonly catchingUpCount: number, readonly skippedCount: number, readonly executionCount: number }>, readonly ends: ReadonlyArray<{ readonly reason: string, readonly subscriptionCount: number }> };

export type SubscriptionLiveSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type SubscriptionLiveSubscription = { readonly subscriptions: { readonly sampledAt: string, readonly subscriberCount: number, readonly parkedCount: number, readonly waitingCount: number, readonly cachedBytes: number, readonly groups: ReadonlyArray<{ readonly groupId: string, readonly field: string, readonly delivery: Delivery, readonly encoding: string, readonly subscriberCount: number, readonly lagCount: number, readonly catchingUpCount: number, readonly skippedCount: number, readonly executionCount: number }>, readonly ends: ReadonlyArray<{ readonly reason: string, readonly subscriptionCount: number }> } };

export type SubscriptionHistoryQueryVariables = Exact<{
  since: InputMaybe<Scalars['DateTime']['input']>;
  until: InputMaybe<Scalars['DateTime']['input']>;
  points: InputMaybe<Scalars['Int']['input']>;
}>;


export type SubscriptionHistoryQuery = { readonly subscriptionHistory: ReadonlyArray<{ readonly startsAt: string, readonly parkedCount: { readonly max: number } | null, readonly waitingCount: { readonly max: number } | null }> | null };

export type SourcesQueryVariables = Exact<{ [key: string]: never; }>;


export type SourcesQuery = { readonly sources: ReadonlyArray<{ readonly name: string, readonly paceMs: number | null, readonly failureCount: number, readonly failing: boolean | null, readonly lastSuccessAt: string | null, readonly lastDurationMs: number | null, readonly successRatio: number | null }> | null };

export type TrainingRunSummaryFragment = { readonly runId: string, readonly modelId: string | null, readonly status: TrainingStatus, readonly stage: TrainingStage | null, readonly stageName: string | null, readonly progressPercent: number | null, readonly currentEpoch: number | null, readonly epochCount: number | null, readonly currentLoss: number | null, readonly estimatedTimeRemainingMs: number | null, readonly finalAccuracy: number | null, readonly error: string | null, readonly startedAt: string, readonly endedAt: string | null, readonly updatedAt: string };

export type TrainingRunsQueryVariables = Exact<{
  first: Scalars['Int']['input'];
}>;


export type TrainingRunsQuery = { readonly trainingRuns: { readonly liveCursor: string, readonly edges: ReadonlyArray<{ readonly node: { readonly runId: string, readonly modelId: string | null, readonly status: TrainingStatus, readonly stage: TrainingStage | null, readonly stageName: string | null, readonly progressPercent: number | null, readonly currentEpoch: number | null, readonly epochCount: number | null, readonly currentLoss: number | null, readonly estimatedTimeRemainingMs: number | null, readonly finalAccuracy: number | null, readonly error: string | null, readonly startedAt: string, readonly endedAt: string | null, readonly updatedAt: string } }> } | null };

export type TrainingLiveSubscriptionVariables = Exact<{
  after: InputMaybe<Scalars['Cursor']['input']>;
}>;


export type TrainingLiveSubscription = { readonly trainingEventBatches: ReadonlyArray<{ readonly cursor: string, readonly trainingRun: { readonly runId: string, readonly modelId: string | null, readonly status: TrainingStatus, readonly stage: TrainingStage | null, readonly stageName: string | null, readonly progressPercent: number | null, readonly currentEpoch: number | null, readonly epochCount: number | null, readonly currentLoss: number | null, readonly estimatedTimeRemainingMs: number | null, readonly finalAccuracy: number | null, readonly error: string | null, readonly startedAt: string, readonly endedAt: string | null, readonly updatedAt: string } | null } | { readonly cursor: string, readonly trainingRun: { readonly runId: string, readonly modelId: string | null, readonly status: TrainingStatus, readonly stage: TrainingStage | null, readonly stageName: string | null, readonly progressPercent: number | null, readonly currentEpoch: number | null, readonly epochCount: number | null, readonly currentLoss: number | null, readonly estimatedTimeRemainingMs: number | null, readonly finalAccuracy: number | null, readonly error: string | null, readonly startedAt: string, readonly endedAt: string | null, readonly updatedAt: string } | null } | { readonly cursor: string, readonly trainingRun: { readonly runId: string, readonly modelId: string | null, readonly status: TrainingStatus, readonly stage: TrainingStage | null, readonly stageName: string | null, readonly progressPercent: number | null, readonly currentEpoch: number | null, readonly epochCount: number | null, readonly currentLoss: number | null, readonly estimatedTimeRemainingMs: number | null, readonly finalAccuracy: number | null, readonly error: string | null, readonly startedAt: string, readonly endedAt: string | null, readonly updatedAt: string } | null }> };

export type WorkflowSummaryFragment = { readonly workflowId: string, readonly status: WorkflowStatus, readonly stage: WorkflowStage, readonly progressPercent: number, readonly statusMessage: string | null, readonly ownerUserId: string | null, readonly startedAt: string, readonly updatedAt: string, readonly estimatedCompletionAt: string | null };

export type WorkflowsQueryVariables = Exact<{
  first: Scalars['Int']['input'];
}>;


export type WorkflowsQuery = { readonly workflows: { readonly liveCursor: string, readonly edges: ReadonlyArray<{ readonly node: { readonly workflowId: string, readonly status: WorkflowStatus, readonly stage: WorkflowStage, readonly progressPercent: number, readonly statusMessage: string | null, readonly ownerUserId: string | null, readonly startedAt: string, readonly updatedAt: string, readonly estimatedCompletionAt: string | null } }> } | null };

export type WorkflowLiveSubscriptionVariables = Exact<{
  after: InputMaybe<Scalars['Cursor']['input']>;
}>;


export type WorkflowLiveSubscription = { readonly workflowEventBatches: ReadonlyArray<{ readonly cursor: string, readonly workflow: { readonly workflowId: string, readonly status: WorkflowStatus, readonly stage: WorkflowStage, readonly progressPercent: number, readonly statusMessage: string | null, readonly ownerUserId: string | null, readonly startedAt: string, readonly updatedAt: string, readonly estimatedCompletionAt: string | null } | null }> };


/** The text of a document, with the types of its result and variables. */
export type DocumentText<Data, Variables> = string & DocumentTypeDecoration<Data, Variables>;

export const AnnotationsDocument = "query Annotations($since:DateTime){annotations(first:200 filter:{since:$since}){liveCursor edges{node{...AnnotationSummary}}}}fragment AnnotationSummary on Annotation{annotationId text tags startsAt endsAt hostId metricName providerName}" as DocumentText<AnnotationsQuery, AnnotationsQueryVariables>;
export const AnnotationLiveDocument = "subscription AnnotationLive($after:Cursor){annotationEventBatches(after:$after){cursor annotationId annotation{...AnnotationSummary}}}fragment AnnotationSummary on Annotation{annotationId text tags startsAt endsAt hostId metricName providerName}" as DocumentText<AnnotationLiveSubscription, AnnotationLiveSubscriptionVariables>;
export const OverallDocument = "query Overall{viewer{subject authenticated roleId capabilities}config{name version hostId startedAt features{name enabled}}health{checkedAt status ready database{status faults}scheduler{running}}instances{instanceId hostId state lagCount}hosts(first:200){edges{node{...HostSummary}}}modelServers{...ModelServerSummary}models{modelId status serverName}agents{agentId name status reportedAt}providers{name status}jobs{jobId name lastOutcome running}}fragment HostSummary on Host{hostId hostname status lastSampleAt systemMetrics{...HostSample}}fragment HostSample on SystemMetrics{hostId sampledAt health uptimeMs cpu{usedPercent coreCount frequencyMhz loadAverage1m loadAverage5m loadAverage15m}memory{usedPercent usedBytes totalBytes swapUsedBytes swapTotalBytes}disk{path usedPercent usedBytes totalBytes readBytesPerSecond writeBytesPerSecond}network{receivedBytes sentBytes receivedPacketCount sentPacketCount receiveErrorCount sendErrorCount}temperature{cpuC gpuC}}fragment ModelServerSummary on ModelServer{name kind url reachable responseTimeMs lastProbeAt errorMessage}" as DocumentText<OverallQuery, OverallQueryVariables>;
export const ActivitiesDocument = "query Activities($first:Int!){activity(first:$first){liveCursor edges{node{...ActivityLine}}}}fragment ActivityLine on Activity{activityId title description actionType severity status user occurredAt}" as DocumentText<ActivitiesQuery, ActivitiesQueryVariables>;
export const ActivityLiveDocument = "subscription ActivityLive($after:Cursor){activityEventBatches(after:$after){cursor activity{...ActivityLine}}}fragment ActivityLine on Activity{activityId title description actionType severity status user occurredAt}" as DocumentText<ActivityLiveSubscription, ActivityLiveSubscriptionVariables>;
export const AgentsDocument = "query Agents{agents{...AgentSummary}}fragment AgentSummary on Agent{agentId name status currentActivity decisionCount successPercent avgResponseTimeMs lastDecisionAt reportedAt}" as DocumentText<AgentsQuery, AgentsQueryVariables>;
export const AgentLiveDocument = "subscription AgentLive{agentStatus(everyMs:1000){...AgentSummary}}fragment AgentSummary on Agent{agentId name status currentActivity decisionCount successPercent avgResponseTimeMs lastDecisionAt reportedAt}" as DocumentText<AgentLiveSubscription, AgentLiveSubscriptionVariables>;
export const DecisionsDocument = "query Decisions($first:Int!){decisions(first:$first){liveCursor edges{node{...DecisionSummary}}}}fragment DecisionSummary on Decision{decisionId agentId actionType rationale confidenceScore success occurredAt}" as DocumentText<DecisionsQuery, DecisionsQueryVariables>;
export const DecisionLiveDocument = "subscription DecisionLive($after:Cursor){agentEventBatches(after:$after types:[DECIDED OUTCOME_KNOWN]){cursor ...on AgentDecided{decision{...DecisionSummary}}...on DecisionOutcomeKnown{decision{...DecisionSummary}}}}fragment DecisionSummary on Decision{decisionId agentId actionType rationale confidenceScore success occurredAt}" as DocumentText<DecisionLiveSubscription, DecisionLiveSubscriptionVariables>;
export const AlertsDocument = "query Alerts($since:DateTime){alerts(first:200 filter:{since:$since}){liveCursor edges{node{...AlertSummary}}}activeAlerts{...AlertSummary}}fragment AlertSummary on Alert{alertId number alertType severity status title message source subject hostId agentId providerName raisedAt acknowledgedAt acknowledgedBy resolvedAt silence{endsAt reason}}" as DocumentText<AlertsQuery, AlertsQueryVariables>;
export const AlertLiveDocument = "subscription AlertLive($after:Cursor){alertEventBatches(after:$after){cursor alert{...AlertSummary}}}fragment AlertSummary on Alert{alertId number alertType severity status title message source subject hostId agentId providerName raisedAt acknowledgedAt acknowledgedBy resolvedAt silence{endsAt reason}}" as DocumentText<AlertLiveSubscription, AlertLiveSubscriptionVariables>;
export const AcknowledgeAlertsDocument = "mutation AcknowledgeAlerts($alertIds:[ID!]!){acknowledgeAlerts(input:{alertIds:$alertIds}){__typename ...on AcknowledgeAlertsSuccess{alerts{...AlertSummary}notFoundIds unchangedIds}...on Failure{message}}}fragment AlertSummary on Alert{alertId number alertType severity status title message source subject hostId agentId providerName raisedAt acknowledgedAt acknowledgedBy resolvedAt silence{endsAt reason}}" as DocumentText<AcknowledgeAlertsMutation, AcknowledgeAlertsMutationVariables>;
export const ResolveAlertsDocument = "mutation ResolveAlerts($alertIds:[ID!]!){resolveAlerts(input:{alertIds:$alertIds}){__typename ...on ResolveAlertsSuccess{alerts{...AlertSummary}notFoundIds unchangedIds}...on Failure{message}}}fragment AlertSummary on Alert{alertId number alertType severity status title message source subject hostId agentId providerName raisedAt acknowledgedAt acknowledgedBy resolvedAt silence{endsAt reason}}" as DocumentText<ResolveAlertsMutation, ResolveAlertsMutationVariables>;
export const SnoozeAlertsDocument = "mutation SnoozeAlerts($alertIds:[ID!]!$until:DateTime!$reason:String!){snoozeAlerts(input:{alertIds:$alertIds endsAt:$until reason:$reason}){__typename ...on SnoozeAlertsSuccess{alerts{...AlertSummary}notFoundIds unchangedIds}...on Failure{message}}}fragment AlertSummary on Alert{alertId number alertType severity status title message source subject hostId agentId providerName raisedAt acknowledgedAt acknowledgedBy resolvedAt silence{endsAt reason}}" as DocumentText<SnoozeAlertsMutation, SnoozeAlertsMutationVariables>;
export const AuditLogDocument = "query AuditLog($first:Int!){auditLogs(first:$first){liveCursor edges{node{...AuditLine}}}}fragment AuditLine on AuditEvent{auditId eventType actorId action status targetId details occurredAt}" as DocumentText<AuditLogQuery, AuditLogQueryVariables>;
export const AuditLiveDocument = "subscription AuditLive($after:Cursor){auditEventBatches(after:$after){cursor ...AuditLine}}fragment AuditLine on AuditEvent{auditId eventType actorId action status targetId details occurredAt}" as DocumentText<AuditLiveSubscription, AuditLiveSubscriptionVariables>;
export const ConnectionLiveDocument = "subscription ConnectionLive{connections(everyMs:1000){...ConnectionSample}}fragment ConnectionSample on Connections{sampledAt openCount httpRequestCount httpResponseMs messageLatencyMs failedAttemptCount endpoints{path dialect openCount acceptedCount refusedCount reconnectionCount avgLatencyMs}sockets{socketId path subject address userAgent openedAt latencyMs quality sentCount receivedCount}}" as DocumentText<ConnectionLiveSubscription, ConnectionLiveSubscriptionVariables>;
export const ConnectionHistoryDocument = "query ConnectionHistory($since:DateTime$until:DateTime$points:Int){connectionHistory(since:$since until:$until points:$points){startsAt openCount{avg}httpRequestCount{avg}httpResponseMs{avg}messageLatencyMs{avg}failedAttemptCount{max}}}" as DocumentText<ConnectionHistoryQuery, ConnectionHistoryQueryVariables>;
export const DatabaseDocument = "query Database{databaseMetrics{...DatabaseSample}}fragment DatabaseSample on DatabaseMetrics{sampledAt connection{activeConnectionCount idleConnectionCount connectionsMax poolUsedRatio}health{status responseTimeMs replicationLagMs backupStatus lastBackupAt}performance{activeQueryCount avgQueryTimeMs queryCacheHitRatio slowQueryCount slowQueryThresholdMs}storage{databaseSizeBytes indexesSizeBytes tables{tableName rowCount sizeBytes lastVacuumAt}}}" as DocumentText<DatabaseQuery, DatabaseQueryVariables>;
export const DatabaseHistoryDocument = "query DatabaseHistory($since:DateTime$until:DateTime$points:Int){databaseHistory(since:$since until:$until points:$points){startsAt responseTimeMs{avg}avgQueryTimeMs{avg}activeConnectionCount{avg}idleConnectionCount{avg}queryCacheHitRatio{avg}databaseSizeBytes{avg}indexesSizeBytes{avg}slowQueryCount{max}}}" as DocumentText<DatabaseHistoryQuery, DatabaseHistoryQueryVariables>;
export const DatabaseLiveDocument = "subscription DatabaseLive{databaseMetrics(everyMs:1000){...DatabaseSample}}fragment DatabaseSample on DatabaseMetrics{sampledAt connection{activeConnectionCount idleConnectionCount connectionsMax poolUsedRatio}health{status responseTimeMs replicationLagMs backupStatus lastBackupAt}performance{activeQueryCount avgQueryTimeMs queryCacheHitRatio slowQueryCount slowQueryThresholdMs}storage{databaseSizeBytes indexesSizeBytes tables{tableName rowCount sizeBytes lastVacuumAt}}}" as DocumentText<DatabaseLiveSubscription, DatabaseLiveSubscriptionVariables>;
export const HostDetailsDocument = "query HostDetails($hostId:ID){host(hostId:$hostId){hostId hostname status os kernel arch cpuModel coreCount memoryTotalBytes bootedAt reportedBy lastSampleAt}}" as DocumentText<HostDetailsQuery, HostDetailsQueryVariables>;
export const HostHistoryDocument = "query HostHistory($hostId:ID$since:DateTime$until:DateTime$points:Int){systemHistory(hostId:$hostId since:$since until:$until points:$points){startsAt cpuPercent{avg max}memoryPercent{avg}diskPercent{avg}diskReadBytesPerSecond{avg}diskWriteBytesPerSecond{avg}networkReceivedBytesPerSecond{avg}networkSentBytesPerSecond{avg}cpuC{avg}}}" as DocumentText<HostHistoryQuery, HostHistoryQueryVariables>;
export const HostLiveDocument = "subscription HostLive($hostId:ID){systemMetrics(hostId:$hostId everyMs:1000){...HostSample}}fragment HostSample on SystemMetrics{hostId sampledAt health uptimeMs cpu{usedPercent coreCount frequencyMhz loadAverage1m loadAverage5m loadAverage15m}memory{usedPercent usedBytes totalBytes swapUsedBytes swapTotalBytes}disk{path usedPercent usedBytes totalBytes readBytesPerSecond writeBytesPerSecond}network{receivedBytes sentBytes receivedPacketCount sentPacketCount receiveErrorCount sendErrorCount}temperature{cpuC gpuC}}" as DocumentText<HostLiveSubscription, HostLiveSubscriptionVariables>;
export const GpusDocument = "query Gpus($hostId:ID){gpus(hostId:$hostId){index name memoryTotalBytes}}" as DocumentText<GpusQuery, GpusQueryVariables>;
export const GpuHistoryDocument = "query GpuHistory($hostId:ID$index:Int!$since:DateTime$until:DateTime$points:Int){gpuHistory(hostId:$hostId index:$index since:$since until:$until points:$points){startsAt busyPercent{avg}memoryUsedBytes{avg}temperatureC{avg}powerW{avg}}}" as DocumentText<GpuHistoryQuery, GpuHistoryQueryVariables>;
export const GpuLiveDocument = "subscription GpuLive($hostId:ID){gpuMetrics(hostId:$hostId everyMs:1000){hostId sampledAt available reason gpus{index name busyPercent memoryUsedBytes memoryTotalBytes temperatureC powerW clockMhz fanPercent}}}" as DocumentText<GpuLiveSubscription, GpuLiveSubscriptionVariables>;
export const InstancesDocument = "query Instances{instances{...InstanceSummary}}fragment InstanceSummary on Instance{instanceId hostId version state startedAt seenAt uptimeMs connectionCount subscriptionCount lagCount news leases}" as DocumentText<InstancesQuery, InstancesQueryVariables>;
export const InstanceLiveDocument = "subscription InstanceLive{instances(everyMs:1000){...InstanceSummary}}fragment InstanceSummary on Instance{instanceId hostId version state startedAt seenAt uptimeMs connectionCount subscriptionCount lagCount news leases}" as DocumentText<InstanceLiveSubscription, InstanceLiveSubscriptionVariables>;
export const JobsDocument = "query Jobs{jobs{...JobSummary}jobRuns(first:12){liveCursor edges{node{...JobRunSummary}}}}fragment JobSummary on Job{jobId name trigger enabled running currentRunStartedAt lastRunAt lastDurationMs lastOutcome nextRunAt}fragment JobRunSummary on JobRun{jobRunId jobId jobName outcome startedAt finishedAt durationMs triggeredBy error}" as DocumentText<JobsQuery, JobsQueryVariables>;
export const JobLiveDocument = "subscription JobLive($after:Cursor){jobEventBatches(after:$after){cursor job{...JobSummary}...on JobRunFinished{jobRun{...JobRunSummary}}}}fragment JobSummary on Job{jobId name trigger enabled running currentRunStartedAt lastRunAt lastDurationMs lastOutcome nextRunAt}fragment JobRunSummary on JobRun{jobRunId jobId jobName outcome startedAt finishedAt durationMs triggeredBy error}" as DocumentText<JobLiveSubscription, JobLiveSubscriptionVariables>;
export const TriggerJobDocument = "mutation TriggerJob($jobId:ID!){triggerJob(input:{jobId:$jobId}){__typename ...on TriggerJobSuccess{status job{...JobSummary}}...on Failure{message}}}fragment JobSummary on Job{jobId name trigger enabled running currentRunStartedAt lastRunAt lastDurationMs lastOutcome nextRunAt}" as DocumentText<TriggerJobMutation, TriggerJobMutationVariables>;
export const KpiValuesDocument = "query KpiValues{kpis{...KpiSample}}fragment KpiSample on Kpis{sampledAt totalRevenue totalProfit inventoryTurnover stockoutIncidentCount wasteReductionPercent priceOptimizationScore promotionEffectiveness agentCollaborationScore decisionCount recentDecisionCount avgResponseTimeMs}" as DocumentText<KpiValuesQuery, KpiValuesQueryVariables>;
export const KpiHistoryDocument = "query KpiHistory($since:DateTime$until:DateTime$points:Int){kpiHistory(since:$since until:$until points:$points){startsAt totalRevenue{avg}totalProfit{avg}recentDecisionCount{avg}avgResponseTimeMs{avg}}}" as DocumentText<KpiHistoryQuery, KpiHistoryQueryVariables>;
export const KpiLiveDocument = "subscription KpiLive{kpis(everyMs:1000){...KpiSample}}fragment KpiSample on Kpis{sampledAt totalRevenue totalProfit inventoryTurnover stockoutIncidentCount wasteReductionPercent priceOptimizationScore promotionEffectiveness agentCollaborationScore decisionCount recentDecisionCount avgResponseTimeMs}" as DocumentText<KpiLiveSubscription, KpiLiveSubscriptionVariables>;
export const MetricsDocument = "query Metrics($first:Int!$filter:MetricFilter){metrics(first:$first filter:$filter){totalCount edges{node{...MetricSummary}}}}fragment MetricSummary on Metric{seriesId name labels series unit kind value sampledAt}" as DocumentText<MetricsQuery, MetricsQueryVariables>;
export const ChosenMetricsDocument = "query ChosenMetrics($seriesIds:[ID!]!){metricHistory(seriesIds:$seriesIds points:1){metric{...MetricSummary}}}fragment MetricSummary on Metric{seriesId name labels series unit kind value sampledAt}" as DocumentText<ChosenMetricsQuery, ChosenMetricsQueryVariables>;
export const MetricHistoryDocument = "query MetricHistory($seriesIds:[ID!]!$aggregate:MetricAggregate$since:DateTime$until:DateTime$points:Int){metricHistory(seriesIds:$seriesIds aggregate:$aggregate since:$since until:$until points:$points){points{startsAt value}}}" as DocumentText<MetricHistoryQuery, MetricHistoryQueryVariables>;
export const MetricLiveDocument = "subscription MetricLive($seriesIds:[ID!]!){metricUpdates(filter:{seriesIds:$seriesIds}everyMs:1000){seriesId value sampledAt}}" as DocumentText<MetricLiveSubscription, MetricLiveSubscriptionVariables>;
export const ModelsDocument = "query Models{modelServers{...ModelServerSummary}models{...ModelSummary}}fragment ModelServerSummary on ModelServer{name kind url reachable responseTimeMs lastProbeAt errorMessage}fragment ModelSummary on Model{modelId name serverName status activeSessionCount inferenceTimeMs memoryUsedBytes memoryTotalBytes tokensPerSecond updatedAt}" as DocumentText<ModelsQuery, ModelsQueryVariables>;
export const ModelLiveDocument = "subscription ModelLive{modelStatus(everyMs:1000){...ModelSummary}}fragment ModelSummary on Model{modelId name serverName status activeSessionCount inferenceTimeMs memoryUsedBytes memoryTotalBytes tokensPerSecond updatedAt}" as DocumentText<ModelLiveSubscription, ModelLiveSubscriptionVariables>;
export const ModelServerHistoryDocument = "query ModelServerHistory($server:String!$since:DateTime$until:DateTime$points:Int){modelServerHistory(serverName:$server since:$since until:$until points:$points){startsAt responseTimeMs{avg}}}" as DocumentText<ModelServerHistoryQuery, ModelServerHistoryQueryVariables>;
export const DeployedModelsDocument = "query DeployedModels{deployedModels(first:20){edges{node{...DeployedModelSummary}}}}fragment DeployedModelSummary on DeployedModel{modelId modelName modelVersion isCurrent operationalStatus healthScore accuracy deployedAt predictionsPerMinute predictionCount}" as DocumentText<DeployedModelsQuery, DeployedModelsQueryVariables>;
export const ProvidersDocument = "query Providers{providers{...ProviderSummaryLine}}fragment ProviderSummaryLine on Provider{name category status responseTimeMs httpStatusCode errorMessage lastCheckAt requiresKey hasKey breaker rateLimit{usedRequestCount requestsMax limitType usagePercent status resetAt}}" as DocumentText<ProvidersQuery, ProvidersQueryVariables>;
export const ProviderLiveDocument = "subscription ProviderLive{providerStatus(everyMs:1000){...ProviderSummaryLine}}fragment ProviderSummaryLine on Provider{name category status responseTimeMs httpStatusCode errorMessage lastCheckAt requiresKey hasKey breaker rateLimit{usedRequestCount requestsMax limitType usagePercent status resetAt}}" as DocumentText<ProviderLiveSubscription, ProviderLiveSubscriptionVariables>;
export const ProviderTotalsLiveDocument = "subscription ProviderTotalsLive{providerSummary(everyMs:1000){...ProviderTotals}}fragment ProviderTotals on ProviderSummary{sampledAt systemHealth providerCount onlineCount degradedCount offlineCount avgResponseTimeMs lastHourRequestCount lastHourFailureCount}" as DocumentText<ProviderTotalsLiveSubscription, ProviderTotalsLiveSubscriptionVariables>;
export const ProviderHistoryDocument = "query ProviderHistory($since:DateTime$until:DateTime$points:Int){providerSummaryHistory(since:$since until:$until points:$points){startsAt avgResponseTimeMs{avg}onlineCount{avg}degradedCount{avg}offlineCount{avg}lastHourRequestCount{avg}lastHourFailureCount{avg}}}" as DocumentText<ProviderHistoryQuery, ProviderHistoryQueryVariables>;
export const SubscriptionLiveDocument = "subscription SubscriptionLive{subscriptions(everyMs:1000){...SubscriptionSample}}fragment SubscriptionSample on Subscriptions{sampledAt subscriberCount parkedCount waitingCount cachedBytes groups{groupId field delivery encoding subscriberCount lagCount catchingUpCount skippedCount executionCount}ends{reason subscriptionCount}}" as DocumentText<SubscriptionLiveSubscription, SubscriptionLiveSubscriptionVariables>;
export const SubscriptionHistoryDocument = "query SubscriptionHistory($since:DateTime$until:DateTime$points:Int){subscriptionHistory(since:$since until:$until points:$points){startsAt parkedCount{max}waitingCount{max}}}" as DocumentText<SubscriptionHistoryQuery, SubscriptionHistoryQueryVariables>;
export const SourcesDocument = "query Sources{sources{name paceMs failureCount failing lastSuccessAt lastDurationMs successRatio}}" as DocumentText<SourcesQuery, SourcesQueryVariables>;
export const TrainingRunsDocument = "query TrainingRuns($first:Int!){trainingRuns(first:$first){liveCursor edges{node{...TrainingRunSummary}}}}fragment TrainingRunSummary on TrainingRun{runId modelId status stage stageName progressPercent currentEpoch epochCount currentLoss estimatedTimeRemainingMs finalAccuracy error startedAt endedAt updatedAt}" as DocumentText<TrainingRunsQuery, TrainingRunsQueryVariables>;
export const TrainingLiveDocument = "subscription TrainingLive($after:Cursor){trainingEventBatches(after:$after){cursor trainingRun{...TrainingRunSummary}}}fragment TrainingRunSummary on TrainingRun{runId modelId status stage stageName progressPercent currentEpoch epochCount currentLoss estimatedTimeRemainingMs finalAccuracy error startedAt endedAt updatedAt}" as DocumentText<TrainingLiveSubscription, TrainingLiveSubscriptionVariables>;
export const WorkflowsDocument = "query Workflows($first:Int!){workflows(first:$first){liveCursor edges{node{...WorkflowSummary}}}}fragment WorkflowSummary on Workflow{workflowId status stage progressPercent statusMessage ownerUserId startedAt updatedAt estimatedCompletionAt}" as DocumentText<WorkflowsQuery, WorkflowsQueryVariables>;
export const WorkflowLiveDocument = "subscription WorkflowLive($after:Cursor){workflowEventBatches(after:$after){cursor workflow{...WorkflowSummary}}}fragment WorkflowSummary on Workflow{workflowId status stage progressPercent statusMessage ownerUserId startedAt updatedAt estimatedCompletionAt}" as DocumentText<WorkflowLiveSubscription, WorkflowLiveSubscriptionVariables>;