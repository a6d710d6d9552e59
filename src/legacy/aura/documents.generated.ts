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

export type AuraModelFragment = { readonly id: string, readonly name: string, readonly status: ModelStatus, readonly memoryUsageMb: number | null, readonly memoryTotalMb: number | null, readonly inferenceTimeMs: number | null, readonly tokensPerSecond: number | null, readonly activeSessions: number | null, readonly updatedAt: string };

export type AuraModelStatusSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type AuraModelStatusSubscription = { readonly modelStatus: { readonly id: string, readonly name: string, readonly status: ModelStatus, readonly memoryUsageMb: number | null, readonly memoryTotalMb: number | null, readonly inferenceTimeMs: number | null, readonly tokensPerSecond: number | null, readonly activeSessions: number | null, readonly updatedAt: string } };

export type AuraModelEventsSubscriptionVariables = Exact<{
  types: InputMaybe<ReadonlyArray<ModelEventType> | ModelEventType>;
}>;


export type AuraModelEventsSubscription = { readonly modelEvents: { readonly cursor: string, readonly occurredAt: string, readonly type: ModelEventType, readonly modelId: string | null, readonly errorCode: ModelServerError | null, readonly errorMessage: string | null } };

export type AuraModelServersQueryVariables = Exact<{ [key: string]: never; }>;


export type AuraModelServersQuery = { readonly modelServers: ReadonlyArray<{ readonly name: string, readonly errorCode: ModelServerError | null, readonly errorMessage: string | null, readonly lastProbeAt: string | null }> };

export type AuraModelsQueryVariables = Exact<{ [key: string]: never; }>;


export type AuraModelsQuery = { readonly models: ReadonlyArray<{ readonly id: string, readonly name: string, readonly status: ModelStatus, readonly memoryUsageMb: number | null, readonly memoryTotalMb: number | null, readonly inferenceTimeMs: number | null, readonly tokensPerSecond: number | null, readonly activeSessions: number | null, readonly updatedAt: string }> };

export type AuraSystemMetricsSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type AuraSystemMetricsSubscription = { readonly systemMetrics: { readonly sampledAt: string, readonly gpuAvailable: boolean, readonly cpu: { readonly percent: number | null, readonly cores: number, readonly frequencyMhz: number | null }, readonly memory: { readonly percent: number | null, readonly usedMb: number | null, readonly totalMb: number | null, readonly availableMb: number | null }, readonly disk: { readonly percent: number | null, readonly usedGb: number | null, readonly totalGb: number | null, readonly readSpeedMbs: number | null, readonly writeSpeedMbs: number | null }, readonly network: { readonly bytesSent: number | null, readonly bytesRecv: number | null, readonly packetsSent: number | null, readonly packetsRecv: number | null, readonly errorsIn: number | null, readonly errorsOut: number | null }, readonly gpu: { readonly gpuId: number, readonly name: string | null, readonly percent: number | null, readonly memoryUsedMb: number | null, readonly memoryTotalMb: number | null, readonly temperatureC: number | null } | null, readonly temperature: { readonly cpuC: number | null, readonly gpuC: number | null } } };

export type AuraSystemNowQueryVariables = Exact<{ [key: string]: never; }>;


export type AuraSystemNowQuery = { readonly systemMetrics: { readonly sampledAt: string, readonly cpu: { readonly percent: number | null }, readonly memory: { readonly percent: number | null }, readonly disk: { readonly percent: number | null }, readonly network: { readonly bytesSent: number | null, readonly bytesRecv: number | null } } | null };

export type AuraRoleHierarchySubscriptionVariables = Exact<{ [key: string]: never; }>;


export type AuraRoleHierarchySubscription = { readonly roleHierarchy: { readonly changedAt: string, readonly roles: ReadonlyArray<{ readonly id: string, readonly name: string, readonly description: string | null, readonly parentId: string | null, readonly capabilities: ReadonlyArray<string>, readonly trustLevel: number, readonly memberCount: number }> } };

export type AuraAuditEventsSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type AuraAuditEventsSubscription = { readonly auditEvents: { readonly id: string, readonly cursor: string, readonly occurredAt: string, readonly eventType: string, readonly actorId: string, readonly targetId: string | null, readonly action: string, readonly role: string | null, readonly status: string, readonly details: string | null } };

export type AuraRolesQueryVariables = Exact<{
  members: Scalars['Boolean']['input'];
  permissions: Scalars['Boolean']['input'];
}>;


