import { builder } from '../../graph/builder.ts';
import { exposedFields, id, nullable, of, payloadFields, string } from '../../graph/exposed-fields.ts';
import { describedEnum, eventEnum } from '../../graph/event-enum.ts';
import { eventSubscription } from '../../graph/event-subscription.ts';
import { eventType } from '../../graph/event.ts';
import { keysetConnection } from '../../graph/keyset-connection.ts';
import { producerEvent } from '../../graph/producer-event.ts';
import { refuse, requireNotNegative, requireWhole } from '../../graph/reported-values.ts';
import type { Entry } from '../../journal/topic.ts';
import {
  fileEvents,
  type FileEventPayload,
  type FileEventType,
  type FileValidation,
  type UploadProgress,
  type ValidationStatus,
} from './events.ts';
import { uploadList, type UploadsTable } from './store.ts';
import { progressPercent } from './upload.ts';

const FileValidationStatus = describedEnum<ValidationStatus>(
  'FileValidationStatus',
  'How the validation of a file went.',
  { SUCCESS: 'The file can be used.', ERROR: 'It cannot, or it could not be looked at.' },
);

/** What a validator found. */
const FileValidationType = builder.objectRef<FileValidation>('FileValidation').implement({
  description: 'What a validator found in a file. Null is what it did not say. Source: `fileValidated`.',
  fields: (t) =>
    exposedFields(t, {
      status: of(FileValidationStatus, 'How it went.'),
      filePath: nullable.string('Where the file lies.'),
      rows: nullable.float('Rows of data, a whole number.'),
      columns: nullable.float('Columns, a whole number.'),
      fileSizeBytes: nullable.float('Bytes.'),
      targetColumn: nullable.string('The column that is to be predicted.'),
      summary: nullable.string('What is in it, in words.'),
      validationTimeSeconds: nullable.float('Seconds that it took.'),
      error: nullable.string('What is wrong, in words; null unless the status is ERROR.'),
    }),
});

const Upload = builder.objectRef<UploadsTable>('Upload').implement({
  description:
    'A file that is or was uploaded: the newest of what was reported. Figures of the upload are null when only its ' +
    'validation was reported. Source: the table uploads.',
  fields: (t) => ({
    ...exposedFields(t, {
      filename: string('The file’s name.'),
      validation: nullable.of(FileValidationType, 'What its validation said; null before it.'),
    }),
    id: t.exposeID('upload_id', { description: 'As its producer names it.' }),
    startedAt: t.expose('started_at', { type: 'DateTime', description: 'Time of the first report.' }),
    updatedAt: t.expose('updated_at', { type: 'DateTime', description: 'Time of the newest report.' }),
    bytesUploaded: t.float({
      nullable: true,
      description: 'Bytes that have arrived.',
      resolve: ({ progress }) => progress?.bytesUploaded,
    }),
    totalBytes: t.float({
      nullable: true,
      description: 'Bytes of the whole file.',
      resolve: ({ progress }) => progress?.totalBytes,
    }),
    progressPercent: t.float({
      nullable: true,
      description: 'Percent that has arrived, 0 to 100. Computed.',
      resolve: ({ progress }) => (progress === null ? null : progressPercent(progress)),
    }),
    bytesPerSecond: t.float({
      nullable: true,
      description: 'Bytes a second between the two newest reports; null where that cannot be said. Computed.',
      resolve: ({ progress }) => progress?.bytesPerSecond,
    }),
    remainingSeconds: t.float({
      nullable: true,
      description: 'Seconds that the rest takes at that speed; 0 when nothing is missing. Computed.',
      resolve: ({ progress }) => progress?.remainingSeconds,
    }),
    validatedAt: t.expose('validated_at', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was validated.',
    }),
  }),
});

keysetConnection('uploads', {
  name: 'Upload',
  type: Upload,
  list: uploadList,
  description:
    'Uploaded files, the one that began last first. Paged by keyset: a page deep inside costs what the first one ' +
    'costs. Source: the table uploads, kept RETENTION_DAYS after the last report.',
  page: 'A page of uploads.',
  edge: 'An upload and its place in the list.',
  totalCount: 'All uploads.',
  filter: () => null,
  one: {
    field: 'upload',
    description: 'One upload; null when it is not known (any more).',
    idDescription: 'The upload.',
  },
});

