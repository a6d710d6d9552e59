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
};

export type ActivityInput = {
  readonly actionType: Scalars['String']['input'];
  readonly at?: InputMaybe<Scalars['DateTime']['input']>;
  readonly description?: InputMaybe<Scalars['String']['input']>;
  readonly duration?: InputMaybe<Scalars['Float']['input']>;
  readonly id?: InputMaybe<Scalars['ID']['input']>;
  readonly metadata?: InputMaybe<Scalars['JSON']['input']>;
  readonly severityLevel?: InputMaybe<ActivitySeverity>;
  readonly status: Scalars['String']['input'];
  readonly title: Scalars['String']['input'];
  readonly user?: InputMaybe<Scalars['String']['input']>;
};

export type ActivitySeverity =
  | 'CRITICAL'
  | 'ERROR'
  | 'INFO'
  | 'WARNING';

export type AgentDecisionInput = {
  readonly actionType: Scalars['String']['input'];
  readonly agentId: Scalars['ID']['input'];
  readonly at?: InputMaybe<Scalars['DateTime']['input']>;
  readonly confidenceScore?: InputMaybe<Scalars['Float']['input']>;
  readonly decisionId?: InputMaybe<Scalars['ID']['input']>;
  readonly expectedOutcome?: InputMaybe<Scalars['JSON']['input']>;
  readonly id?: InputMaybe<Scalars['ID']['input']>;
  readonly parameters?: InputMaybe<Scalars['JSON']['input']>;
  readonly rationale?: InputMaybe<Scalars['String']['input']>;
  readonly responseTime?: InputMaybe<Scalars['Float']['input']>;
  readonly success?: InputMaybe<Scalars['Boolean']['input']>;
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
  readonly at?: InputMaybe<Scalars['DateTime']['input']>;
  readonly currentActivity?: InputMaybe<Scalars['String']['input']>;
  readonly id?: InputMaybe<Scalars['ID']['input']>;
  readonly name?: InputMaybe<Scalars['String']['input']>;
  readonly status: AgentStatus;
};

export type AlertEventType =
  | 'ACKNOWLEDGED'
  | 'RAISED'
  | 'RESOLVED';

export type AlertFilter = {
  readonly active?: InputMaybe<Scalars['Boolean']['input']>;
  readonly agentId?: InputMaybe<Scalars['ID']['input']>;
  readonly alertTypes?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  readonly levels?: InputMaybe<ReadonlyArray<AlertLevel>>;
  readonly provider?: InputMaybe<Scalars['String']['input']>;
  readonly since?: InputMaybe<Scalars['DateTime']['input']>;
  readonly until?: InputMaybe<Scalars['DateTime']['input']>;
};

export type AlertInput = {
  readonly actions?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  readonly agentId?: InputMaybe<Scalars['ID']['input']>;
  readonly alertType: Scalars['String']['input'];
  readonly at?: InputMaybe<Scalars['DateTime']['input']>;
  readonly autoDismiss?: InputMaybe<Scalars['Boolean']['input']>;
  readonly id?: InputMaybe<Scalars['ID']['input']>;
  readonly level: AlertLevel;
  readonly message: Scalars['String']['input'];
  readonly provider?: InputMaybe<Scalars['String']['input']>;
  readonly source?: InputMaybe<Scalars['String']['input']>;
  readonly title: Scalars['String']['input'];
};

export type AlertLevel =
  | 'CRITICAL'
  | 'ERROR'
  | 'INFO'
  | 'WARNING';

export type AlertStatus =
  | 'ACKNOWLEDGED'
  | 'ACTIVE'
  | 'RESOLVED';

export type AuditEventInput = {
  readonly action: Scalars['String']['input'];
  readonly actorId: Scalars['ID']['input'];
  readonly at?: InputMaybe<Scalars['DateTime']['input']>;
  readonly details?: InputMaybe<Scalars['String']['input']>;
  readonly eventType: Scalars['String']['input'];
  readonly id?: InputMaybe<Scalars['ID']['input']>;
  readonly role?: InputMaybe<Scalars['String']['input']>;
  readonly status: Scalars['String']['input'];
  readonly targetId?: InputMaybe<Scalars['ID']['input']>;
};

export type AuditFilter = {
  readonly actorId?: InputMaybe<Scalars['ID']['input']>;
  readonly eventTypes?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  readonly since?: InputMaybe<Scalars['DateTime']['input']>;
  readonly status?: InputMaybe<Scalars['String']['input']>;
  readonly targetId?: InputMaybe<Scalars['ID']['input']>;
  readonly until?: InputMaybe<Scalars['DateTime']['input']>;
};

