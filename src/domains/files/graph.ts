import { builder } from '../../graph/builder.ts';
import {
  dateTime,
  exposedFields,
  id,
  named,
  nullable,
  of,
  payloadFields,
  safeInt,
  string,
} from '../../graph/exposed-fields.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import { eventConnection, eventsLink } from '../../graph/event-links.ts';
import { eventSubscription } from '../../graph/event-subscription.ts';
import { eventVariants } from '../../graph/event.ts';
import { keysetConnection, searchedRarely } from '../../graph/keyset-connection.ts';
import { producerEvent, type InputFieldBuilder } from '../../graph/producer-event.ts';
import { rejectField, requireNotNegative, requireWhole } from '../../graph/reported-values.ts';
import { linkField } from '../../graph/links.ts';
import { fromList, nodeType } from '../../graph/node.ts';
import { timeRangeFields } from '../../graph/time-range-fields.ts';
import { msOf, secondsOf } from '../../lib/seconds.ts';
import { fileEvents, type FileEventPayloads, type FileValidation, type ValidationStatus } from './events.ts';
import { uploadList, type UploadsTable } from './store.ts';
import { progressPercent } from './upload.ts';

const FileValidationStatus = describedEnum<ValidationStatus>(
  'FileValidationStatus',
  'The result of validating a file.',
  { SUCCESS: 'The file is usable.', ERROR: 'The file is not usable, or it could not be validated.' },
);

const FileValidationType = builder.objectRef<FileValidation>('FileValidation').implement({
  description:
    'The validation of a file. A field is null if the producer did not report its value. Source: the producer event ' +
    '`fileValidated`.',
  fields: (t) => ({
    ...exposedFields(t, {
      status: of(FileValidationStatus, 'Whether the file is usable.'),
      filePath: nullable.string('Path of the file on the system that validated it.'),
      rows: named('rowCount', nullable.safeInt('Number of data rows.')),
      columns: named('columnCount', nullable.safeInt('Number of columns.')),
      fileSizeBytes: nullable.safeInt('Size of the validated file.'),
      targetColumn: nullable.string('Name of the column to predict.'),
      summary: nullable.string('Summary of the content, for people.'),
      error: nullable.string('Why the file is not usable. Null unless the status is ERROR.'),
    }),
    validationTimeMs: t.float({
      nullable: true,
      description: 'Duration of the validation, in milliseconds.',
      resolve: ({ validationTimeSeconds }) => msOf(validationTimeSeconds),
    }),
  }),
});

type UploadNode = ReturnType<typeof toUpload>;

function toUpload({ progress, ...row }: UploadsTable) {
  return {
    uploadId: row.upload_id,
    filename: row.filename,
    startedAt: row.started_at,
    updatedAt: row.updated_at,
    uploadedBytes: progress?.bytesUploaded ?? null,
    totalBytes: progress?.totalBytes ?? null,
    progressPercent: progress && progressPercent(progress),
    bytesPerSecond: progress?.bytesPerSecond ?? null,
    remainingMs: msOf(progress?.remainingSeconds ?? null),
    validation: row.validation,
    validatedAt: row.validated_at,
  };
}

const filenameText = 'Name of the uploaded file.';
const speedText =
  'Speed between the last two progress reports, in bytes per second. Null after the first report, if no time passed between them, or if the ' +
  'upload restarted. Computed by the server.';
const remainingText =
  'Milliseconds until the upload completes at that speed; 0 if no bytes are missing. Null if the speed is null or 0.';

const Upload = nodeType<UploadNode>('Upload', {
  description:
    'An uploaded file, in the state of its newest reports. The fields about progress are null if only its validation was ' +
    'reported. Source: the producer events `uploadProgress` and `fileValidated`, stored in the table uploads.',
  key: ({ uploadId }) => uploadId,
  load: fromList(uploadList, toUpload),
  fields: (t) =>
    exposedFields(t, {
      uploadId: id('Identifier of the upload, chosen by its producer.'),
      filename: string(filenameText),
      startedAt: dateTime('Time of the first report.'),
      updatedAt: dateTime('Time of the newest report.'),
      uploadedBytes: nullable.safeInt('Number of bytes received so far.'),
      totalBytes: nullable.safeInt('Size of the file in bytes.'),
      progressPercent: nullable.float('Received part of the file, 0 to 100. Computed by the server.'),
      bytesPerSecond: nullable.float(speedText),
      remainingMs: nullable.float(remainingText),
      validation: nullable.of(FileValidationType, 'Newest validation. Null if none was reported.'),
      validatedAt: nullable.dateTime('Time of the newest validation. Null if none was reported.'),
    }),
});

const UploadFilterInput = builder.inputType('UploadFilter', {
  description: 'Selects uploads that match all given conditions.',
  fields: (t) => ({
    validationStatuses: t.field({
      type: [FileValidationStatus],
      description: 'Only uploads whose newest validation had one of these results.',
    }),
    search: t.string({
      bounds: { chars: [1, 256] },
      description: 'A part of the name of the file, in upper or lower case.',
    }),
    ...timeRangeFields(t, 'uploads that were first reported'),
  }),
});

keysetConnection('uploads', {
  name: 'Upload',
  type: Upload,
  node: toUpload,
  list: uploadList,
  description:
    'Returns uploads, the most recently started first. Source: the table uploads, which retains an upload for RETENTION_DAYS ' +
    `after its last report. ${searchedRarely('`validationStatuses` or `search`')}`,
  followedBy: 'fileEvents',
  page: 'A page of uploads.',
  edge: 'An upload and its cursor.',
  totalCount: 'Number of retained uploads that match the filter.',
  filterInput: UploadFilterInput,
  orders: {
    STARTED_AT: 'When the upload was first reported.',
    UPDATED_AT: 'When the upload was last reported.',
  },
  one: {
    field: 'upload',
    description: 'Returns an upload, or null if it is unknown or no longer retained.',
    key: 'uploadId',
    keyDescription: 'Identifier of the upload, chosen by its producer.',
  },
});

