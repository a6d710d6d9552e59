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

export type CryptoAdvertisedFragment = { readonly advertised: { readonly host: string, readonly port: number, readonly protocol: string, readonly url: string } };

type CryptoFigures_ProviderMetrics_Fragment = { readonly totalProviders: number, readonly onlineCount: number, readonly degradedCount: number, readonly offlineCount: number, readonly avgResponseTimeMs: number | null, readonly totalRequestsHour: number, readonly totalFailuresHour: number, readonly systemHealth: SystemHealth };

type CryptoFigures_ProviderSummary_Fragment = { readonly totalProviders: number, readonly onlineCount: number, readonly degradedCount: number, readonly offlineCount: number, readonly avgResponseTimeMs: number | null, readonly totalRequestsHour: number, readonly totalFailuresHour: number, readonly systemHealth: SystemHealth };

export type CryptoFiguresFragment = CryptoFigures_ProviderMetrics_Fragment | CryptoFigures_ProviderSummary_Fragment;

export type CryptoProviderFragment = { readonly id: number, readonly name: string, readonly category: string, readonly endpointUrl: string, readonly status: ProviderStatus, readonly responseTimeMs: number | null, readonly lastCheckAt: string | null, readonly requiresKey: boolean, readonly hasKey: boolean, readonly apiKeyMasked: string | null, readonly timeoutMs: number, readonly priorityTier: number, readonly rateLimit: { readonly limitType: RateLimitType, readonly limitValue: number, readonly currentUsage: number, readonly percentage: number } | null };

export type CryptoConfigurationFragment = { readonly category: string, readonly requiresKey: boolean, readonly hasKey: boolean, readonly priorityTier: number, readonly rateLimit: { readonly limitType: RateLimitType } | null };

export type CryptoLimitFragment = { readonly provider: string, readonly limitType: RateLimitType, readonly limitValue: number, readonly currentUsage: number, readonly percentage: number, readonly resetAt: string, readonly resetInSeconds: number, readonly status: RateLimitStatus, readonly lastRequestAt: string | null };

export type CryptoLogRowFragment = { readonly id: string, readonly occurredAt: string, readonly provider: string, readonly providerId: number, readonly log: ProviderLogType, readonly connection: { readonly endpoint: string, readonly status: ProviderAttemptStatus, readonly responseTimeMs: number | null, readonly httpStatusCode: number | null, readonly errorType: string | null, readonly errorMessage: string | null } | null, readonly failure: { readonly endpoint: string, readonly errorType: string, readonly errorMessage: string, readonly httpStatus: number | null, readonly retryAttempted: boolean, readonly retryResult: RetryResult | null } | null, readonly collection: { readonly category: string, readonly scheduledAt: string, readonly fetchedAt: string, readonly recordCount: number, readonly payloadSizeBytes: number, readonly dataQualityScore: number | null, readonly onSchedule: boolean } | null, readonly rateLimit: { readonly limitType: RateLimitType, readonly limitValue: number, readonly currentUsage: number, readonly percentage: number, readonly resetAt: string } | null };

export type CryptoAlertFragment = { readonly number: number, readonly raisedAt: string, readonly provider: string | null, readonly alertType: string, readonly level: AlertLevel, readonly title: string, readonly message: string, readonly acknowledgedAt: string | null, readonly resolvedAt: string | null };

export type CryptoSocketsFragment = { readonly endpoints: ReadonlyArray<{ readonly path: string, readonly open: number }> };

export type CryptoStatusEverySubscriptionVariables = Exact<{
  everyMs: Scalars['Int']['input'];
}>;


export type CryptoStatusEverySubscription = { readonly monitorStatus: { readonly sampledAt: string, readonly unacknowledgedAlerts: number | null, readonly providers: { readonly totalProviders: number, readonly onlineCount: number, readonly degradedCount: number, readonly offlineCount: number, readonly avgResponseTimeMs: number | null, readonly totalRequestsHour: number, readonly totalFailuresHour: number, readonly systemHealth: SystemHealth } | null, readonly connections: { readonly endpoints: ReadonlyArray<{ readonly path: string, readonly open: number }> } } };

export type CryptoEventsSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type CryptoEventsSubscription = { readonly events: { readonly __typename: 'ActivityEvent', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'AgentEvent', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'AlertEvent', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'AuditEvent', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'BackupEvent', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'FileEvent', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'HostEvent', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'JobEvent', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'ModelEvent', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'Notification', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'ProviderEvent', readonly provider: string, readonly oldStatus: ProviderStatus | null, readonly newStatus: ProviderStatus | null, readonly responseTimeMs: number | null, readonly httpStatusCode: number | null, readonly errorMessage: string | null, readonly limitType: RateLimitType | null, readonly limitValue: number | null, readonly currentUsage: number | null, readonly percentage: number | null, readonly severity: RateLimitSeverity | null, readonly resetAt: string | null, readonly cursor: string, readonly occurredAt: string, readonly happened: ProviderEventType } | { readonly __typename: 'ProviderLogEntry', readonly cursor: string, readonly occurredAt: string, readonly id: string, readonly provider: string, readonly providerId: number, readonly log: ProviderLogType, readonly connection: { readonly endpoint: string, readonly status: ProviderAttemptStatus, readonly responseTimeMs: number | null, readonly httpStatusCode: number | null, readonly errorType: string | null, readonly errorMessage: string | null } | null, readonly failure: { readonly endpoint: string, readonly errorType: string, readonly errorMessage: string, readonly httpStatus: number | null, readonly retryAttempted: boolean, readonly retryResult: RetryResult | null } | null, readonly collection: { readonly category: string, readonly scheduledAt: string, readonly fetchedAt: string, readonly recordCount: number, readonly payloadSizeBytes: number, readonly dataQualityScore: number | null, readonly onSchedule: boolean } | null, readonly rateLimit: { readonly limitType: RateLimitType, readonly limitValue: number, readonly currentUsage: number, readonly percentage: number, readonly resetAt: string } | null } | { readonly __typename: 'SystemEvent', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'TrainingEvent', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'TransferDelivery', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'TransferEvent', readonly cursor: string, readonly occurredAt: string } | { readonly __typename: 'WorkflowEvent', readonly cursor: string, readonly occurredAt: string } };

