import { builder } from '../../graph/builder.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import type { FileValidation } from './events.ts';

export const FileValidationStatus = describedEnum(
  'FileValidationStatus',
  'How the validation of a file went.',
  {
    SUCCESS: 'The file can be used.',
    ERROR: 'It cannot, or it could not be looked at.',
  },
);

/** What a validator found. */
export const FileValidationType = builder.objectRef<FileValidation>('FileValidation').implement({
  description: 'What a validator found in a file. Null is what it did not say. Source: `fileValidated`.',
  fields: (t) => ({
    status: t.expose('status', { type: FileValidationStatus, description: 'How it went.' }),
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
