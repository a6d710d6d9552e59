import { builder } from '../../graph/builder.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import { Event, eventRef } from '../../graph/event.ts';
import { stream, throughTheDoor } from '../../graph/stream.ts';
import type { Entry } from '../../journal/topic.ts';
import {
  fileEvents,
  type FileEventPayload,
  type FileEventType,
  type FileValidation,
  type UploadProgress,
} from './events.ts';
import { progressPercent } from './upload.ts';
import { FileValidationType } from './validation.graph.ts';

const eventTypes = {
  UPLOAD_PROGRESSED: 'uploadProgressed',
  FILE_VALIDATED: 'fileValidated',
} as const satisfies Record<string, FileEventType>;

type EventTypeName = keyof typeof eventTypes;

const FileEventTypeEnum = describedEnum('FileEventType', 'What can happen to files.', {
  UPLOAD_PROGRESSED: 'More of a file has arrived.',
  FILE_VALIDATED: 'A file was looked at.',
});

const FileEvent = eventRef('FileEvent', fileEvents, { kind: 'FILE' });

function progressOf({ type, payload }: Entry<FileEventPayload>): UploadProgress | null {
  return type === 'uploadProgressed' ? (payload as UploadProgress) : null;
}

builder.objectType(FileEvent, {
  description:
    'Something that happened to a file. What was computed is stored with the event, so every reader is told the same. ' +
    'Null is what cannot be said, or what this type does not have.',
  interfaces: [Event],
  fields: (t) => ({
    type: t.field({
      type: FileEventTypeEnum,
      description: 'What happened.',
      resolve: ({ type }) => (type === 'fileValidated' ? 'FILE_VALIDATED' : 'UPLOAD_PROGRESSED'),
    }),
    uploadId: t.id({ description: 'The upload.', resolve: ({ payload }) => payload.uploadId }),
    filename: t.string({ description: 'The file’s name.', resolve: ({ payload }) => payload.filename }),
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

function typesOf(args: Readonly<Record<string, unknown>>): readonly string[] | null {
  const names = args['types'] as readonly EventTypeName[] | null | undefined;
  return names?.map((name) => eventTypes[name]) ?? null;
}

builder.subscriptionField('fileEvents', (t) =>
  t.field({
    type: FileEvent,
    requires: 'read',
    description: 'EVERY. What happens to files, after the cursor `after` or from now on.',
    args: {
      uploadId: t.arg.id({ description: 'Only of this upload; default all.' }),
      types: t.arg({ type: [FileEventTypeEnum], description: 'Only of these types; default all.' }),
      after: t.arg({
        type: 'Cursor',
        description: 'Go on behind this cursor; `earliest`: from the oldest event kept.',
      }),
    },
    extensions: stream({
      delivery: 'EVERY',
      topics: [fileEvents.name],
      types: typesOf,
      matches: (args) => {
        const types = typesOf(args);
        const uploadId = args['uploadId'] as string | null | undefined;
        return ({ type, key }) => (types === null || types.includes(type)) && (!uploadId || key === uploadId);
      },
    }),
    subscribe: throughTheDoor<FileEventPayload>,
    resolve: (entry) => entry,
  }),
);