const FileEventTypeEnum = eventEnum<FileEventType>('FileEventType', 'What can happen to files.', {
  UPLOAD_PROGRESSED: ['uploadProgressed', 'More of a file has arrived.'],
  FILE_VALIDATED: ['fileValidated', 'A file was looked at.'],
});

function progressOf({ type, payload }: Entry<FileEventPayload>): UploadProgress | null {
  return type === 'uploadProgressed' ? (payload as UploadProgress) : null;
}

const FileEvent = eventType('FileEvent', fileEvents, {
  kind: 'FILE',
  description:
    'Something that happened to a file. What was computed is stored with the event, so every reader is told the same. ' +
    'Null is what cannot be said, or what this type does not have.',
  types: FileEventTypeEnum,
  fields: (t) => ({
    ...payloadFields(t, {
      uploadId: id('The upload.'),
      filename: string('The file’s name.'),
    }),
    bytesUploaded: t.float({
      nullable: true,
      description: 'Of progress: bytes that have arrived.',
      resolve: (entry) => progressOf(entry)?.bytesUploaded,
    }),
    totalBytes: t.float({
      nullable: true,
      description: 'Of progress: bytes of the whole file.',
      resolve: (entry) => progressOf(entry)?.totalBytes,
    }),
    progressPercent: t.float({
      nullable: true,
      description: 'Of progress: percent that has arrived, 0 to 100. Computed.',
      resolve: (entry) => {
        const progress = progressOf(entry);
        return progress === null ? null : progressPercent(progress);
      },
    }),
    bytesPerSecond: t.float({
      nullable: true,
      description:
        'Of progress: bytes a second since the newest report before; null when there was none, no time passed or less ' +
        'had arrived than before. Computed.',
      resolve: (entry) => progressOf(entry)?.bytesPerSecond,
    }),
    remainingSeconds: t.float({
      nullable: true,
      description:
        'Of progress: seconds that the rest takes at that speed; 0 when nothing is missing. Computed.',
      resolve: (entry) => progressOf(entry)?.remainingSeconds,
    }),
    validation: t.field({
      type: FileValidationType,
      nullable: true,
      description: 'Of a validation: what it found.',
      resolve: ({ type, payload }) => (type === 'fileValidated' ? (payload as FileValidation) : null),
    }),
  }),
});

eventSubscription('fileEvents', {
  type: FileEvent,
  topic: fileEvents,
  description: 'What happens to files',
  ofKey: ['uploadId', 'Only of this upload; default all.'],
  types: FileEventTypeEnum,
});

const nameBounds = { chars: [1, 256] } as const;
const textBounds = { chars: 4_096 } as const;
const whichUpload = 'The upload, as its producer names it.';
const whichFile = 'The file’s name.';

producerEvent('uploadProgress', {
  description: 'How much of a file has arrived.',
  notes: { at: 'Speeds are measured by it.' },
  topic: fileEvents,
  type: 'uploadProgressed',
  fields: (t) => ({
    uploadId: t.id({ required: true, bounds: nameBounds, description: whichUpload }),
    filename: t.string({ required: true, bounds: { chars: [1, 1_024] }, description: whichFile }),
    bytesUploaded: t.float({ required: true, description: 'Whole bytes, 0 to totalBytes.' }),
    totalBytes: t.float({ required: true, description: 'Whole bytes, 1 or more.' }),
  }),
  draft(fields) {
    requireWhole('totalBytes', fields.totalBytes, 1);
    requireWhole('bytesUploaded', fields.bytesUploaded);
    if (fields.bytesUploaded > fields.totalBytes) refuse('bytesUploaded', 'at most totalBytes');
    return { key: fields.uploadId, payload: { ...fields, bytesPerSecond: null, remainingSeconds: null } };
  },
});

producerEvent('fileValidated', {
  description: 'What a validator found in a file.',
  inputDescription: 'What a validator found in a file. What is left out is unknown.',
  topic: fileEvents,
  fields: (t) => ({
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
  draft(payload) {
    requireWhole('rows', payload.rows);
    requireWhole('columns', payload.columns);
    requireWhole('fileSizeBytes', payload.fileSizeBytes);
    requireNotNegative('validationTimeSeconds', payload.validationTimeSeconds);
    if (payload.status !== 'ERROR' && payload.error !== null)
      refuse('error', 'left out unless status is ERROR');
    return { key: payload.uploadId, payload };
  },
});