const fileEvent = eventVariants<FileEventPayloads>('FileEvent', fileEvents, {
  kind: 'FILE',
  description:
    'An event of an uploaded file. Computed values are stored with the event. Source: the producer events ' +
    '`uploadProgress` and `fileValidated`.',
  typesDescription: 'What producers report about uploaded files.',
  fields: (t) => ({
    ...payloadFields(t, {
      uploadId: id('Identifier of the upload, chosen by its producer.'),
      filename: string(filenameText),
    }),
    upload: linkField(t, {
      to: Upload,
      description: 'The present state of the upload. Null if it is no longer retained.',
      key: ({ payload }) => payload.uploadId,
    }),
  }),
  variants: (of) => ({
    UPLOAD_PROGRESSED: of(
      'uploadProgressed',
      'UploadProgressed',
      'More bytes of the file were received.',
      (t) => ({
        ...payloadFields(t, {
          totalBytes: safeInt('Size of the file in bytes.'),
          bytesPerSecond: nullable.float(speedText),
        }),
        uploadedBytes: t.field({
          type: 'SafeInt',
          description: 'Number of bytes received so far.',
          resolve: ({ payload }) => payload.bytesUploaded,
        }),
        remainingMs: t.float({
          nullable: true,
          description: remainingText,
          resolve: ({ payload }) => msOf(payload.remainingSeconds),
        }),
        progressPercent: t.float({
          description: 'Received part of the file, 0 to 100. Computed by the server.',
          resolve: ({ payload }) => progressPercent(payload),
        }),
      }),
    ),
    FILE_VALIDATED: of('fileValidated', 'FileValidated', 'The file was checked by a validator.', (t) => ({
      validation: t.expose('payload', { type: FileValidationType, description: 'The reported validation.' }),
    })),
  }),
});

eventSubscription('fileEvents', {
  ...fileEvent,
  description: 'Events of uploaded files',
  ofKey: ['uploadId', 'Sends only events of this upload. Default: all uploads.'],
});

eventsLink(Upload, eventConnection('FileEvent', { ...fileEvent, followedBy: 'fileEvents' }), {
  description: 'The events of the upload',
  of: ({ uploadId }) => ({ key: uploadId }),
});

const nameBounds = { chars: [1, 256] } as const;
const textBounds = { chars: 4_096 } as const;

const uploadFields = (t: InputFieldBuilder) => ({
  uploadId: t.id({
    required: true,
    bounds: nameBounds,
    description: 'Identifier of the upload, chosen by the producer.',
  }),
  filename: t.string({ required: true, bounds: { chars: [1, 1_024] }, description: filenameText }),
});

producerEvent('uploadProgress', {
  description: 'How many bytes of a file have been received.',
  instant: { note: 'The server computes the speed of the upload from it.' },
  topic: fileEvents,
  type: 'uploadProgressed',
  fields: (t) => ({
    ...uploadFields(t),
    uploadedBytes: t.field({
      type: 'SafeInt',
      required: true,
      description: 'Bytes received so far, 0 to `totalBytes`.',
    }),
    totalBytes: t.field({
      type: 'SafeInt',
      required: true,
      description: 'Size of the file in bytes, at least 1.',
    }),
  }),
  draft({ uploadedBytes: bytesUploaded, ...fields }) {
    requireWhole('totalBytes', fields.totalBytes, 1);
    requireWhole('uploadedBytes', bytesUploaded);
    if (bytesUploaded > fields.totalBytes) rejectField('uploadedBytes', 'at most totalBytes');
    return {
      key: fields.uploadId,
      payload: { ...fields, bytesUploaded, bytesPerSecond: null, remainingSeconds: null },
    };
  },
});

producerEvent('fileValidated', {
  description: 'The validation of an uploaded file.',
  topic: fileEvents,
  fields: (t) => ({
    ...uploadFields(t),
    status: t.field({
      type: FileValidationStatus,
      required: true,
      description: 'Whether the file is usable.',
    }),
    filePath: t.string({
      bounds: textBounds,
      description: 'Path of the file on the system that validated it.',
    }),
    rowCount: t.field({ type: 'SafeInt', description: 'Number of data rows, not negative.' }),
    columnCount: t.field({ type: 'SafeInt', description: 'Number of columns, not negative.' }),
    fileSizeBytes: t.field({ type: 'SafeInt', description: 'Size of the validated file, not negative.' }),
    targetColumn: t.string({ bounds: { chars: 256 }, description: 'Name of the column to predict.' }),
    summary: t.string({ bounds: textBounds, description: 'Summary of the content, for people.' }),
    validationTimeMs: t.float({ description: 'Duration of the validation in milliseconds, not negative.' }),
    error: t.string({
      bounds: textBounds,
      description: 'Why the file is not usable. Allowed only if the status is ERROR.',
    }),
  }),
  draft({ validationTimeMs, rowCount: rows, columnCount: columns, ...fields }) {
    const payload = { ...fields, rows, columns, validationTimeSeconds: secondsOf(validationTimeMs) };
    requireWhole('rowCount', rows);
    requireWhole('columnCount', columns);
    requireWhole('fileSizeBytes', payload.fileSizeBytes);
    requireNotNegative('validationTimeMs', validationTimeMs);
    if (payload.status !== 'ERROR' && payload.error !== null)
      rejectField('error', 'omitted unless status is ERROR');
    return { key: payload.uploadId, payload };
  },
});
