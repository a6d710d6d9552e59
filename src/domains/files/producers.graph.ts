import { builder } from '../../graph/builder.ts';
import { eventMember, refuse } from '../../graph/event-input.ts';
import { requireNotNegative, requireWhole } from '../../graph/reported-values.ts';
import type { Draft } from '../../journal/topic.ts';
import { fileEvents, type FileEventPayload, type FileValidation, type UploadProgress } from './events.ts';
import { FileValidationStatus } from './validation.graph.ts';

/** What those report who take files in. */

const nameBounds = { chars: [1, 256] } as const;
const textBounds = { chars: 4_096 } as const;

const idempotency = 'Idempotency key: a second event with it is accepted and not stored again.';
const when = 'When it happened. Default: now.';
const whichUpload = 'The upload, as its producer names it.';
const whichFile = 'The file’s name.';

const UploadProgressInput = builder.inputType('UploadProgressInput', {
  description: 'How much of a file has arrived.',
  fields: (t) => ({
    id: t.id({ description: idempotency }),
    at: t.field({ type: 'DateTime', description: `${when} Speeds are measured by it.` }),
    uploadId: t.id({ required: true, bounds: nameBounds, description: whichUpload }),
    filename: t.string({ required: true, bounds: { chars: [1, 1_024] }, description: whichFile }),
    bytesUploaded: t.float({ required: true, description: 'Whole bytes, 0 to totalBytes.' }),
    totalBytes: t.float({ required: true, description: 'Whole bytes, 1 or more.' }),
  }),
});

eventMember({
  name: 'uploadProgress',
  input: UploadProgressInput,
  description: 'How much of a file has arrived.',
  draft: (fields, common): Draft<FileEventPayload> => {
    const { uploadId, filename, bytesUploaded, totalBytes } = fields;
    requireWhole('totalBytes', totalBytes, 1);
    requireWhole('bytesUploaded', bytesUploaded);
    if (bytesUploaded > totalBytes) refuse('bytesUploaded', 'at most totalBytes');
    return {
      topic: fileEvents,
      key: uploadId,
      type: 'uploadProgressed',
      ...common,
      payload: {
        uploadId,
        filename,
        bytesUploaded,
        totalBytes,
        bytesPerSecond: null,
        remainingSeconds: null,
      } satisfies UploadProgress,
    };
  },
});

const FileValidatedInput = builder.inputType('FileValidatedInput', {
  description: 'What a validator found in a file. What is left out is unknown.',
  fields: (t) => ({
    id: t.id({ description: idempotency }),
    at: t.field({ type: 'DateTime', description: when }),
    uploadId: t.id({ required: true, bounds: nameBounds, description: whichUpload }),
    filename: t.string({ required: true, bounds: { chars: [1, 1_024] }, description: whichFile }),
    status: t.field({ type: FileValidationStatus, required: true, description: 'How it went.' }),
    filePath: t.string({ bounds: textBounds, description: 'Where the file lies.' }),
    rows: t.float({ description: 'Whole, not negative.' }),
    columns: t.float({ description: 'Whole, not negative.' }),
    fileSizeBytes: t.float({ description: 'Whole bytes, not negative.' }),
    targetColumn: t.string({
      bounds: { chars: 256 },
      description: 'The column that is to be predicted.',
    }),
    summary: t.string({ bounds: textBounds, description: 'What is in it.' }),
    validationTimeSeconds: t.float({ description: 'Seconds, not negative.' }),
    error: t.string({
      bounds: textBounds,
      description: 'What is wrong; only together with ERROR.',
    }),
  }),
});

eventMember({
  name: 'fileValidated',
  input: FileValidatedInput,
  description: 'What a validator found in a file.',
  draft: (fields, common): Draft<FileEventPayload> => {
    requireWhole('rows', fields.rows);
    requireWhole('columns', fields.columns);
    requireWhole('fileSizeBytes', fields.fileSizeBytes);
    requireNotNegative('validationTimeSeconds', fields.validationTimeSeconds);
    if (fields.status !== 'ERROR' && typeof fields.error === 'string')
      refuse('error', 'left out unless status is ERROR');
    return {
      topic: fileEvents,
      key: fields.uploadId,
      type: 'fileValidated',
      ...common,
      payload: {
        uploadId: fields.uploadId,
        filename: fields.filename,
        status: fields.status,
        filePath: fields.filePath ?? null,
        rows: fields.rows ?? null,
        columns: fields.columns ?? null,
        fileSizeBytes: fields.fileSizeBytes ?? null,
        targetColumn: fields.targetColumn ?? null,
        summary: fields.summary ?? null,
        validationTimeSeconds: fields.validationTimeSeconds ?? null,
        error: fields.error ?? null,
      } satisfies FileValidation,
    };
  },
});
