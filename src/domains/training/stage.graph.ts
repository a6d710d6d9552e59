import { builder } from '../../graph/builder.ts';

export const TrainingStageType = builder.enumType('TrainingStage', {
  description: 'The stages of a training run.',
  values: {
    DATA_PREPARATION: { description: 'Data is gathered and cleaned.' },
    FEATURE_ENGINEERING: { description: 'Features are made of it.' },
    MODEL_TRAINING: { description: 'The model learns.' },
    VALIDATION: { description: 'It is measured.' },
    FINALIZATION: { description: 'It is stored.' },
  } as const,
});