export type CryptoRootQueryVariables = Exact<{ [key: string]: never; }>;


export type CryptoRootQuery = { readonly config: { readonly name: string, readonly version: string, readonly advertised: { readonly host: string, readonly port: number, readonly protocol: string, readonly url: string } } };

export type CryptoHealthQueryVariables = Exact<{ [key: string]: never; }>;


export type CryptoHealthQuery = { readonly health: { readonly status: HealthStatus, readonly checkedAt: string, readonly live: boolean, readonly ready: boolean, readonly database: { readonly status: HealthStatus, readonly writable: boolean, readonly faults: ReadonlyArray<DatabaseFault>, readonly clockAheadMs: number | null, readonly notifications: DatabaseNotifications }, readonly scheduler: { readonly running: boolean } }, readonly providerSummary: { readonly totalProviders: number, readonly onlineCount: number, readonly degradedCount: number, readonly offlineCount: number, readonly systemHealth: SystemHealth } | null, readonly connections: { readonly endpoints: ReadonlyArray<{ readonly path: string, readonly open: number }> } };

export type CryptoInfoQueryVariables = Exact<{ [key: string]: never; }>;


export type CryptoInfoQuery = { readonly config: { readonly name: string, readonly version: string, readonly environment: string, readonly uptimeSeconds: number, readonly features: ReadonlyArray<{ readonly name: string, readonly enabled: boolean }>, readonly realtime: { readonly reconnectAttempts: number, readonly reconnectDelayMs: number, readonly reconnectMaxDelayMs: number, readonly backoffMultiplier: number, readonly pingIntervalMs: number, readonly pongTimeoutMs: number, readonly messageBufferSize: number }, readonly listeners: ReadonlyArray<{ readonly name: string, readonly url: string }>, readonly advertised: { readonly host: string, readonly port: number, readonly protocol: string, readonly url: string } }, readonly health: { readonly live: boolean, readonly checkedAt: string, readonly database: { readonly status: HealthStatus, readonly sizeMb: number | null }, readonly scheduler: { readonly running: boolean, readonly jobs: ReadonlyArray<string> } }, readonly providers: ReadonlyArray<{ readonly category: string, readonly requiresKey: boolean, readonly hasKey: boolean, readonly priorityTier: number, readonly rateLimit: { readonly limitType: RateLimitType } | null }>, readonly connections: { readonly endpoints: ReadonlyArray<{ readonly path: string, readonly open: number }> } };

export type CryptoSocketStatsQueryVariables = Exact<{ [key: string]: never; }>;


export type CryptoSocketStatsQuery = { readonly health: { readonly live: boolean }, readonly connections: { readonly endpoints: ReadonlyArray<{ readonly path: string, readonly open: number, readonly accepted: number }>, readonly sockets: ReadonlyArray<{ readonly id: string, readonly path: string, readonly openedAt: string, readonly lastHeardAt: string | null, readonly sent: number }> } };

export type CryptoProvidersQueryVariables = Exact<{
  category: InputMaybe<Scalars['String']['input']>;
  search: InputMaybe<Scalars['String']['input']>;
}>;


export type CryptoProvidersQuery = { readonly providers: ReadonlyArray<{ readonly id: number, readonly name: string, readonly category: string, readonly endpointUrl: string, readonly status: ProviderStatus, readonly responseTimeMs: number | null, readonly lastCheckAt: string | null, readonly requiresKey: boolean, readonly hasKey: boolean, readonly apiKeyMasked: string | null, readonly timeoutMs: number, readonly priorityTier: number, readonly rateLimit: { readonly limitType: RateLimitType, readonly limitValue: number, readonly currentUsage: number, readonly percentage: number } | null }> };

export type CryptoProviderByNameQueryVariables = Exact<{
  name: Scalars['String']['input'];
}>;


export type CryptoProviderByNameQuery = { readonly provider: { readonly id: number, readonly name: string, readonly category: string, readonly endpointUrl: string, readonly status: ProviderStatus, readonly responseTimeMs: number | null, readonly lastCheckAt: string | null, readonly requiresKey: boolean, readonly hasKey: boolean, readonly apiKeyMasked: string | null, readonly timeoutMs: number, readonly priorityTier: number, readonly rateLimit: { readonly limitType: RateLimitType, readonly limitValue: number, readonly currentUsage: number, readonly percentage: number } | null } | null };

export type CryptoProviderStatsQueryVariables = Exact<{
  name: Scalars['String']['input'];
  hours: Scalars['Int']['input'];
}>;


export type CryptoProviderStatsQuery = { readonly provider: { readonly id: number, readonly name: string, readonly stats: { readonly totalAttempts: number, readonly successful: number, readonly failed: number, readonly timeout: number, readonly rateLimited: number, readonly successRate: number | null, readonly avgResponseTimeMs: number | null, readonly totalCollections: number, readonly totalRecords: number, readonly totalBytes: number, readonly avgQualityScore: number | null, readonly avgStalenessMinutes: number | null, readonly failureCount: number } } | null };

export type CryptoStatusQueryVariables = Exact<{ [key: string]: never; }>;