export type BackupInput = {
  readonly at?: InputMaybe<Scalars['DateTime']['input']>;
  readonly finishedAt: Scalars['DateTime']['input'];
  readonly id?: InputMaybe<Scalars['ID']['input']>;
  readonly status: BackupStatus;
};

export type BackupStatus =
  | 'COMPLETED'
  | 'FAILED'
  | 'PENDING'
  | 'UNKNOWN';

export type ChunkInput = {
  readonly checksum: Scalars['String']['input'];
  readonly chunkData: Scalars['String']['input'];
  readonly chunkIndex: Scalars['Int']['input'];
  readonly dataId: Scalars['ID']['input'];
  readonly session?: InputMaybe<Scalars['ID']['input']>;
  readonly totalChunks: Scalars['Int']['input'];
};

export type ChunkRefusalReason =
  | 'BAD_BASE64'
  | 'BAD_DATA_ID'
  | 'BAD_INDEX'
  | 'BAD_TOTAL'
  | 'CHECKSUM_MISMATCH'
  | 'CHUNK_TOO_LARGE'
  | 'NO_ROOM'
  | 'TOO_MANY_CHUNKS'
  | 'TOO_MANY_OPEN'
  | 'TOTAL_CHANGED';

export type ConnectionQuality =
  | 'EXCELLENT'
  | 'FAIR'
  | 'GOOD'
  | 'POOR';

export type DatabaseStatus =
  | 'DEGRADED'
  | 'HEALTHY'
  | 'UNHEALTHY';

export type DecisionOutcomeInput = {
  readonly at?: InputMaybe<Scalars['DateTime']['input']>;
  readonly decisionId: Scalars['ID']['input'];
  readonly id?: InputMaybe<Scalars['ID']['input']>;
  readonly responseTime?: InputMaybe<Scalars['Float']['input']>;
  readonly success: Scalars['Boolean']['input'];
};

export type Delivery =
  | 'EVERY'
  | 'LATEST';

