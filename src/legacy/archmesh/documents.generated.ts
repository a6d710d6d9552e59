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
  readonly acknowledged?: InputMaybe<Scalars['Boolean']['input']>;
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
  readonly deliverTo?: InputMaybe<Scalars['ID']['input']>;
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
  | 'RECIPIENT_CHANGED'
  | 'TOO_MANY_CHUNKS'
  | 'TOO_MANY_OPEN'
  | 'TOTAL_CHANGED';

export type ConnectionQuality =
  | 'EXCELLENT'
  | 'FAIR'
  | 'GOOD'
  | 'POOR';

export type CreateTokenInput = {
  readonly expiresInS?: InputMaybe<Scalars['Int']['input']>;
  readonly name?: InputMaybe<Scalars['String']['input']>;
  readonly role?: InputMaybe<Scalars['ID']['input']>;
  readonly subject: Scalars['ID']['input'];
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

export type DecisionOutcomeInput = {
  readonly at?: InputMaybe<Scalars['DateTime']['input']>;
  readonly decisionId: Scalars['ID']['input'];
  readonly id?: InputMaybe<Scalars['ID']['input']>;
  readonly responseTime?: InputMaybe<Scalars['Float']['input']>;
  readonly success: Scalars['Boolean']['input'];
};

export type DeliverTransferInput = {
  readonly transferId: Scalars['ID']['input'];
  readonly userId: Scalars['ID']['input'];
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

export type TokenKind =
  | 'API'
  | 'SESSION';

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

export type ArchmeshWorkflowEventsSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type ArchmeshWorkflowEventsSubscription = { readonly myWorkflowEvents: { readonly cursor: string, readonly id: string, readonly occurredAt: string, readonly workflowId: string, readonly status: WorkflowStatus, readonly stage: WorkflowStage, readonly progress: number, readonly message: string | null, readonly estimatedCompletion: string | null } };

export type ArchmeshNotificationsSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type ArchmeshNotificationsSubscription = { readonly notificationEvents: { readonly cursor: string, readonly id: string, readonly occurredAt: string, readonly notificationId: string, readonly userId: string | null, readonly title: string, readonly message: string, readonly category: NotificationCategory, readonly priority: NotificationPriority, readonly metadata: unknown, readonly action: { readonly label: string, readonly url: string } | null } };

export type ArchmeshDeliveriesSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type ArchmeshDeliveriesSubscription = { readonly transferDeliveryEvents: { readonly cursor: string, readonly id: string, readonly transferId: string, readonly totalBytes: number } };

export type ArchmeshDeliveryQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type ArchmeshDeliveryQuery = { readonly transferDelivery: { readonly cursor: string, readonly id: string, readonly transferId: string, readonly totalBytes: number } | null };

export type ArchmeshTransferChunkQueryVariables = Exact<{
  id: Scalars['ID']['input'];
  index: Scalars['Int']['input'];
  bytes: Scalars['Int']['input'];
}>;


export type ArchmeshTransferChunkQuery = { readonly transfer: { readonly chunk: string | null } | null };

export type ArchmeshSendChunkMutationVariables = Exact<{
  input: ChunkInput;
}>;


export type ArchmeshSendChunkMutation = { readonly sendChunk: { readonly __typename: 'ChunkRefused', readonly message: string, readonly reason: ChunkRefusalReason } | { readonly __typename: 'InvalidInput', readonly message: string } | { readonly __typename: 'SendChunkSuccess', readonly chunk: { readonly dataId: string, readonly complete: boolean, readonly totalBytes: number | null } } };

export type ArchmeshCalledFragment = { readonly providers: ReadonlyArray<{ readonly breaker: ProviderBreakerState }> };

export type ArchmeshHealthQueryVariables = Exact<{ [key: string]: never; }>;


export type ArchmeshHealthQuery = { readonly config: { readonly uptimeSeconds: number }, readonly health: { readonly database: { readonly status: HealthStatus } }, readonly providers: ReadonlyArray<{ readonly breaker: ProviderBreakerState }> };

export type ArchmeshMetricsQueryVariables = Exact<{ [key: string]: never; }>;


export type ArchmeshMetricsQuery = { readonly providers: ReadonlyArray<{ readonly breaker: ProviderBreakerState }> };

export const ArchmeshCalledFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ArchmeshCalled"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Query"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"providers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"breaker"}}]}}]}}]} as unknown as DocumentNode<ArchmeshCalledFragment, unknown>;
export const ArchmeshWorkflowEventsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"ArchmeshWorkflowEvents"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"myWorkflowEvents"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"workflowId"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"progress"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"estimatedCompletion"}}]}}]}}]} as unknown as DocumentNode<ArchmeshWorkflowEventsSubscription, ArchmeshWorkflowEventsSubscriptionVariables>;
export const ArchmeshNotificationsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"ArchmeshNotifications"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"notificationEvents"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"notificationId"}},{"kind":"Field","name":{"kind":"Name","value":"userId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"category"}},{"kind":"Field","name":{"kind":"Name","value":"priority"}},{"kind":"Field","name":{"kind":"Name","value":"action"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"url"}}]}},{"kind":"Field","name":{"kind":"Name","value":"metadata"}}]}}]}}]} as unknown as DocumentNode<ArchmeshNotificationsSubscription, ArchmeshNotificationsSubscriptionVariables>;
export const ArchmeshDeliveriesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"ArchmeshDeliveries"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"transferDeliveryEvents"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"transferId"}},{"kind":"Field","name":{"kind":"Name","value":"totalBytes"}}]}}]}}]} as unknown as DocumentNode<ArchmeshDeliveriesSubscription, ArchmeshDeliveriesSubscriptionVariables>;
export const ArchmeshDeliveryDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ArchmeshDelivery"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"transferDelivery"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"transferId"}},{"kind":"Field","name":{"kind":"Name","value":"totalBytes"}}]}}]}}]} as unknown as DocumentNode<ArchmeshDeliveryQuery, ArchmeshDeliveryQueryVariables>;
export const ArchmeshTransferChunkDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ArchmeshTransferChunk"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"index"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"bytes"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"transfer"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"chunk"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"index"},"value":{"kind":"Variable","name":{"kind":"Name","value":"index"}}},{"kind":"Argument","name":{"kind":"Name","value":"bytes"},"value":{"kind":"Variable","name":{"kind":"Name","value":"bytes"}}}]}]}}]}}]} as unknown as DocumentNode<ArchmeshTransferChunkQuery, ArchmeshTransferChunkQueryVariables>;
export const ArchmeshSendChunkDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ArchmeshSendChunk"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ChunkInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sendChunk"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SendChunkSuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"chunk"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"dataId"}},{"kind":"Field","name":{"kind":"Name","value":"complete"}},{"kind":"Field","name":{"kind":"Name","value":"totalBytes"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ChunkRefused"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<ArchmeshSendChunkMutation, ArchmeshSendChunkMutationVariables>;
export const ArchmeshHealthDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ArchmeshHealth"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"config"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uptimeSeconds"}}]}},{"kind":"Field","name":{"kind":"Name","value":"health"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"database"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"ArchmeshCalled"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ArchmeshCalled"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Query"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"providers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"breaker"}}]}}]}}]} as unknown as DocumentNode<ArchmeshHealthQuery, ArchmeshHealthQueryVariables>;
export const ArchmeshMetricsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ArchmeshMetrics"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ArchmeshCalled"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ArchmeshCalled"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Query"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"providers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"breaker"}}]}}]}}]} as unknown as DocumentNode<ArchmeshMetricsQuery, ArchmeshMetricsQueryVariables>;