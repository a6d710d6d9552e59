import type { AnnotationSubject } from './events.ts';

/** What annotations, their inputs and their filter have in common. */

export const described = {
  text: 'Text for people, 1 to 4,096 characters.',
  tags: 'Words by which annotations are selected, such as `deploy`.',
  hostId: 'The host that the annotation is about.',
  metricName: 'The metric that the annotation is about, by its name.',
  providerName: 'The provider that the annotation is about, by its name.',
  agentId: 'The agent that the annotation is about.',
  modelId: 'The model that the annotation is about.',
} as const;

export const textBounds = { chars: [1, 4_096] } as const;
export const tagsBounds = { items: [0, 20], chars: [1, 64] } as const;
export const subjectBounds = { chars: [1, 256] } as const;
export const endRule = 'at or after the start';

export function isValidEnd(startsAt: number, endsAt: number | null): boolean {
  return endsAt === null || endsAt >= startsAt;
}

/** As clients give it. */
interface SubjectInput extends Omit<AnnotationSubject, 'provider'> {
  readonly providerName: string | null;
}

/** The members of the subject, null for those that are not given. */
export function subjectOf(given: {
  readonly [Name in keyof SubjectInput]?: string | null | undefined;
}): AnnotationSubject {
  const { hostId = null, metricName = null, providerName = null, agentId = null, modelId = null } = given;
  return { hostId, metricName, provider: providerName, agentId, modelId };
}

/** Each tag once. */
export function distinctTags(tags: readonly string[] | null | undefined): readonly string[] {
  return [...new Set(tags)];
}