export type EventInput =
  { readonly activity: ActivityInput; readonly agentDecision?: never; readonly agentStatus?: never; readonly alert?: never; readonly auditEvent?: never; readonly backup?: never; readonly decisionOutcome?: never; readonly fileValidated?: never; readonly kpi?: never; readonly modelDeployed?: never; readonly modelReport?: never; readonly modelStatus?: never; readonly notification?: never; readonly predictions?: never; readonly rateLimitUsage?: never; readonly systemEvent?: never; readonly trainingCompleted?: never; readonly trainingFailed?: never; readonly trainingProgress?: never; readonly uploadProgress?: never; readonly workflow?: never; }
  |  { readonly activity?: never; readonly agentDecision: AgentDecisionInput; readonly agentStatus?: never; readonly alert?: never; readonly auditEvent?: never; readonly backup?: never; readonly decisionOutcome?: never; readonly fileValidated?: never; readonly kpi?: never; readonly modelDeployed?: never; readonly modelReport?: never; readonly modelStatus?: never; readonly notification?: never; readonly predictions?: never; readonly rateLimitUsage?: never; readonly systemEvent?: never; readonly trainingCompleted?: never; readonly trainingFailed?: never; readonly trainingProgress?: never; readonly uploadProgress?: never; readonly workflow?: never; }
  |  { readonly activity?: never; readonly agentDecision?: never; readonly agentStatus: AgentStatusInput; readonly alert?: never; readonly auditEvent?: never; readonly backup?: never; readonly decisionOutcome?: never; readonly fileValidated?: never; readonly kpi?: never; readonly modelDeployed?: never; readonly modelReport?: never; readonly modelStatus?: never; readonly notification?: never; readonly predictions?: never; readonly rateLimitUsage?: never; readonly systemEvent?: never; readonly trainingCompleted?: never; readonly trainingFailed?: never; readonly trainingProgress?: never; readonly uploadProgress?: never; readonly workflow?: never; }
  |  { readonly activity?: never; readonly agentDecision?: never; readonly agentStatus?: never; readonly alert: AlertInput; readonly auditEvent?: never; readonly backup?: never; readonly decisionOutcome?: never; readonly fileValidated?: never; readonly kpi?: never; readonly modelDeployed?: never; readonly modelReport?: never; readonly modelStatus?: never; readonly notification?: never; readonly predictions?: never; readonly rateLimitUsage?: never; readonly systemEvent?: never; readonly trainingCompleted?: never; readonly trainingFailed?: never; readonly trainingProgress?: never; readonly uploadProgress?: never; readonly workflow?: never; }
  |  { readonly activity?: never; readonly agentDecision?: never; readonly agentStatus?: never; readonly alert?: never; readonly auditEvent: AuditEventInput; readonly backup?: never; readonly decisionOutcome?: never; readonly fileValidated?: never; readonly kpi?: never; readonly modelDeployed?: never; readonly modelReport?: never; readonly modelStatus?: never; readonly notification?: never; readonly predictions?: never; readonly rateLimitUsage?: never; readonly systemEvent?: never; readonly trainingCompleted?: never; readonly trainingFailed?: never; readonly trainingProgress?: never; readonly uploadProgress?: never; readonly workflow?: never; }
  |  { readonly activity?: never; readonly agentDecision?: never; readonly agentStatus?: never; readonly alert?: never; readonly auditEvent?: never; readonly backup: BackupInput; readonly decisionOutcome?: never; readonly fileValidated?: never; readonly kpi?: never; readonly modelDeployed?: never; readonly modelReport?: never; readonly modelStatus?: never; readonly notification?: never; readonly predictions?: never; readonly rateLimitUsage?: never; readonly systemEvent?: never; readonly trainingCompleted?: never; readonly trainingFailed?: never; readonly trainingProgress?: never; readonly uploadProgress?: never; readonly workflow?: never; }
  |  { readonly activity?: never; readonly agentDecision?: never; readonly agentStatus?: never; readonly alert?: never; readonly auditEvent?: never; readonly backup?: never; readonly decisionOutcome: DecisionOutcomeInput; readonly fileValidated?: never; readonly kpi?: never; readonly modelDeployed?: never; readonly modelReport?: never; readonly modelStatus?: never; readonly notification?: never; readonly predictions?: never; readonly rateLimitUsage?: never; readonly systemEvent?: never; readonly trainingCompleted?: never; readonly trainingFailed?: never; readonly trainingProgress?: never; readonly uploadProgress?: never; readonly workflow?: never; }
  |  { readonly activity?: never; readonly agentDecision?: never; readonly agentStatus?: never; readonly alert?: never; readonly auditEvent?: never; readonly backup?: never; readonly decisionOutcome?: never; readonly fileValidated: FileValidatedInput; readonly kpi?: never; readonly modelDeployed?: never; readonly modelReport?: never; readonly modelStatus?: never; readonly notification?: never; readonly predictions?: never; readonly rateLimitUsage?: never; readonly systemEvent?: never; readonly trainingCompleted?: never; readonly trainingFailed?: never; readonly trainingProgress?: never; readonly uploadProgress?: never; readonly workflow?: never; }
  |  { readonly activity?: never; readonly agentDecision?: never; readonly agentStatus?: never; readonly alert?: never; readonly auditEvent?: never; readonly backup?: never; readonly decisionOutcome?: never; readonly fileValidated?: never; readonly kpi: KpiInput; readonly modelDeployed?: never; readonly modelReport?: never; readonly modelStatus?: never; readonly notification?: never; readonly predictions?: never; readonly rateLimitUsage?: never; readonly systemEvent?: never; readonly trainingCompleted?: never; readonly trainingFailed?: never; readonly trainingProgress?: never; readonly uploadProgress?: never; readonly workflow?: never; }
  |  { readonly activity?: never; readonly agentDecision?: never; readonly agentStatus?: never; readonly alert?: never; readonly auditEvent?: never; readonly backup?: never; readonly decisionOutcome?: never; readonly fileValidated?: never; readonly kpi?: never; readonly modelDeployed: ModelDeployedInput; readonly modelReport?: never; readonly modelStatus?: never; readonly notification?: never; readonly predictions?: never; readonly rateLimitUsage?: never; readonly systemEvent?: never; readonly trainingCompleted?: never; readonly trainingFailed?: never; readonly trainingProgress?: never; readonly uploadProgress?: never; readonly workflow?: never; }
  |  { readonly activity?: never; readonly agentDecision?: never; readonly agentStatus?: never; readonly alert?: never; readonly auditEvent?: never; readonly backup?: never; readonly decisionOutcome?: never; readonly fileValidated?: never; readonly kpi?: never; readonly modelDeployed?: never; readonly modelReport: ModelReportInput; readonly modelStatus?: never; readonly notification?: never; readonly predictions?: never; readonly rateLimitUsage?: never; readonly systemEvent?: never; readonly trainingCompleted?: never; readonly trainingFailed?: never; readonly trainingProgress?: never; readonly uploadProgress?: never; readonly workflow?: never; }
  |  { readonly activity?: never; readonly agentDecision?: never; readonly agentStatus?: never; readonly alert?: never; readonly auditEvent?: never; readonly backup?: never; readonly decisionOutcome?: never; readonly fileValidated?: never; readonly kpi?: never; readonly modelDeployed?: never; readonly modelReport?: never; readonly modelStatus: ModelStatusInput; readonly notification?: never; readonly predictions?: never; readonly rateLimitUsage?: never; readonly systemEvent?: never; readonly trainingCompleted?: never; readonly trainingFailed?: never; readonly trainingProgress?: never; readonly uploadProgress?: never; readonly workflow?: never; }
  |  { readonly activity?: never; readonly agentDecision?: never; readonly agentStatus?: never; readonly alert?: never; readonly auditEvent?: never; readonly backup?: never; readonly decisionOutcome?: never; readonly fileValidated?: never; readonly kpi?: never; readonly modelDeployed?: never; readonly modelReport?: never; readonly modelStatus?: never; readonly notification: NotificationInput; readonly predictions?: never; readonly rateLimitUsage?: never; readonly systemEvent?: never; readonly trainingCompleted?: never; readonly trainingFailed?: never; readonly trainingProgress?: never; readonly uploadProgress?: never; readonly workflow?: never; }
  |  { readonly activity?: never; readonly agentDecision?: never; readonly agentStatus?: never; readonly alert?: never; readonly auditEvent?: never; readonly backup?: never; readonly decisionOutcome?: never; readonly fileValidated?: never; readonly kpi?: never; readonly modelDeployed?: never; readonly modelReport?: never; readonly modelStatus?: never; readonly notification?: never; readonly predictions: PredictionsInput; readonly rateLimitUsage?: never; readonly systemEvent?: never; readonly trainingCompleted?: never; readonly trainingFailed?: never; readonly trainingProgress?: never; readonly uploadProgress?: never; readonly workflow?: never; }
  |  { readonly activity?: never; readonly agentDecision?: never; readonly agentStatus?: never; readonly alert?: never; readonly auditEvent?: never; readonly backup?: never; readonly decisionOutcome?: never; readonly fileValidated?: never; readonly kpi?: never; readonly modelDeployed?: never; readonly modelReport?: never; readonly modelStatus?: never; readonly notification?: never; readonly predictions?: never; readonly rateLimitUsage: RateLimitUsageInput; readonly systemEvent?: never; readonly trainingCompleted?: never; readonly trainingFailed?: never; readonly trainingProgress?: never; readonly uploadProgress?: never; readonly workflow?: never; }
  |  { readonly activity?: never; readonly agentDecision?: never; readonly agentStatus?: never; readonly alert?: never; readonly auditEvent?: never; readonly backup?: never; readonly decisionOutcome?: never; readonly fileValidated?: never; readonly kpi?: never; readonly modelDeployed?: never; readonly modelReport?: never; readonly modelStatus?: never; readonly notification?: never; readonly predictions?: never; readonly rateLimitUsage?: never; readonly systemEvent: SystemEventInput; readonly trainingCompleted?: never; readonly trainingFailed?: never; readonly trainingProgress?: never; readonly uploadProgress?: never; readonly workflow?: never; }
  |  { readonly activity?: never; readonly agentDecision?: never; readonly agentStatus?: never; readonly alert?: never; readonly auditEvent?: never; readonly backup?: never; readonly decisionOutcome?: never; readonly fileValidated?: never; readonly kpi?: never; readonly modelDeployed?: never; readonly modelReport?: never; readonly modelStatus?: never; readonly notification?: never; readonly predictions?: never; readonly rateLimitUsage?: never; readonly systemEvent?: never; readonly trainingCompleted: TrainingCompletedInput; readonly trainingFailed?: never; readonly trainingProgress?: never; readonly uploadProgress?: never; readonly workflow?: never; }
  |  { readonly activity?: never; readonly agentDecision?: never; readonly agentStatus?: never; readonly alert?: never; readonly auditEvent?: never; readonly backup?: never; readonly decisionOutcome?: never; readonly fileValidated?: never; readonly kpi?: never; readonly modelDeployed?: never; readonly modelReport?: never; readonly modelStatus?: never; readonly notification?: never; readonly predictions?: never; readonly rateLimitUsage?: never; readonly systemEvent?: never; readonly trainingCompleted?: never; readonly trainingFailed: TrainingFailedInput; readonly trainingProgress?: never; readonly uploadProgress?: never; readonly workflow?: never; }
  |  { readonly activity?: never; readonly agentDecision?: never; readonly agentStatus?: never; readonly alert?: never; readonly auditEvent?: never; readonly backup?: never; readonly decisionOutcome?: never; readonly fileValidated?: never; readonly kpi?: never; readonly modelDeployed?: never; readonly modelReport?: never; readonly modelStatus?: never; readonly notification?: never; readonly predictions?: never; readonly rateLimitUsage?: never; readonly systemEvent?: never; readonly trainingCompleted?: never; readonly trainingFailed?: never; readonly trainingProgress: TrainingProgressInput; readonly uploadProgress?: never; readonly workflow?: never; }
  |  { readonly activity?: never; readonly agentDecision?: never; readonly agentStatus?: never; readonly alert?: never; readonly auditEvent?: never; readonly backup?: never; readonly decisionOutcome?: never; readonly fileValidated?: never; readonly kpi?: never; readonly modelDeployed?: never; readonly modelReport?: never; readonly modelStatus?: never; readonly notification?: never; readonly predictions?: never; readonly rateLimitUsage?: never; readonly systemEvent?: never; readonly trainingCompleted?: never; readonly trainingFailed?: never; readonly trainingProgress?: never; readonly uploadProgress: UploadProgressInput; readonly workflow?: never; }
  |  { readonly activity?: never; readonly agentDecision?: never; readonly agentStatus?: never; readonly alert?: never; readonly auditEvent?: never; readonly backup?: never; readonly decisionOutcome?: never; readonly fileValidated?: never; readonly kpi?: never; readonly modelDeployed?: never; readonly modelReport?: never; readonly modelStatus?: never; readonly notification?: never; readonly predictions?: never; readonly rateLimitUsage?: never; readonly systemEvent?: never; readonly trainingCompleted?: never; readonly trainingFailed?: never; readonly trainingProgress?: never; readonly uploadProgress?: never; readonly workflow: WorkflowInput; };

