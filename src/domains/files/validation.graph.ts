import { builder } from '../../graph/builder.ts';
import type { FileValidation } from './events.ts';

export const FileValidationStatus = builder.enumType('FileValidationStatus', {
  description: 'How the validation of a file went.',
  values: {
    SUCCESS: { description: 'The file can be used.' },
    ERROR: { description: 'It cannot, or it could not be looked at.' },
  } as const,
});

/** What a validator found. */
export const FileValidationType = builder.objectRef<FileValidation>('FileValidation').implement({
  description: 'What a validator found in a file. Null is what it did not say. Source: `fileValidated`.',
  fields: (t) => ({
    status: t.field({
      type: FileValidationStatus,
      description: 'How it went.',
      resolve: ({ status }) => status,
    }),
    filePath: t.exposeString('filePath', { nullable: true, description: 'Where the file lies.' }),
    rows: t.exposeFloat('rows', { nullable: true, description: 'Rows of data, a whole number.' }),
    columns: t.exposeFloat('columns', { nullable: true, description: 'Columns, a whole number.' }),
    fileSizeBytes: t.exposeFloat('fileSizeBytes', { nullable: true, description: 'Bytes.' }),
    targetColumn: t.exposeString('targetColumn', {
      nullable: true,
      description: 'The column that is to be predicted.',
    }),
    summary: t.exposeString('summary', { nullable: true, description: 'What is in it, in words.' }),
    validationTimeSeconds: t.exposeFloat('validationTimeSeconds', {
      nullable: true,
      description: 'Seconds that it took.',
    }),
    error: t.exposeString('error', {
      nullable: true,
      description: 'What is wrong, in words; null unless the status is ERROR.',
    }),
  }),
});
