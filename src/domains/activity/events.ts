import { every } from '../../journal/topic.ts';

export type ActivitySeverity = 'INFO' | 'WARNING' | 'ERROR' | 'CRITICAL';

/** Something that somebody or something did, as a producer reports it. */
export interface ActivityPayload {
  readonly title: string;
  readonly description: string | null;
  readonly user: string | null;
  /** A word such as `training`, `deployment`, `intervention`. */
  readonly actionType: string;
  /** A word such as `started`, `completed`, `failed`. */
  readonly status: string;
  readonly severityLevel: ActivitySeverity;
  /** How long it took. */
  readonly durationSeconds: number | null;
  /** Whatever else there is to know: a JSON object. */
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** The type is `activityReported`, the key the action type. */
export const activityEvents = every<ActivityPayload>('activity.events');
