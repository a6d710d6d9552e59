import type { Severity } from '../../graph/severity.ts';
import { datedId } from '../../lib/dated-id.ts';
import type { Entry, Topic } from '../../journal/topic.ts';
import { agentEvents, type AgentIntervention, type InterventionAction } from '../agents/events.ts';
import { customEvents, type CustomEvent } from '../custom-events/events.ts';
import { jobEvents, type JobFinished, type JobOutcome } from '../jobs/events.ts';
import { modelEvents, type ModelDeployment } from '../models/events.ts';
import {
  trainingEvents,
  type TrainingCompletion,
  type TrainingFailure,
  type TrainingProgress,
} from '../training/events.ts';
import { activityEvents, type ActivityPayload } from './events.ts';

/** An activity, reported or derived from an event. */
export interface Activity extends ActivityPayload {
  /** `act_YYYYMMDD_NNN`: the UTC day on which it was stored and its number. */
  readonly id: string;
  readonly seq: number;
  /** Unix milliseconds. */
  readonly at: number;
  /** `Entry.reportedBy` of the event. */
  readonly reportedBy: string | null;
}

/** What the topic handler adds to the payload of an event. Absent in events that were stored before activities were numbered. */
export interface NumberedActivity {
  readonly activityNumber?: number;
}

export const activityTopics: readonly Topic<unknown, 'EVERY'>[] = [
  activityEvents,
  trainingEvents,
  modelEvents,
  agentEvents,
  jobEvents,
  customEvents,
];

/** Derives the activity from the payload of an event of each type; null: the event is not an activity. */
const derivations: Readonly<Record<string, (payload: never) => ActivityPayload | null>> = {
  activityReported({ activityNumber: _number, ...payload }: ActivityPayload & NumberedActivity) {
    return payload;
  },
  trainingProgressed({ first, runId, modelId, message }: TrainingProgress) {
    if (!first) return null;
    return activity({
      title: 'Model Training Started',
      description: message,
      actionType: 'training_start',
      status: 'in_progress',
      metadata: { run_id: runId, model_id: modelId },
    });
  },
  trainingCompleted({ runId, modelId, message, trainingTimeSeconds, finalAccuracy }: TrainingCompletion) {
    return activity({
      title: 'Model Training Completed',
      description: message,
      actionType: 'training_complete',
      status: 'completed',
      durationSeconds: trainingTimeSeconds,
      metadata: { run_id: runId, model_id: modelId, final_accuracy: finalAccuracy },
    });
  },
  trainingFailed({ runId, modelId, error, errorCode }: TrainingFailure) {
    return activity({
      title: 'Model Training Failed',
      description: error,
      actionType: 'training_failed',
      status: 'failed',
      severityLevel: 'ERROR',
      metadata: { run_id: runId, model_id: modelId, error_code: errorCode },
    });
  },
  modelDeployed({ modelId, modelName, modelVersion }: ModelDeployment) {
    return activity({
      title: 'Model Deployed',
      description: `${modelName} ${modelVersion} was put in service`,
      actionType: 'model_deployment',
      status: 'completed',
      metadata: { model_id: modelId, model_name: modelName, model_version: modelVersion },
    });
  },
  agentIntervened({ interventionId, agentId, action, reason, actorId }: AgentIntervention) {
    return activity({
      title: `Agent ${interventions[action]}`,
      description: reason,
      user: actorId,
      actionType: 'agent_intervention',
      status: 'completed',
      metadata: { intervention_id: interventionId, agent_id: agentId, action: action.toLowerCase() },
    });
  },
  jobFinished({ notable, jobId, jobName, runId, outcome, error, durationMs, triggeredBy }: JobFinished) {
    if (!notable) return null;
    const [ended, severityLevel] = jobOutcomes[outcome];
    return activity({
      title: `${jobName} ${ended}`,
      description: error,
      user: triggeredBy ?? 'system',
      actionType: 'job_run',
      status: ended.toLowerCase(),
      severityLevel,
      durationSeconds: durationMs === null ? null : durationMs / 1_000,
      metadata: { job_id: jobId, run_id: runId },
    });
  },
  customEventReported({ type, subject, severity, message, data }: CustomEvent) {
    return activity({
      title: message,
      user: null,
      actionType: type,
      status: severity === 'ERROR' || severity === 'CRITICAL' ? 'failed' : 'completed',
      severityLevel: severity,
      metadata: { subject, data },
    });
  },
};

const interventions: Readonly<Record<InterventionAction, string>> = {
  PAUSE: 'Paused',
  RESUME: 'Resumed',
  RESET: 'Reset',
  OVERRIDE: 'Overridden',
};

const jobOutcomes: Readonly<Record<JobOutcome, readonly [ended: string, Severity]>> = {
  SUCCESS: ['Completed', 'INFO'],
  FAILED: ['Failed', 'ERROR'],
  ABORTED: ['Aborted', 'WARNING'],
};

type Derived = Partial<ActivityPayload> &
  Pick<ActivityPayload, 'title' | 'actionType' | 'status' | 'metadata'>;

function activity(derived: Derived): ActivityPayload {
  return { description: null, user: 'system', severityLevel: 'INFO', durationSeconds: null, ...derived };
}

/** Types of events that can be activities. */
export const activityTypes: readonly string[] = Object.keys(derivations);

/** The activity of an event; null if it is not an activity. */
export function activityOf(entry: Entry): Activity | null {
  const payload = derive(entry);
  if (payload === null) return null;
  const { seq, recordedAt, occurredAt, reportedBy = null } = entry;
  const { activityNumber = seq } = entry.payload as NumberedActivity;
  return { ...payload, id: datedId('act', recordedAt, activityNumber), seq, at: occurredAt, reportedBy };
}

export function isActivity(event: Pick<Entry, 'type' | 'payload'>): boolean {
  return derive(event) !== null;
}

function derive({ type, payload }: Pick<Entry, 'type' | 'payload'>): ActivityPayload | null {
  return derivations[type]?.(payload as never) ?? null;
}
