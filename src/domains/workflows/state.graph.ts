import { builder } from '../../graph/builder.ts';

/** The words for how a workflow stands. */

export const WorkflowStatusType = builder.enumType('WorkflowStatus', {
  description: 'Whether a workflow runs, and how it ended.',
  values: {
    PENDING: { description: 'It has not begun.' },
    IN_PROGRESS: { description: 'It runs.' },
    COMPLETED: { description: 'It ended well.' },
    FAILED: { description: 'It ended badly.' },
    CANCELLED: { description: 'Somebody ended it.' },
  } as const,
});

export const WorkflowStageType = builder.enumType('WorkflowStage', {
  description: 'What a workflow is at, in the usual order.',
  values: {
    REQUIREMENTS_ANALYSIS: { description: 'What is wanted is found out.' },
    ARCHITECTURE_DESIGN: { description: 'How it shall be built is decided.' },
    COMPONENT_GENERATION: { description: 'Its parts are made.' },
    VALIDATION: { description: 'What was made is checked.' },
    REVIEW: { description: 'People look at it.' },
  } as const,
});

/** What every field about a workflow says of itself, wherever it stands. */
export const told = {
  workflowId: 'The workflow, as its producer names it.',
  status: 'Whether it runs, and how it ended.',
  stage: 'What it is at.',
  progress: 'Percent that is done, whole, 0 to 100.',
  message: 'In words; null when nothing was said.',
  estimatedCompletion: 'When it should be done; null when nobody knows.',
  ownerUserId: 'The subject of a credential whose workflow it is; null: nobody’s in particular.',
} as const;