export type AuraRolesQuery = { readonly roles: ReadonlyArray<{ readonly id: string, readonly name: string, readonly capabilities: ReadonlyArray<string>, readonly memberCount: number, readonly members?: ReadonlyArray<{ readonly actorId: string }>, readonly permissions?: ReadonlyArray<{ readonly capability: string, readonly sourceRole: string, readonly inherited: boolean }> }> };

export type AuraAuditLogsQueryVariables = Exact<{
  first: Scalars['Int']['input'];
  offset: Scalars['Int']['input'];
  filter: InputMaybe<AuditFilter>;
}>;


export type AuraAuditLogsQuery = { readonly auditLogs: { readonly totalCount: number, readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly eventType: string, readonly actorId: string, readonly occurredAt: string, readonly status: string } }> } };

export type AuraDatabaseMetricsSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type AuraDatabaseMetricsSubscription = { readonly databaseMetrics: { readonly sampledAt: string, readonly connection: { readonly activeConnections: number | null, readonly idleConnections: number | null, readonly maxConnections: number | null, readonly poolUtilization: number | null }, readonly performance: { readonly activeQueries: number | null, readonly avgQueryTimeMs: number | null, readonly slowQueriesCount: number | null, readonly slowQueryThresholdMs: number, readonly queryCacheHitRate: number | null }, readonly storage: { readonly databaseSizeGb: number | null, readonly indexesSizeGb: number | null, readonly tables: ReadonlyArray<{ readonly tableName: string, readonly sizeMb: number | null, readonly rowCount: number | null, readonly lastVacuum: string | null }> }, readonly health: { readonly status: DatabaseStatus, readonly replicationLagMs: number | null, readonly backupStatus: BackupStatus, readonly lastBackup: string | null } } };

export type AuraDatabaseNowQueryVariables = Exact<{ [key: string]: never; }>;


export type AuraDatabaseNowQuery = { readonly databaseMetrics: { readonly connection: { readonly activeConnections: number | null, readonly poolUtilization: number | null }, readonly performance: { readonly avgQueryTimeMs: number | null }, readonly health: { readonly status: DatabaseStatus, readonly replicationLagMs: number | null, readonly backupStatus: BackupStatus } } | null };

export type AuraConnectionsQueryVariables = Exact<{ [key: string]: never; }>;


export type AuraConnectionsQuery = { readonly connections: { readonly endpoints: ReadonlyArray<{ readonly dialect: string, readonly path: string, readonly open: number, readonly accepted: number, readonly refused: number, readonly reconnections: number }> } };