export type CryptoStatusQuery = { readonly providerSummary: { readonly lastUpdateAt: string | null, readonly totalProviders: number, readonly onlineCount: number, readonly degradedCount: number, readonly offlineCount: number, readonly avgResponseTimeMs: number | null, readonly totalRequestsHour: number, readonly totalFailuresHour: number, readonly systemHealth: SystemHealth } | null };

export type CryptoHistoryQueryVariables = Exact<{
  hours: Scalars['Int']['input'];
  limit: Scalars['Int']['input'];
}>;


export type CryptoHistoryQuery = { readonly providerHistory: { readonly totalCount: number, readonly metrics: ReadonlyArray<{ readonly at: string, readonly totalProviders: number, readonly onlineCount: number, readonly degradedCount: number, readonly offlineCount: number, readonly avgResponseTimeMs: number | null, readonly totalRequestsHour: number, readonly totalFailuresHour: number, readonly systemHealth: SystemHealth }> } };

export type CryptoRateLimitsQueryVariables = Exact<{ [key: string]: never; }>;


export type CryptoRateLimitsQuery = { readonly rateLimits: ReadonlyArray<{ readonly provider: string, readonly limitType: RateLimitType, readonly limitValue: number, readonly currentUsage: number, readonly percentage: number, readonly resetAt: string, readonly resetInSeconds: number, readonly status: RateLimitStatus, readonly lastRequestAt: string | null }> };

export type CryptoRateLimitQueryVariables = Exact<{
  name: Scalars['String']['input'];
}>;


export type CryptoRateLimitQuery = { readonly provider: { readonly rateLimit: { readonly provider: string, readonly limitType: RateLimitType, readonly limitValue: number, readonly currentUsage: number, readonly percentage: number, readonly resetAt: string, readonly resetInSeconds: number, readonly status: RateLimitStatus, readonly lastRequestAt: string | null } | null } | null };

export type CryptoLogsQueryVariables = Exact<{
  type: ProviderLogType;
  provider: InputMaybe<Scalars['String']['input']>;
  since: Scalars['DateTime']['input'];
  first: Scalars['Int']['input'];
}>;


export type CryptoLogsQuery = { readonly logEntries: { readonly totalCount: number, readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly occurredAt: string, readonly provider: string, readonly providerId: number, readonly log: ProviderLogType, readonly connection: { readonly endpoint: string, readonly status: ProviderAttemptStatus, readonly responseTimeMs: number | null, readonly httpStatusCode: number | null, readonly errorType: string | null, readonly errorMessage: string | null } | null, readonly failure: { readonly endpoint: string, readonly errorType: string, readonly errorMessage: string, readonly httpStatus: number | null, readonly retryAttempted: boolean, readonly retryResult: RetryResult | null } | null, readonly collection: { readonly category: string, readonly scheduledAt: string, readonly fetchedAt: string, readonly recordCount: number, readonly payloadSizeBytes: number, readonly dataQualityScore: number | null, readonly onSchedule: boolean } | null, readonly rateLimit: { readonly limitType: RateLimitType, readonly limitValue: number, readonly currentUsage: number, readonly percentage: number, readonly resetAt: string } | null } }> } };

export type CryptoFailuresQueryVariables = Exact<{
  hours: Scalars['Int']['input'];
}>;


export type CryptoFailuresQuery = { readonly failureAnalysis: { readonly totalFailures: number, readonly totalRetries: number, readonly successfulRetries: number, readonly retrySuccessRate: number | null, readonly byErrorType: ReadonlyArray<{ readonly errorType: string, readonly count: number }>, readonly topProviders: ReadonlyArray<{ readonly provider: string, readonly count: number }> } };

export type CryptoConfigQueryVariables = Exact<{ [key: string]: never; }>;


export type CryptoConfigQuery = { readonly providers: ReadonlyArray<{ readonly category: string, readonly requiresKey: boolean, readonly hasKey: boolean, readonly priorityTier: number, readonly rateLimit: { readonly limitType: RateLimitType } | null }> };

export type CryptoAlertsQueryVariables = Exact<{
  filter: AlertFilter;
  first: Scalars['Int']['input'];
}>;


export type CryptoAlertsQuery = { readonly alerts: { readonly edges: ReadonlyArray<{ readonly node: { readonly number: number, readonly raisedAt: string, readonly provider: string | null, readonly alertType: string, readonly level: AlertLevel, readonly title: string, readonly message: string, readonly acknowledgedAt: string | null, readonly resolvedAt: string | null } }> } };

export type CryptoAcknowledgeMutationVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type CryptoAcknowledgeMutation = { readonly acknowledgeAlert: { readonly __typename: 'AcknowledgeAlertSuccess', readonly changed: boolean, readonly alert: { readonly number: number, readonly raisedAt: string, readonly provider: string | null, readonly alertType: string, readonly level: AlertLevel, readonly title: string, readonly message: string, readonly acknowledgedAt: string | null, readonly resolvedAt: string | null } } | { readonly __typename: 'NotFound', readonly message: string } };

export type CryptoSchedulerQueryVariables = Exact<{ [key: string]: never; }>;


export type CryptoSchedulerQuery = { readonly health: { readonly scheduler: { readonly running: boolean } }, readonly jobs: ReadonlyArray<{ readonly id: string, readonly name: string, readonly trigger: string, readonly nextRunAt: string | null, readonly lastRunAt: string | null, readonly lastOutcome: JobOutcome | null, readonly lastDurationMs: number | null, readonly running: boolean }> };

export type CryptoTriggerMutationVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type CryptoTriggerMutation = { readonly triggerJob: { readonly __typename: 'NotFound', readonly message: string } | { readonly __typename: 'TriggerJobSuccess', readonly status: JobTriggering, readonly at: string, readonly job: { readonly id: string, readonly name: string } } };

