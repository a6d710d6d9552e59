import type { Severity } from '../../graph/severity.ts';
import { every } from '../../journal/topic.ts';

/** An action of a person or a program. */
export interface ActivityPayload {
  readonly title: string;
  readonly description: string | null;
  readonly user: string | null;
  /** A name such as `training`, `deployment`, `intervention`. */
  readonly actionType: string;
  /** A name such as `started`, `completed`, `failed`. */
  readonly status: string;
  readonly severityLevel: Severity;
  readonly durationSeconds: number | null;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** The type is `activityReported`, the key the action type. */
export const activityEvents = every<ActivityPayload>('activity.events');