export const AuraModelFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AuraModel"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Model"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"memoryUsageMb"}},{"kind":"Field","name":{"kind":"Name","value":"memoryTotalMb"}},{"kind":"Field","name":{"kind":"Name","value":"inferenceTimeMs"}},{"kind":"Field","name":{"kind":"Name","value":"tokensPerSecond"}},{"kind":"Field","name":{"kind":"Name","value":"activeSessions"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}}]}}]} as unknown as DocumentNode<AuraModelFragment, unknown>;
export const AuraModelStatusDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"AuraModelStatus"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"modelStatus"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AuraModel"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AuraModel"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Model"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"memoryUsageMb"}},{"kind":"Field","name":{"kind":"Name","value":"memoryTotalMb"}},{"kind":"Field","name":{"kind":"Name","value":"inferenceTimeMs"}},{"kind":"Field","name":{"kind":"Name","value":"tokensPerSecond"}},{"kind":"Field","name":{"kind":"Name","value":"activeSessions"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}}]}}]} as unknown as DocumentNode<AuraModelStatusSubscription, AuraModelStatusSubscriptionVariables>;
export const AuraModelEventsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"AuraModelEvents"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"types"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ModelEventType"}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"modelEvents"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"types"},"value":{"kind":"Variable","name":{"kind":"Name","value":"types"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"modelId"}},{"kind":"Field","name":{"kind":"Name","value":"errorCode"}},{"kind":"Field","name":{"kind":"Name","value":"errorMessage"}}]}}]}}]} as unknown as DocumentNode<AuraModelEventsSubscription, AuraModelEventsSubscriptionVariables>;
export const AuraModelServersDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AuraModelServers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"modelServers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"errorCode"}},{"kind":"Field","name":{"kind":"Name","value":"errorMessage"}},{"kind":"Field","name":{"kind":"Name","value":"lastProbeAt"}}]}}]}}]} as unknown as DocumentNode<AuraModelServersQuery, AuraModelServersQueryVariables>;
export const AuraModelsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AuraModels"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"models"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AuraModel"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AuraModel"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Model"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"memoryUsageMb"}},{"kind":"Field","name":{"kind":"Name","value":"memoryTotalMb"}},{"kind":"Field","name":{"kind":"Name","value":"inferenceTimeMs"}},{"kind":"Field","name":{"kind":"Name","value":"tokensPerSecond"}},{"kind":"Field","name":{"kind":"Name","value":"activeSessions"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}}]}}]} as unknown as DocumentNode<AuraModelsQuery, AuraModelsQueryVariables>;
export const AuraSystemMetricsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"AuraSystemMetrics"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"systemMetrics"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sampledAt"}},{"kind":"Field","name":{"kind":"Name","value":"cpu"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"percent"}},{"kind":"Field","name":{"kind":"Name","value":"cores"}},{"kind":"Field","name":{"kind":"Name","value":"frequencyMhz"}}]}},{"kind":"Field","name":{"kind":"Name","value":"memory"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"percent"}},{"kind":"Field","name":{"kind":"Name","value":"usedMb"}},{"kind":"Field","name":{"kind":"Name","value":"totalMb"}},{"kind":"Field","name":{"kind":"Name","value":"availableMb"}}]}},{"kind":"Field","name":{"kind":"Name","value":"disk"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"percent"}},{"kind":"Field","name":{"kind":"Name","value":"usedGb"}},{"kind":"Field","name":{"kind":"Name","value":"totalGb"}},{"kind":"Field","name":{"kind":"Name","value":"readSpeedMbs"}},{"kind":"Field","name":{"kind":"Name","value":"writeSpeedMbs"}}]}},{"kind":"Field","name":{"kind":"Name","value":"network"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"bytesSent"}},{"kind":"Field","name":{"kind":"Name","value":"bytesRecv"}},{"kind":"Field","name":{"kind":"Name","value":"packetsSent"}},{"kind":"Field","name":{"kind":"Name","value":"packetsRecv"}},{"kind":"Field","name":{"kind":"Name","value":"errorsIn"}},{"kind":"Field","name":{"kind":"Name","value":"errorsOut"}}]}},{"kind":"Field","name":{"kind":"Name","value":"gpuAvailable"}},{"kind":"Field","name":{"kind":"Name","value":"gpu"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"gpuId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"percent"}},{"kind":"Field","name":{"kind":"Name","value":"memoryUsedMb"}},{"kind":"Field","name":{"kind":"Name","value":"memoryTotalMb"}},{"kind":"Field","name":{"kind":"Name","value":"temperatureC"}}]}},{"kind":"Field","name":{"kind":"Name","value":"temperature"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cpuC"}},{"kind":"Field","name":{"kind":"Name","value":"gpuC"}}]}}]}}]}}]} as unknown as DocumentNode<AuraSystemMetricsSubscription, AuraSystemMetricsSubscriptionVariables>;
export const AuraSystemNowDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AuraSystemNow"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"systemMetrics"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sampledAt"}},{"kind":"Field","name":{"kind":"Name","value":"cpu"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"percent"}}]}},{"kind":"Field","name":{"kind":"Name","value":"memory"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"percent"}}]}},{"kind":"Field","name":{"kind":"Name","value":"disk"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"percent"}}]}},{"kind":"Field","name":{"kind":"Name","value":"network"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"bytesSent"}},{"kind":"Field","name":{"kind":"Name","value":"bytesRecv"}}]}}]}}]}}]} as unknown as DocumentNode<AuraSystemNowQuery, AuraSystemNowQueryVariables>;
export const AuraRoleHierarchyDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"AuraRoleHierarchy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"roleHierarchy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"changedAt"}},{"kind":"Field","name":{"kind":"Name","value":"roles"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"parentId"}},{"kind":"Field","name":{"kind":"Name","value":"capabilities"}},{"kind":"Field","name":{"kind":"Name","value":"trustLevel"}},{"kind":"Field","name":{"kind":"Name","value":"memberCount"}}]}}]}}]}}]} as unknown as DocumentNode<AuraRoleHierarchySubscription, AuraRoleHierarchySubscriptionVariables>;
export const AuraAuditEventsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"AuraAuditEvents"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"auditEvents"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"eventType"}},{"kind":"Field","name":{"kind":"Name","value":"actorId"}},{"kind":"Field","name":{"kind":"Name","value":"targetId"}},{"kind":"Field","name":{"kind":"Name","value":"action"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"details"}}]}}]}}]} as unknown as DocumentNode<AuraAuditEventsSubscription, AuraAuditEventsSubscriptionVariables>;
export const AuraRolesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AuraRoles"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"members"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Boolean"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"permissions"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Boolean"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"roles"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"capabilities"}},{"kind":"Field","name":{"kind":"Name","value":"memberCount"}},{"kind":"Field","name":{"kind":"Name","value":"members"},"directives":[{"kind":"Directive","name":{"kind":"Name","value":"include"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"if"},"value":{"kind":"Variable","name":{"kind":"Name","value":"members"}}}]}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"actorId"}}]}},{"kind":"Field","name":{"kind":"Name","value":"permissions"},"directives":[{"kind":"Directive","name":{"kind":"Name","value":"include"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"if"},"value":{"kind":"Variable","name":{"kind":"Name","value":"permissions"}}}]}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"capability"}},{"kind":"Field","name":{"kind":"Name","value":"sourceRole"}},{"kind":"Field","name":{"kind":"Name","value":"inherited"}}]}}]}}]}}]} as unknown as DocumentNode<AuraRolesQuery, AuraRolesQueryVariables>;
export const AuraAuditLogsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AuraAuditLogs"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"offset"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"AuditFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"auditLogs"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"offset"},"value":{"kind":"Variable","name":{"kind":"Name","value":"offset"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"eventType"}},{"kind":"Field","name":{"kind":"Name","value":"actorId"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}}]}}]}}]} as unknown as DocumentNode<AuraAuditLogsQuery, AuraAuditLogsQueryVariables>;
export const AuraDatabaseMetricsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"AuraDatabaseMetrics"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"databaseMetrics"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sampledAt"}},{"kind":"Field","name":{"kind":"Name","value":"connection"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"activeConnections"}},{"kind":"Field","name":{"kind":"Name","value":"idleConnections"}},{"kind":"Field","name":{"kind":"Name","value":"maxConnections"}},{"kind":"Field","name":{"kind":"Name","value":"poolUtilization"}}]}},{"kind":"Field","name":{"kind":"Name","value":"performance"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"activeQueries"}},{"kind":"Field","name":{"kind":"Name","value":"avgQueryTimeMs"}},{"kind":"Field","name":{"kind":"Name","value":"slowQueriesCount"}},{"kind":"Field","name":{"kind":"Name","value":"slowQueryThresholdMs"}},{"kind":"Field","name":{"kind":"Name","value":"queryCacheHitRate"}}]}},{"kind":"Field","name":{"kind":"Name","value":"storage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"databaseSizeGb"}},{"kind":"Field","name":{"kind":"Name","value":"indexesSizeGb"}},{"kind":"Field","name":{"kind":"Name","value":"tables"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"tableName"}},{"kind":"Field","name":{"kind":"Name","value":"sizeMb"}},{"kind":"Field","name":{"kind":"Name","value":"rowCount"}},{"kind":"Field","name":{"kind":"Name","value":"lastVacuum"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"health"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"replicationLagMs"}},{"kind":"Field","name":{"kind":"Name","value":"backupStatus"}},{"kind":"Field","name":{"kind":"Name","value":"lastBackup"}}]}}]}}]}}]} as unknown as DocumentNode<AuraDatabaseMetricsSubscription, AuraDatabaseMetricsSubscriptionVariables>;
export const AuraDatabaseNowDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AuraDatabaseNow"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"databaseMetrics"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"connection"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"activeConnections"}},{"kind":"Field","name":{"kind":"Name","value":"poolUtilization"}}]}},{"kind":"Field","name":{"kind":"Name","value":"performance"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"avgQueryTimeMs"}}]}},{"kind":"Field","name":{"kind":"Name","value":"health"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"replicationLagMs"}},{"kind":"Field","name":{"kind":"Name","value":"backupStatus"}}]}}]}}]}}]} as unknown as DocumentNode<AuraDatabaseNowQuery, AuraDatabaseNowQueryVariables>;
export const AuraConnectionsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AuraConnections"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"connections"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endpoints"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"dialect"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"open"}},{"kind":"Field","name":{"kind":"Name","value":"accepted"}},{"kind":"Field","name":{"kind":"Name","value":"refused"}},{"kind":"Field","name":{"kind":"Name","value":"reconnections"}}]}}]}}]}}]} as unknown as DocumentNode<AuraConnectionsQuery, AuraConnectionsQueryVariables>;