export type EventKind =
  | 'ACTIVITY'
  | 'AGENT'
  | 'ALERT'
  | 'AUDIT'
  | 'BACKUP'
  | 'FILE'
  | 'HOST'
  | 'JOB'
  | 'MODEL'
  | 'PROVIDER'
  | 'PROVIDER_LOG'
  | 'SYSTEM'
  | 'TRAINING'
  | 'TRANSFER'
  | 'WORKFLOW';

export type FileEventType =
  | 'FILE_VALIDATED'
  | 'UPLOAD_PROGRESSED';

export type FileValidatedInput = {
  readonly at?: InputMaybe<Scalars['DateTime']['input']>;
  readonly columns?: InputMaybe<Scalars['Float']['input']>;
  readonly error?: InputMaybe<Scalars['String']['input']>;
  readonly filePath?: InputMaybe<Scalars['String']['input']>;
  readonly fileSizeBytes?: InputMaybe<Scalars['Float']['input']>;
  readonly filename: Scalars['String']['input'];
  readonly id?: InputMaybe<Scalars['ID']['input']>;
  readonly rows?: InputMaybe<Scalars['Float']['input']>;
  readonly status: FileValidationStatus;
  readonly summary?: InputMaybe<Scalars['String']['input']>;
  readonly targetColumn?: InputMaybe<Scalars['String']['input']>;
  readonly uploadId: Scalars['ID']['input'];
  readonly validationTimeSeconds?: InputMaybe<Scalars['Float']['input']>;
};

