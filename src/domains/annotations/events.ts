import { every } from '../../journal/topic.ts';

/** What an annotation is about; null: nothing in particular. */
export interface AnnotationSubject {
  readonly hostId: string | null;
  readonly metricName: string | null;
  readonly provider: string | null;
  readonly agentId: string | null;
  readonly modelId: string | null;
}

/** A text at an instant or in a range, for charts. */
export interface AnnotationRecord extends AnnotationSubject {
  readonly annotationId: string;
  readonly text: string;
  readonly tags: readonly string[];
  /** Unix milliseconds. */
  readonly startsAt: number;
  /** Unix milliseconds; null: the annotation is about an instant. */
  readonly endsAt: number | null;
  /** Unix milliseconds. */
  readonly createdAt: number;
  /** The subject of a credential. */
  readonly createdBy: string;
  /** Unix milliseconds. */
  readonly updatedAt: number;
  /** The subject of a credential. */
  readonly updatedBy: string;
}

export type AnnotationEventType = 'annotationCreated' | 'annotationUpdated' | 'annotationDeleted';

/**
 * The annotation after the event, or before its deletion. Keyed by annotation id. Drafts of producers have an empty id
 * and key until they are stored: the id of the event becomes that of the annotation.
 */
export const annotationEvents = every<AnnotationRecord>('annotations.events');