export type CryptoStoreQueryVariables = Exact<{ [key: string]: never; }>;


export type CryptoStoreQuery = { readonly health: { readonly database: { readonly sizeMb: number | null } }, readonly providerRowCounts: { readonly providers: number, readonly connections: number, readonly collections: number, readonly failures: number, readonly rateLimits: number, readonly metrics: number }, readonly jobs: ReadonlyArray<{ readonly id: string }>, readonly jobRuns: { readonly totalCount: number }, readonly alerts: { readonly totalCount: number } };

export const CryptoAdvertisedFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoAdvertised"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ServerConfig"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"advertised"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"port"}},{"kind":"Field","name":{"kind":"Name","value":"protocol"}},{"kind":"Field","name":{"kind":"Name","value":"url"}}]}}]}}]} as unknown as DocumentNode<CryptoAdvertisedFragment, unknown>;
export const CryptoFiguresFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoFigures"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ProviderFigures"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalProviders"}},{"kind":"Field","name":{"kind":"Name","value":"onlineCount"}},{"kind":"Field","name":{"kind":"Name","value":"degradedCount"}},{"kind":"Field","name":{"kind":"Name","value":"offlineCount"}},{"kind":"Field","name":{"kind":"Name","value":"avgResponseTimeMs"}},{"kind":"Field","name":{"kind":"Name","value":"totalRequestsHour"}},{"kind":"Field","name":{"kind":"Name","value":"totalFailuresHour"}},{"kind":"Field","name":{"kind":"Name","value":"systemHealth"}}]}}]} as unknown as DocumentNode<CryptoFiguresFragment, unknown>;
export const CryptoProviderFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoProvider"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Provider"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"category"}},{"kind":"Field","name":{"kind":"Name","value":"endpointUrl"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"responseTimeMs"}},{"kind":"Field","name":{"kind":"Name","value":"lastCheckAt"}},{"kind":"Field","name":{"kind":"Name","value":"requiresKey"}},{"kind":"Field","name":{"kind":"Name","value":"hasKey"}},{"kind":"Field","name":{"kind":"Name","value":"apiKeyMasked"}},{"kind":"Field","name":{"kind":"Name","value":"rateLimit"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"limitType"}},{"kind":"Field","name":{"kind":"Name","value":"limitValue"}},{"kind":"Field","name":{"kind":"Name","value":"currentUsage"}},{"kind":"Field","name":{"kind":"Name","value":"percentage"}}]}},{"kind":"Field","name":{"kind":"Name","value":"timeoutMs"}},{"kind":"Field","name":{"kind":"Name","value":"priorityTier"}}]}}]} as unknown as DocumentNode<CryptoProviderFragment, unknown>;
export const CryptoConfigurationFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoConfiguration"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Provider"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"category"}},{"kind":"Field","name":{"kind":"Name","value":"requiresKey"}},{"kind":"Field","name":{"kind":"Name","value":"hasKey"}},{"kind":"Field","name":{"kind":"Name","value":"priorityTier"}},{"kind":"Field","name":{"kind":"Name","value":"rateLimit"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"limitType"}}]}}]}}]} as unknown as DocumentNode<CryptoConfigurationFragment, unknown>;
export const CryptoLimitFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoLimit"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RateLimit"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"limitType"}},{"kind":"Field","name":{"kind":"Name","value":"limitValue"}},{"kind":"Field","name":{"kind":"Name","value":"currentUsage"}},{"kind":"Field","name":{"kind":"Name","value":"percentage"}},{"kind":"Field","name":{"kind":"Name","value":"resetAt"}},{"kind":"Field","name":{"kind":"Name","value":"resetInSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"lastRequestAt"}}]}}]} as unknown as DocumentNode<CryptoLimitFragment, unknown>;
export const CryptoLogRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoLogRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ProviderLogEntry"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","alias":{"kind":"Name","value":"log"},"name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"providerId"}},{"kind":"Field","name":{"kind":"Name","value":"connection"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endpoint"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"responseTimeMs"}},{"kind":"Field","name":{"kind":"Name","value":"httpStatusCode"}},{"kind":"Field","name":{"kind":"Name","value":"errorType"}},{"kind":"Field","name":{"kind":"Name","value":"errorMessage"}}]}},{"kind":"Field","name":{"kind":"Name","value":"failure"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endpoint"}},{"kind":"Field","name":{"kind":"Name","value":"errorType"}},{"kind":"Field","name":{"kind":"Name","value":"errorMessage"}},{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"retryAttempted"}},{"kind":"Field","name":{"kind":"Name","value":"retryResult"}}]}},{"kind":"Field","name":{"kind":"Name","value":"collection"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"category"}},{"kind":"Field","name":{"kind":"Name","value":"scheduledAt"}},{"kind":"Field","name":{"kind":"Name","value":"fetchedAt"}},{"kind":"Field","name":{"kind":"Name","value":"recordCount"}},{"kind":"Field","name":{"kind":"Name","value":"payloadSizeBytes"}},{"kind":"Field","name":{"kind":"Name","value":"dataQualityScore"}},{"kind":"Field","name":{"kind":"Name","value":"onSchedule"}}]}},{"kind":"Field","name":{"kind":"Name","value":"rateLimit"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"limitType"}},{"kind":"Field","name":{"kind":"Name","value":"limitValue"}},{"kind":"Field","name":{"kind":"Name","value":"currentUsage"}},{"kind":"Field","name":{"kind":"Name","value":"percentage"}},{"kind":"Field","name":{"kind":"Name","value":"resetAt"}}]}}]}}]} as unknown as DocumentNode<CryptoLogRowFragment, unknown>;
export const CryptoAlertFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoAlert"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Alert"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"raisedAt"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"alertType"}},{"kind":"Field","name":{"kind":"Name","value":"level"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"acknowledgedAt"}},{"kind":"Field","name":{"kind":"Name","value":"resolvedAt"}}]}}]} as unknown as DocumentNode<CryptoAlertFragment, unknown>;
export const CryptoSocketsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoSockets"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Connections"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endpoints"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"open"}}]}}]}}]} as unknown as DocumentNode<CryptoSocketsFragment, unknown>;
export const CryptoStatusEveryDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"CryptoStatusEvery"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"everyMs"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"monitorStatus"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"everyMs"},"value":{"kind":"Variable","name":{"kind":"Name","value":"everyMs"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sampledAt"}},{"kind":"Field","name":{"kind":"Name","value":"providers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CryptoFigures"}}]}},{"kind":"Field","name":{"kind":"Name","value":"unacknowledgedAlerts"}},{"kind":"Field","name":{"kind":"Name","value":"connections"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CryptoSockets"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoFigures"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ProviderFigures"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalProviders"}},{"kind":"Field","name":{"kind":"Name","value":"onlineCount"}},{"kind":"Field","name":{"kind":"Name","value":"degradedCount"}},{"kind":"Field","name":{"kind":"Name","value":"offlineCount"}},{"kind":"Field","name":{"kind":"Name","value":"avgResponseTimeMs"}},{"kind":"Field","name":{"kind":"Name","value":"totalRequestsHour"}},{"kind":"Field","name":{"kind":"Name","value":"totalFailuresHour"}},{"kind":"Field","name":{"kind":"Name","value":"systemHealth"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoSockets"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Connections"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endpoints"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"open"}}]}}]}}]} as unknown as DocumentNode<CryptoStatusEverySubscription, CryptoStatusEverySubscriptionVariables>;
export const CryptoEventsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"CryptoEvents"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"events"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"types"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"PROVIDER"},{"kind":"EnumValue","value":"PROVIDER_LOG"}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ProviderLogEntry"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CryptoLogRow"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ProviderEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"happened"},"name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"oldStatus"}},{"kind":"Field","name":{"kind":"Name","value":"newStatus"}},{"kind":"Field","name":{"kind":"Name","value":"responseTimeMs"}},{"kind":"Field","name":{"kind":"Name","value":"httpStatusCode"}},{"kind":"Field","name":{"kind":"Name","value":"errorMessage"}},{"kind":"Field","name":{"kind":"Name","value":"limitType"}},{"kind":"Field","name":{"kind":"Name","value":"limitValue"}},{"kind":"Field","name":{"kind":"Name","value":"currentUsage"}},{"kind":"Field","name":{"kind":"Name","value":"percentage"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}},{"kind":"Field","name":{"kind":"Name","value":"resetAt"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoLogRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ProviderLogEntry"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","alias":{"kind":"Name","value":"log"},"name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"providerId"}},{"kind":"Field","name":{"kind":"Name","value":"connection"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endpoint"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"responseTimeMs"}},{"kind":"Field","name":{"kind":"Name","value":"httpStatusCode"}},{"kind":"Field","name":{"kind":"Name","value":"errorType"}},{"kind":"Field","name":{"kind":"Name","value":"errorMessage"}}]}},{"kind":"Field","name":{"kind":"Name","value":"failure"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endpoint"}},{"kind":"Field","name":{"kind":"Name","value":"errorType"}},{"kind":"Field","name":{"kind":"Name","value":"errorMessage"}},{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"retryAttempted"}},{"kind":"Field","name":{"kind":"Name","value":"retryResult"}}]}},{"kind":"Field","name":{"kind":"Name","value":"collection"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"category"}},{"kind":"Field","name":{"kind":"Name","value":"scheduledAt"}},{"kind":"Field","name":{"kind":"Name","value":"fetchedAt"}},{"kind":"Field","name":{"kind":"Name","value":"recordCount"}},{"kind":"Field","name":{"kind":"Name","value":"payloadSizeBytes"}},{"kind":"Field","name":{"kind":"Name","value":"dataQualityScore"}},{"kind":"Field","name":{"kind":"Name","value":"onSchedule"}}]}},{"kind":"Field","name":{"kind":"Name","value":"rateLimit"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"limitType"}},{"kind":"Field","name":{"kind":"Name","value":"limitValue"}},{"kind":"Field","name":{"kind":"Name","value":"currentUsage"}},{"kind":"Field","name":{"kind":"Name","value":"percentage"}},{"kind":"Field","name":{"kind":"Name","value":"resetAt"}}]}}]}}]} as unknown as DocumentNode<CryptoEventsSubscription, CryptoEventsSubscriptionVariables>;
export const CryptoRootDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CryptoRoot"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"config"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"CryptoAdvertised"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoAdvertised"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ServerConfig"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"advertised"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"port"}},{"kind":"Field","name":{"kind":"Name","value":"protocol"}},{"kind":"Field","name":{"kind":"Name","value":"url"}}]}}]}}]} as unknown as DocumentNode<CryptoRootQuery, CryptoRootQueryVariables>;
export const CryptoHealthDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CryptoHealth"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"health"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"checkedAt"}},{"kind":"Field","name":{"kind":"Name","value":"database"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"writable"}},{"kind":"Field","name":{"kind":"Name","value":"faults"}},{"kind":"Field","name":{"kind":"Name","value":"clockAheadMs"}},{"kind":"Field","name":{"kind":"Name","value":"notifications"}}]}},{"kind":"Field","name":{"kind":"Name","value":"scheduler"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"running"}}]}},{"kind":"Field","name":{"kind":"Name","value":"live"}},{"kind":"Field","name":{"kind":"Name","value":"ready"}}]}},{"kind":"Field","name":{"kind":"Name","value":"providerSummary"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalProviders"}},{"kind":"Field","name":{"kind":"Name","value":"onlineCount"}},{"kind":"Field","name":{"kind":"Name","value":"degradedCount"}},{"kind":"Field","name":{"kind":"Name","value":"offlineCount"}},{"kind":"Field","name":{"kind":"Name","value":"systemHealth"}}]}},{"kind":"Field","name":{"kind":"Name","value":"connections"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CryptoSockets"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoSockets"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Connections"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endpoints"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"open"}}]}}]}}]} as unknown as DocumentNode<CryptoHealthQuery, CryptoHealthQueryVariables>;
export const CryptoInfoDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CryptoInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"config"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"environment"}},{"kind":"Field","name":{"kind":"Name","value":"uptimeSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"features"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"enabled"}}]}},{"kind":"Field","name":{"kind":"Name","value":"realtime"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reconnectAttempts"}},{"kind":"Field","name":{"kind":"Name","value":"reconnectDelayMs"}},{"kind":"Field","name":{"kind":"Name","value":"reconnectMaxDelayMs"}},{"kind":"Field","name":{"kind":"Name","value":"backoffMultiplier"}},{"kind":"Field","name":{"kind":"Name","value":"pingIntervalMs"}},{"kind":"Field","name":{"kind":"Name","value":"pongTimeoutMs"}},{"kind":"Field","name":{"kind":"Name","value":"messageBufferSize"}}]}},{"kind":"Field","name":{"kind":"Name","value":"listeners"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"url"}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"CryptoAdvertised"}}]}},{"kind":"Field","name":{"kind":"Name","value":"health"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"live"}},{"kind":"Field","name":{"kind":"Name","value":"checkedAt"}},{"kind":"Field","name":{"kind":"Name","value":"database"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"sizeMb"}}]}},{"kind":"Field","name":{"kind":"Name","value":"scheduler"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"running"}},{"kind":"Field","name":{"kind":"Name","value":"jobs"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"providers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CryptoConfiguration"}}]}},{"kind":"Field","name":{"kind":"Name","value":"connections"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CryptoSockets"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoAdvertised"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ServerConfig"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"advertised"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"port"}},{"kind":"Field","name":{"kind":"Name","value":"protocol"}},{"kind":"Field","name":{"kind":"Name","value":"url"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoConfiguration"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Provider"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"category"}},{"kind":"Field","name":{"kind":"Name","value":"requiresKey"}},{"kind":"Field","name":{"kind":"Name","value":"hasKey"}},{"kind":"Field","name":{"kind":"Name","value":"priorityTier"}},{"kind":"Field","name":{"kind":"Name","value":"rateLimit"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"limitType"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoSockets"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Connections"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endpoints"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"open"}}]}}]}}]} as unknown as DocumentNode<CryptoInfoQuery, CryptoInfoQueryVariables>;
export const CryptoSocketStatsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CryptoSocketStats"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"health"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"live"}}]}},{"kind":"Field","name":{"kind":"Name","value":"connections"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endpoints"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"open"}},{"kind":"Field","name":{"kind":"Name","value":"accepted"}}]}},{"kind":"Field","name":{"kind":"Name","value":"sockets"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"openedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastHeardAt"}},{"kind":"Field","name":{"kind":"Name","value":"sent"}}]}}]}}]}}]} as unknown as DocumentNode<CryptoSocketStatsQuery, CryptoSocketStatsQueryVariables>;
export const CryptoProvidersDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CryptoProviders"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"category"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"search"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"providers"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"category"},"value":{"kind":"Variable","name":{"kind":"Name","value":"category"}}},{"kind":"Argument","name":{"kind":"Name","value":"search"},"value":{"kind":"Variable","name":{"kind":"Name","value":"search"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CryptoProvider"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoProvider"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Provider"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"category"}},{"kind":"Field","name":{"kind":"Name","value":"endpointUrl"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"responseTimeMs"}},{"kind":"Field","name":{"kind":"Name","value":"lastCheckAt"}},{"kind":"Field","name":{"kind":"Name","value":"requiresKey"}},{"kind":"Field","name":{"kind":"Name","value":"hasKey"}},{"kind":"Field","name":{"kind":"Name","value":"apiKeyMasked"}},{"kind":"Field","name":{"kind":"Name","value":"rateLimit"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"limitType"}},{"kind":"Field","name":{"kind":"Name","value":"limitValue"}},{"kind":"Field","name":{"kind":"Name","value":"currentUsage"}},{"kind":"Field","name":{"kind":"Name","value":"percentage"}}]}},{"kind":"Field","name":{"kind":"Name","value":"timeoutMs"}},{"kind":"Field","name":{"kind":"Name","value":"priorityTier"}}]}}]} as unknown as DocumentNode<CryptoProvidersQuery, CryptoProvidersQueryVariables>;
export const CryptoProviderByNameDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CryptoProviderByName"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"name"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"provider"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"name"},"value":{"kind":"Variable","name":{"kind":"Name","value":"name"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CryptoProvider"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoProvider"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Provider"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"category"}},{"kind":"Field","name":{"kind":"Name","value":"endpointUrl"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"responseTimeMs"}},{"kind":"Field","name":{"kind":"Name","value":"lastCheckAt"}},{"kind":"Field","name":{"kind":"Name","value":"requiresKey"}},{"kind":"Field","name":{"kind":"Name","value":"hasKey"}},{"kind":"Field","name":{"kind":"Name","value":"apiKeyMasked"}},{"kind":"Field","name":{"kind":"Name","value":"rateLimit"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"limitType"}},{"kind":"Field","name":{"kind":"Name","value":"limitValue"}},{"kind":"Field","name":{"kind":"Name","value":"currentUsage"}},{"kind":"Field","name":{"kind":"Name","value":"percentage"}}]}},{"kind":"Field","name":{"kind":"Name","value":"timeoutMs"}},{"kind":"Field","name":{"kind":"Name","value":"priorityTier"}}]}}]} as unknown as DocumentNode<CryptoProviderByNameQuery, CryptoProviderByNameQueryVariables>;
export const CryptoProviderStatsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CryptoProviderStats"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"name"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"hours"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"provider"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"name"},"value":{"kind":"Variable","name":{"kind":"Name","value":"name"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"stats"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"hours"},"value":{"kind":"Variable","name":{"kind":"Name","value":"hours"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalAttempts"}},{"kind":"Field","name":{"kind":"Name","value":"successful"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"timeout"}},{"kind":"Field","name":{"kind":"Name","value":"rateLimited"}},{"kind":"Field","name":{"kind":"Name","value":"successRate"}},{"kind":"Field","name":{"kind":"Name","value":"avgResponseTimeMs"}},{"kind":"Field","name":{"kind":"Name","value":"totalCollections"}},{"kind":"Field","name":{"kind":"Name","value":"totalRecords"}},{"kind":"Field","name":{"kind":"Name","value":"totalBytes"}},{"kind":"Field","name":{"kind":"Name","value":"avgQualityScore"}},{"kind":"Field","name":{"kind":"Name","value":"avgStalenessMinutes"}},{"kind":"Field","name":{"kind":"Name","value":"failureCount"}}]}}]}}]}}]} as unknown as DocumentNode<CryptoProviderStatsQuery, CryptoProviderStatsQueryVariables>;
export const CryptoStatusDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CryptoStatus"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"providerSummary"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CryptoFigures"}},{"kind":"Field","name":{"kind":"Name","value":"lastUpdateAt"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoFigures"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ProviderFigures"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalProviders"}},{"kind":"Field","name":{"kind":"Name","value":"onlineCount"}},{"kind":"Field","name":{"kind":"Name","value":"degradedCount"}},{"kind":"Field","name":{"kind":"Name","value":"offlineCount"}},{"kind":"Field","name":{"kind":"Name","value":"avgResponseTimeMs"}},{"kind":"Field","name":{"kind":"Name","value":"totalRequestsHour"}},{"kind":"Field","name":{"kind":"Name","value":"totalFailuresHour"}},{"kind":"Field","name":{"kind":"Name","value":"systemHealth"}}]}}]} as unknown as DocumentNode<CryptoStatusQuery, CryptoStatusQueryVariables>;
export const CryptoHistoryDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CryptoHistory"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"hours"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"limit"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"providerHistory"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"hours"},"value":{"kind":"Variable","name":{"kind":"Name","value":"hours"}}},{"kind":"Argument","name":{"kind":"Name","value":"limit"},"value":{"kind":"Variable","name":{"kind":"Name","value":"limit"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"metrics"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"CryptoFigures"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoFigures"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ProviderFigures"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalProviders"}},{"kind":"Field","name":{"kind":"Name","value":"onlineCount"}},{"kind":"Field","name":{"kind":"Name","value":"degradedCount"}},{"kind":"Field","name":{"kind":"Name","value":"offlineCount"}},{"kind":"Field","name":{"kind":"Name","value":"avgResponseTimeMs"}},{"kind":"Field","name":{"kind":"Name","value":"totalRequestsHour"}},{"kind":"Field","name":{"kind":"Name","value":"totalFailuresHour"}},{"kind":"Field","name":{"kind":"Name","value":"systemHealth"}}]}}]} as unknown as DocumentNode<CryptoHistoryQuery, CryptoHistoryQueryVariables>;
export const CryptoRateLimitsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CryptoRateLimits"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rateLimits"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CryptoLimit"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoLimit"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RateLimit"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"limitType"}},{"kind":"Field","name":{"kind":"Name","value":"limitValue"}},{"kind":"Field","name":{"kind":"Name","value":"currentUsage"}},{"kind":"Field","name":{"kind":"Name","value":"percentage"}},{"kind":"Field","name":{"kind":"Name","value":"resetAt"}},{"kind":"Field","name":{"kind":"Name","value":"resetInSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"lastRequestAt"}}]}}]} as unknown as DocumentNode<CryptoRateLimitsQuery, CryptoRateLimitsQueryVariables>;
export const CryptoRateLimitDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CryptoRateLimit"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"name"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"provider"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"name"},"value":{"kind":"Variable","name":{"kind":"Name","value":"name"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rateLimit"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CryptoLimit"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoLimit"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RateLimit"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"limitType"}},{"kind":"Field","name":{"kind":"Name","value":"limitValue"}},{"kind":"Field","name":{"kind":"Name","value":"currentUsage"}},{"kind":"Field","name":{"kind":"Name","value":"percentage"}},{"kind":"Field","name":{"kind":"Name","value":"resetAt"}},{"kind":"Field","name":{"kind":"Name","value":"resetInSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"lastRequestAt"}}]}}]} as unknown as DocumentNode<CryptoRateLimitQuery, CryptoRateLimitQueryVariables>;
export const CryptoLogsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CryptoLogs"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"type"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ProviderLogType"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"provider"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"since"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DateTime"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"logEntries"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"type"},"value":{"kind":"Variable","name":{"kind":"Name","value":"type"}}},{"kind":"Argument","name":{"kind":"Name","value":"provider"},"value":{"kind":"Variable","name":{"kind":"Name","value":"provider"}}},{"kind":"Argument","name":{"kind":"Name","value":"since"},"value":{"kind":"Variable","name":{"kind":"Name","value":"since"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CryptoLogRow"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoLogRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ProviderLogEntry"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","alias":{"kind":"Name","value":"log"},"name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"providerId"}},{"kind":"Field","name":{"kind":"Name","value":"connection"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endpoint"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"responseTimeMs"}},{"kind":"Field","name":{"kind":"Name","value":"httpStatusCode"}},{"kind":"Field","name":{"kind":"Name","value":"errorType"}},{"kind":"Field","name":{"kind":"Name","value":"errorMessage"}}]}},{"kind":"Field","name":{"kind":"Name","value":"failure"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endpoint"}},{"kind":"Field","name":{"kind":"Name","value":"errorType"}},{"kind":"Field","name":{"kind":"Name","value":"errorMessage"}},{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"retryAttempted"}},{"kind":"Field","name":{"kind":"Name","value":"retryResult"}}]}},{"kind":"Field","name":{"kind":"Name","value":"collection"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"category"}},{"kind":"Field","name":{"kind":"Name","value":"scheduledAt"}},{"kind":"Field","name":{"kind":"Name","value":"fetchedAt"}},{"kind":"Field","name":{"kind":"Name","value":"recordCount"}},{"kind":"Field","name":{"kind":"Name","value":"payloadSizeBytes"}},{"kind":"Field","name":{"kind":"Name","value":"dataQualityScore"}},{"kind":"Field","name":{"kind":"Name","value":"onSchedule"}}]}},{"kind":"Field","name":{"kind":"Name","value":"rateLimit"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"limitType"}},{"kind":"Field","name":{"kind":"Name","value":"limitValue"}},{"kind":"Field","name":{"kind":"Name","value":"currentUsage"}},{"kind":"Field","name":{"kind":"Name","value":"percentage"}},{"kind":"Field","name":{"kind":"Name","value":"resetAt"}}]}}]}}]} as unknown as DocumentNode<CryptoLogsQuery, CryptoLogsQueryVariables>;
export const CryptoFailuresDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CryptoFailures"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"hours"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"failureAnalysis"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"hours"},"value":{"kind":"Variable","name":{"kind":"Name","value":"hours"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalFailures"}},{"kind":"Field","name":{"kind":"Name","value":"byErrorType"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"errorType"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}},{"kind":"Field","name":{"kind":"Name","value":"topProviders"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalRetries"}},{"kind":"Field","name":{"kind":"Name","value":"successfulRetries"}},{"kind":"Field","name":{"kind":"Name","value":"retrySuccessRate"}}]}}]}}]} as unknown as DocumentNode<CryptoFailuresQuery, CryptoFailuresQueryVariables>;
export const CryptoConfigDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CryptoConfig"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"providers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CryptoConfiguration"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoConfiguration"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Provider"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"category"}},{"kind":"Field","name":{"kind":"Name","value":"requiresKey"}},{"kind":"Field","name":{"kind":"Name","value":"hasKey"}},{"kind":"Field","name":{"kind":"Name","value":"priorityTier"}},{"kind":"Field","name":{"kind":"Name","value":"rateLimit"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"limitType"}}]}}]}}]} as unknown as DocumentNode<CryptoConfigQuery, CryptoConfigQueryVariables>;
export const CryptoAlertsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CryptoAlerts"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AlertFilter"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"alerts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CryptoAlert"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoAlert"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Alert"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"raisedAt"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"alertType"}},{"kind":"Field","name":{"kind":"Name","value":"level"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"acknowledgedAt"}},{"kind":"Field","name":{"kind":"Name","value":"resolvedAt"}}]}}]} as unknown as DocumentNode<CryptoAlertsQuery, CryptoAlertsQueryVariables>;
export const CryptoAcknowledgeDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CryptoAcknowledge"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"acknowledgeAlert"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AcknowledgeAlertSuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"changed"}},{"kind":"Field","name":{"kind":"Name","value":"alert"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CryptoAlert"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"NotFound"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CryptoAlert"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Alert"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"raisedAt"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"alertType"}},{"kind":"Field","name":{"kind":"Name","value":"level"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"acknowledgedAt"}},{"kind":"Field","name":{"kind":"Name","value":"resolvedAt"}}]}}]} as unknown as DocumentNode<CryptoAcknowledgeMutation, CryptoAcknowledgeMutationVariables>;
export const CryptoSchedulerDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CryptoScheduler"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"health"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"scheduler"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"running"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"jobs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"trigger"}},{"kind":"Field","name":{"kind":"Name","value":"nextRunAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastRunAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastOutcome"}},{"kind":"Field","name":{"kind":"Name","value":"lastDurationMs"}},{"kind":"Field","name":{"kind":"Name","value":"running"}}]}}]}}]} as unknown as DocumentNode<CryptoSchedulerQuery, CryptoSchedulerQueryVariables>;
export const CryptoTriggerDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CryptoTrigger"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"triggerJob"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TriggerJobSuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"job"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"NotFound"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<CryptoTriggerMutation, CryptoTriggerMutationVariables>;
export const CryptoStoreDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CryptoStore"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"health"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"database"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sizeMb"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"providerRowCounts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"providers"}},{"kind":"Field","name":{"kind":"Name","value":"connections"}},{"kind":"Field","name":{"kind":"Name","value":"collections"}},{"kind":"Field","name":{"kind":"Name","value":"failures"}},{"kind":"Field","name":{"kind":"Name","value":"rateLimits"}},{"kind":"Field","name":{"kind":"Name","value":"metrics"}}]}},{"kind":"Field","name":{"kind":"Name","value":"jobs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"jobRuns"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"1"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}},{"kind":"Field","name":{"kind":"Name","value":"alerts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"1"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}}]} as unknown as DocumentNode<CryptoStoreQuery, CryptoStoreQueryVariables>;