export type FileValidationStatus =
  | 'ERROR'
  | 'SUCCESS';

export type HealthStatus =
  | 'DEGRADED'
  | 'HEALTHY'
  | 'UNHEALTHY';

export type HostHealth =
  | 'CRITICAL'
  | 'HEALTHY'
  | 'WARNING';

export type InterventionAction =
  | 'OVERRIDE'
  | 'PAUSE'
  | 'RESET'
  | 'RESUME';

export type InterventionInput = {
  readonly action: InterventionAction;
  readonly agentId: Scalars['ID']['input'];
  readonly parameters?: InputMaybe<Scalars['JSON']['input']>;
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

export type JobOutcome =
  | 'ABORTED'
  | 'FAILED'
  | 'SUCCESS';

export type JobTriggering =
  | 'ALREADY_RUNNING'
  | 'TRIGGERED';

export type KpiInput = {
  readonly agentCollaborationScore?: InputMaybe<Scalars['Float']['input']>;
  readonly at?: InputMaybe<Scalars['DateTime']['input']>;
  readonly id?: InputMaybe<Scalars['ID']['input']>;
  readonly inventoryTurnover?: InputMaybe<Scalars['Float']['input']>;
  readonly priceOptimizationScore?: InputMaybe<Scalars['Float']['input']>;
  readonly promotionEffectiveness?: InputMaybe<Scalars['Float']['input']>;
  readonly stockoutIncidents?: InputMaybe<Scalars['Int']['input']>;
  readonly totalProfit?: InputMaybe<Scalars['Float']['input']>;
  readonly totalRevenue?: InputMaybe<Scalars['Float']['input']>;
  readonly wasteReductionPercentage?: InputMaybe<Scalars['Float']['input']>;
};

export type ModelDeployedInput = {
  readonly at?: InputMaybe<Scalars['DateTime']['input']>;
  readonly id?: InputMaybe<Scalars['ID']['input']>;
  readonly modelAccuracy?: InputMaybe<Scalars['Float']['input']>;
  readonly modelId: Scalars['ID']['input'];
  readonly modelName: Scalars['String']['input'];
  readonly modelSizeBytes?: InputMaybe<Scalars['Float']['input']>;
  readonly modelVersion: Scalars['String']['input'];
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
  readonly activeSessions?: InputMaybe<Scalars['Int']['input']>;
  readonly at?: InputMaybe<Scalars['DateTime']['input']>;
  readonly id?: InputMaybe<Scalars['ID']['input']>;
  readonly inferenceTimeMs?: InputMaybe<Scalars['Float']['input']>;
  readonly memoryTotalMb?: InputMaybe<Scalars['Float']['input']>;
  readonly memoryUsageMb?: InputMaybe<Scalars['Float']['input']>;
  readonly modelId: Scalars['ID']['input'];
  readonly modelName?: InputMaybe<Scalars['String']['input']>;
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
  readonly at?: InputMaybe<Scalars['DateTime']['input']>;
  readonly healthScore?: InputMaybe<Scalars['Float']['input']>;
  readonly id?: InputMaybe<Scalars['ID']['input']>;
  readonly lastPrediction?: InputMaybe<Scalars['DateTime']['input']>;
  readonly modelId: Scalars['ID']['input'];
  readonly status: OperationalStatus;
};

export type NotificationActionInput = {
  readonly label: Scalars['String']['input'];
  readonly url: Scalars['String']['input'];
};

export type NotificationCategory =
  | 'SYSTEM_ALERT'
  | 'USER_ACTION'
  | 'WORKFLOW_COMPLETE'
  | 'WORKFLOW_FAILED'
  | 'WORKFLOW_UPDATE';

export type NotificationInput = {
  readonly action?: InputMaybe<NotificationActionInput>;
  readonly at?: InputMaybe<Scalars['DateTime']['input']>;
  readonly category: NotificationCategory;
  readonly id?: InputMaybe<Scalars['ID']['input']>;
  readonly message: Scalars['String']['input'];
  readonly metadata?: InputMaybe<Scalars['JSON']['input']>;
  readonly notificationId?: InputMaybe<Scalars['ID']['input']>;
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

export type PredictionsInput = {
  readonly at?: InputMaybe<Scalars['DateTime']['input']>;
  readonly avgResponseTimeMs?: InputMaybe<Scalars['Float']['input']>;
  readonly count: Scalars['Int']['input'];
  readonly id?: InputMaybe<Scalars['ID']['input']>;
  readonly modelId: Scalars['ID']['input'];
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

export type ProviderEventType =
  | 'RATE_LIMIT_CROSSED'
  | 'RATE_LIMIT_USAGE_REPORTED'
  | 'STATUS_CHANGED';

export type ProviderLogType =
  | 'COLLECTION'
  | 'CONNECTION'
  | 'FAILURE'
  | 'RATE_LIMIT';

export type ProviderRequestPurpose =
  | 'COLLECTION'
  | 'PROBE';

export type ProviderStatus =
  | 'DEGRADED'
  | 'OFFLINE'
  | 'ONLINE'
  | 'UNKNOWN';

export type RateLimitSeverity =
  | 'CRITICAL'
  | 'WARNING';

export type RateLimitStatus =
  | 'BLOCKED'
  | 'OK'
  | 'WARNING';

export type RateLimitType =
  | 'PER_DAY'
  | 'PER_HOUR'
  | 'PER_MINUTE';

export type RateLimitUsageInput = {
  readonly at?: InputMaybe<Scalars['DateTime']['input']>;
  readonly currentUsage: Scalars['Int']['input'];
  readonly id?: InputMaybe<Scalars['ID']['input']>;
  readonly limitType: RateLimitType;
  readonly limitValue: Scalars['Int']['input'];
  readonly provider: Scalars['String']['input'];
  readonly resetTime: Scalars['DateTime']['input'];
};

export type RetryResult =
  | 'FAILED'
  | 'SUCCESS';

export type RoleInput = {
  readonly capabilities?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  readonly description?: InputMaybe<Scalars['String']['input']>;
  readonly id: Scalars['ID']['input'];
  readonly name?: InputMaybe<Scalars['String']['input']>;
  readonly parentId?: InputMaybe<Scalars['ID']['input']>;
  readonly trustLevel?: InputMaybe<Scalars['Float']['input']>;
};

export type SystemEventInput = {
  readonly agentId?: InputMaybe<Scalars['ID']['input']>;
  readonly at?: InputMaybe<Scalars['DateTime']['input']>;
  readonly eventType: Scalars['String']['input'];
  readonly id?: InputMaybe<Scalars['ID']['input']>;
  readonly message: Scalars['String']['input'];
  readonly severity?: InputMaybe<AlertLevel>;
  readonly source?: InputMaybe<Scalars['String']['input']>;
  readonly title: Scalars['String']['input'];
};

export type SystemHealth =
  | 'DEGRADED'
  | 'HEALTHY'
  | 'UNHEALTHY'
  | 'UNKNOWN';

export type TrainingCompletedInput = {
  readonly at?: InputMaybe<Scalars['DateTime']['input']>;
  readonly finalAccuracy?: InputMaybe<Scalars['Float']['input']>;
  readonly id?: InputMaybe<Scalars['ID']['input']>;
  readonly message?: InputMaybe<Scalars['String']['input']>;
  readonly modelId?: InputMaybe<Scalars['ID']['input']>;
  readonly modelSizeBytes?: InputMaybe<Scalars['Float']['input']>;
  readonly runId: Scalars['ID']['input'];
  readonly totalEpochs?: InputMaybe<Scalars['Float']['input']>;
  readonly trainingTimeSeconds?: InputMaybe<Scalars['Float']['input']>;
  readonly validationScore?: InputMaybe<Scalars['Float']['input']>;
};

export type TrainingEventType =
  | 'TRAINING_COMPLETED'
  | 'TRAINING_FAILED'
  | 'TRAINING_PROGRESSED';

export type TrainingFailedInput = {
  readonly at?: InputMaybe<Scalars['DateTime']['input']>;
  readonly error: Scalars['String']['input'];
  readonly errorCode?: InputMaybe<Scalars['String']['input']>;
  readonly id?: InputMaybe<Scalars['ID']['input']>;
  readonly modelId?: InputMaybe<Scalars['ID']['input']>;
  readonly progressWhenFailed?: InputMaybe<Scalars['Float']['input']>;
  readonly runId: Scalars['ID']['input'];
  readonly stageFailed?: InputMaybe<TrainingStage>;
  readonly suggestions?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};

export type TrainingProgressInput = {
  readonly at?: InputMaybe<Scalars['DateTime']['input']>;
  readonly currentEpoch?: InputMaybe<Scalars['Float']['input']>;
  readonly currentLoss?: InputMaybe<Scalars['Float']['input']>;
  readonly currentStage?: InputMaybe<Scalars['String']['input']>;
  readonly estimatedTimeRemainingSeconds?: InputMaybe<Scalars['Float']['input']>;
  readonly id?: InputMaybe<Scalars['ID']['input']>;
  readonly message?: InputMaybe<Scalars['String']['input']>;
  readonly modelId?: InputMaybe<Scalars['ID']['input']>;
  readonly progress: Scalars['Float']['input'];
  readonly runId: Scalars['ID']['input'];
  readonly stage: TrainingStage;
  readonly totalEpochs?: InputMaybe<Scalars['Float']['input']>;
};

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

export type UploadProgressInput = {
  readonly at?: InputMaybe<Scalars['DateTime']['input']>;
  readonly bytesUploaded: Scalars['Float']['input'];
  readonly filename: Scalars['String']['input'];
  readonly id?: InputMaybe<Scalars['ID']['input']>;
  readonly totalBytes: Scalars['Float']['input'];
  readonly uploadId: Scalars['ID']['input'];
};

export type UsageBasis =
  | 'HEADERS'
  | 'OWN'
  | 'REPORT';

export type WorkflowInput = {
  readonly at?: InputMaybe<Scalars['DateTime']['input']>;
  readonly estimatedCompletion?: InputMaybe<Scalars['DateTime']['input']>;
  readonly id?: InputMaybe<Scalars['ID']['input']>;
  readonly message?: InputMaybe<Scalars['String']['input']>;
  readonly ownerUserId?: InputMaybe<Scalars['ID']['input']>;
  readonly progress: Scalars['Int']['input'];
  readonly stage: WorkflowStage;
  readonly status: WorkflowStatus;
  readonly workflowId: Scalars['ID']['input'];
};

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

export type CryptoAdvertisedFragment = { readonly advertised: { readonly host: string, readonly port: number, readonly protocol: string, readonly url: string } };

export type CryptoRootQueryVariables = Exact<{ [key: string]: never; }>;


export type CryptoRootQuery = { readonly config: { readonly name: string, readonly version: string, readonly advertised: { readonly host: string, readonly port: number, readonly protocol: string, readonly url: string } } };

export type CryptoHealthQueryVariables = Exact<{ [key: string]: never; }>;


export type CryptoHealthQuery = { readonly health: { readonly status: HealthStatus, readonly checkedAt: string, readonly live: boolean, readonly database: { readonly status: HealthStatus }, readonly scheduler: { readonly running: boolean } }, readonly connections: { readonly endpoints: ReadonlyArray<{ readonly path: string, readonly open: number }> } };

export type CryptoInfoQueryVariables = Exact<{ [key: string]: never; }>;


export type CryptoInfoQuery = { readonly config: { readonly name: string, readonly version: string, readonly environment: string, readonly uptimeSeconds: number, readonly features: ReadonlyArray<{ readonly name: string, readonly enabled: boolean }>, readonly realtime: { readonly reconnectAttempts: number, readonly reconnectDelayMs: number, readonly reconnectMaxDelayMs: number, readonly backoffMultiplier: number, readonly pingIntervalMs: number, readonly pongTimeoutMs: number, readonly messageBufferSize: number }, readonly listeners: ReadonlyArray<{ readonly name: string, readonly url: string }>, readonly advertised: { readonly host: string, readonly port: number, readonly protocol: string, readonly url: string } }, readonly health: { readonly live: boolean, readonly checkedAt: string, readonly database: { readonly status: HealthStatus, readonly sizeMb: number | null }, readonly scheduler: { readonly running: boolean, readonly jobs: ReadonlyArray<string> } }, readonly connections: { readonly endpoints: ReadonlyArray<{ readonly path: string, readonly open: number }> } };

export const CryptoAdvertisedFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoAdvertised"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ServerConfig"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"advertised"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"port"}},{"kind":"Field","name":{"kind":"Name","value":"protocol"}},{"kind":"Field","name":{"kind":"Name","value":"url"}}]}}]}}]} as unknown as DocumentNode<CryptoAdvertisedFragment, unknown>;
export const CryptoRootDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CryptoRoot"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"config"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"CryptoAdvertised"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoAdvertised"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ServerConfig"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"advertised"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"port"}},{"kind":"Field","name":{"kind":"Name","value":"protocol"}},{"kind":"Field","name":{"kind":"Name","value":"url"}}]}}]}}]} as unknown as DocumentNode<CryptoRootQuery, CryptoRootQueryVariables>;
export const CryptoHealthDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CryptoHealth"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"health"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"checkedAt"}},{"kind":"Field","name":{"kind":"Name","value":"database"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}}]}},{"kind":"Field","name":{"kind":"Name","value":"scheduler"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"running"}}]}},{"kind":"Field","name":{"kind":"Name","value":"live"}}]}},{"kind":"Field","name":{"kind":"Name","value":"connections"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endpoints"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"open"}}]}}]}}]}}]} as unknown as DocumentNode<CryptoHealthQuery, CryptoHealthQueryVariables>;
export const CryptoInfoDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CryptoInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"config"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"environment"}},{"kind":"Field","name":{"kind":"Name","value":"uptimeSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"features"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"enabled"}}]}},{"kind":"Field","name":{"kind":"Name","value":"realtime"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reconnectAttempts"}},{"kind":"Field","name":{"kind":"Name","value":"reconnectDelayMs"}},{"kind":"Field","name":{"kind":"Name","value":"reconnectMaxDelayMs"}},{"kind":"Field","name":{"kind":"Name","value":"backoffMultiplier"}},{"kind":"Field","name":{"kind":"Name","value":"pingIntervalMs"}},{"kind":"Field","name":{"kind":"Name","value":"pongTimeoutMs"}},{"kind":"Field","name":{"kind":"Name","value":"messageBufferSize"}}]}},{"kind":"Field","name":{"kind":"Name","value":"listeners"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"url"}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"CryptoAdvertised"}}]}},{"kind":"Field","name":{"kind":"Name","value":"health"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"live"}},{"kind":"Field","name":{"kind":"Name","value":"checkedAt"}},{"kind":"Field","name":{"kind":"Name","value":"database"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"sizeMb"}}]}},{"kind":"Field","name":{"kind":"Name","value":"scheduler"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"running"}},{"kind":"Field","name":{"kind":"Name","value":"jobs"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"connections"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endpoints"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"open"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoAdvertised"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ServerConfig"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"advertised"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"port"}},{"kind":"Field","name":{"kind":"Name","value":"protocol"}},{"kind":"Field","name":{"kind":"Name","value":"url"}}]}}]}}]} as unknown as DocumentNode<CryptoInfoQuery, CryptoInfoQueryVariables>;