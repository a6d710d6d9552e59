import { datedId } from '../../lib/dated-id.ts';
import type { Entry, Topic } from '../../journal/topic.ts';
import { agentEvents, type AgentIntervention, type InterventionAction } from '../agents/events.ts';
import { jobEvents, type JobFinished, type JobOutcome } from '../jobs/events.ts';
import { modelEvents, type ModelDeployment } from '../models/events.ts';
import {
  trainingEvents,
  type TrainingCompletion,
  type TrainingFailure,
  type TrainingProgress,
} from '../training/events.ts';
import { activityEvents, type ActivityPayload } from './events.ts';

/** Something that was done, whoever told of it. */
export interface Activity extends ActivityPayload {
  /** `act_YYYYMMDD_NNN`: the UTC day it was stored and its number. */
  readonly id: string;
  readonly seq: number;
  /** Unix milliseconds. */
  readonly at: number;
  /** As `Entry.reportedBy` of the event that it follows from. */
  readonly reportedBy: string | null;
}

/** The topics in which activities are found. */
export const activityTopics: readonly Topic<unknown, 'EVERY'>[] = [
  activityEvents,
  trainingEvents,
  modelEvents,
  agentEvents,
  jobEvents,
];

/** What an event of each type says was done; null: nothing that anybody did. */
const views: Readonly<Record<string, (event: { readonly payload: never }) => ActivityPayload | null>> = {
  activityReported: ({
    payload: { activityNumber: _number, ...payload },
  }: {
    readonly payload: ActivityPayload & NumberedActivity;
  }) => payload,
  trainingProgressed: ({ payload }: { readonly payload: TrainingProgress }) =>
    payload.first
      ? system({
          title: 'Model Training Started',
          description: payload.message,
          actionType: 'training_start',
          status: 'in_progress',
          metadata: { run_id: payload.runId, model_id: payload.modelId },
        })
      : null,
  trainingCompleted: ({ payload }: { readonly payload: TrainingCompletion }) =>
    system({
      title: 'Model Training Completed',
      description: payload.message,
      actionType: 'training_complete',
      status: 'completed',
      durationSeconds: payload.trainingTimeSeconds,
      metadata: {
        run_id: payload.runId,
        model_id: payload.modelId,
        final_accuracy: payload.finalAccuracy,
      },
    }),
  trainingFailed: ({ payload }: { readonly payload: TrainingFailure }) =>
    system({
      title: 'Model Training Failed',
      description: payload.error,
      actionType: 'training_failed',
      status: 'failed',
      severityLevel: 'ERROR',
      metadata: { run_id: payload.runId, model_id: payload.modelId, error_code: payload.errorCode },
    }),
  modelDeployed: ({ payload }: { readonly payload: ModelDeployment }) =>
    system({
      title: 'Model Deployed',
      description: `${payload.modelName} ${payload.modelVersion} was put in service`,
      actionType: 'model_deployment',
      status: 'completed',
      metadata: {
        model_id: payload.modelId,
        model_name: payload.modelName,
        model_version: payload.modelVersion,
      },
    }),
  agentIntervened: ({ payload }: { readonly payload: AgentIntervention }) =>
    system({
      title: `Agent ${interventions[payload.action]}`,
      description: payload.reason,
      user: payload.actorId,
      actionType: 'agent_intervention',
      status: 'completed',
      metadata: {
        intervention_id: payload.interventionId,
        agent_id: payload.agentId,
        action: payload.action.toLowerCase(),
      },
    }),
  jobFinished: ({ payload }: { readonly payload: JobFinished }) =>
    payload.notable
      ? system({
          title: `${payload.jobName} ${jobEnds[payload.outcome].word}`,
          description: payload.error,
          user: payload.triggeredBy ?? 'system',
          actionType: 'job_run',
          status: jobEnds[payload.outcome].word.toLowerCase(),
          severityLevel: jobEnds[payload.outcome].severityLevel,
          durationSeconds: payload.durationMs === null ? null : payload.durationMs / 1_000,
          metadata: { job_id: payload.jobId, run_id: payload.runId },
        })
      : null,
};

const jobEnds: Readonly<
  Record<JobOutcome, { readonly word: string } & Pick<ActivityPayload, 'severityLevel'>>
> = {
  SUCCESS: { word: 'Completed', severityLevel: 'INFO' },
  FAILED: { word: 'Failed', severityLevel: 'ERROR' },
  ABORTED: { word: 'Aborted', severityLevel: 'WARNING' },
};

const interventions: Readonly<Record<InterventionAction, string>> = {
  PAUSE: 'Paused',
  RESUME: 'Resumed',
  RESET: 'Reset',
  OVERRIDE: 'Overridden',
};

/** The activity that an event is, or null. */
export function activityOf(entry: Entry): Activity | null {
  const payload = viewOf(entry);
  if (payload === null) return null;
  const { seq, recordedAt, occurredAt, reportedBy = null } = entry;
  const { activityNumber = seq } = entry.payload as NumberedActivity;
  return { ...payload, id: datedId('act', recordedAt, activityNumber), seq, at: occurredAt, reportedBy };
}

/** The payload of an event that is an activity. Absent in events that were stored before activities were counted. */
export interface NumberedActivity {
  readonly activityNumber?: number;
}

export function isActivity(event: Pick<Entry, 'type' | 'payload'>): boolean {
  return viewOf(event) !== null;
}

function viewOf(event: Pick<Entry, 'type' | 'payload'>): ActivityPayload | null {
  return views[event.type]?.({ payload: event.payload as never }) ?? null;
}

/** Action types of what this server does itself. A producer may not report them. */
export const ownActionTypes: ReadonlySet<string> = new Set(['agent_intervention', 'job_run']);

/** The types of events that may be activities. */
export const activityTypes: readonly string[] = Object.keys(views);

type Told = Partial<ActivityPayload> & Pick<ActivityPayload, 'title' | 'actionType' | 'status' | 'metadata'>;

function system(told: Told): ActivityPayload {
  return { description: null, user: 'system', severityLevel: 'INFO', durationSeconds: null, ...told };
}
