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
  /** `act_YYYYMMDD_NNN`: the UTC day it was stored and its position in the log. */
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
const views: Readonly<Record<string, (entry: Entry<never>) => ActivityPayload | null>> = {
  activityReported: ({ payload }: Entry<ActivityPayload>) => payload,
  trainingProgressed: ({ payload }: Entry<TrainingProgress>) =>
    payload.first
      ? system({
          title: 'Model Training Started',
          description: payload.message,
          actionType: 'training_start',
          status: 'in_progress',
          metadata: { run_id: payload.runId, model_id: payload.modelId },
        })
      : null,
  trainingCompleted: ({ payload }: Entry<TrainingCompletion>) =>
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
  trainingFailed: ({ payload }: Entry<TrainingFailure>) =>
    system({
      title: 'Model Training Failed',
      description: payload.error,
      actionType: 'training_failed',
      status: 'failed',
      severityLevel: 'ERROR',
      metadata: { run_id: payload.runId, model_id: payload.modelId, error_code: payload.errorCode },
    }),
  modelDeployed: ({ payload }: Entry<ModelDeployment>) =>
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
  agentIntervened: ({ payload }: Entry<AgentIntervention>) =>
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
  jobFinished: ({ payload }: Entry<JobFinished>) =>
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
  const payload = views[entry.type]?.(entry as Entry<never>) ?? null;
  if (payload === null) return null;
  const { seq, recordedAt, occurredAt, reportedBy = null } = entry;
  return { ...payload, id: datedId('act', recordedAt, seq), seq, at: occurredAt, reportedBy };
}

/** Action types of what this server does itself. A producer may not report them. */
export const ownActionTypes: ReadonlySet<string> = new Set(['agent_intervention', 'job_run']);

/** The types of events that may be activities. */
export const activityTypes: readonly string[] = Object.keys(views);

type Told = Partial<ActivityPayload> & Pick<ActivityPayload, 'title' | 'actionType' | 'status' | 'metadata'>;

function system(told: Told): ActivityPayload {
  return { description: null, user: 'system', severityLevel: 'INFO', durationSeconds: null, ...told };
}
