import { resolveCursorConnection, type ResolveCursorConnectionArgs } from '@pothos/plugin-relay';
import { builder } from '../../graph/builder.ts';
import { parsePlace, placeText } from '../../graph/place.ts';
import { selects } from '../../graph/selects.ts';
import { countUploads, readUploadPage, readUploads, type UploadsTable } from './store.ts';
import { progressPercent } from './upload.ts';
import { FileValidationType } from './validation.graph.ts';

const Upload = builder.objectRef<UploadsTable>('Upload').implement({
  description:
    'A file that is or was uploaded: the newest of what was reported. Figures of the upload are null when only its ' +
    'validation was reported. Source: the table uploads.',
  fields: (t) => ({
    id: t.exposeID('upload_id', { description: 'As its producer names it.' }),
    filename: t.exposeString('filename', { description: 'The file’s name.' }),
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
    validation: t.expose('validation', {
      type: FileValidationType,
      nullable: true,
      description: 'What its validation said; null before it.',
    }),
    validatedAt: t.expose('validated_at', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was validated.',
    }),
  }),
});

const pageMax = 1_000;

builder.queryField('uploads', (t) =>
  t.connection(
    {
      type: Upload,
      requires: 'read',
      description:
        'Uploaded files, the one that began last first. Paged by keyset: a page deep inside costs what the first one ' +
        'costs. Source: the table uploads, kept RETENTION_DAYS after the last report.',
      resolve: async (_root, args, { db }, info) => {
        const page = await resolveCursorConnection(
          {
            args,
            defaultSize: 100,
            maxSize: pageMax,
            toCursor: (upload: UploadsTable) => placeText({ at: upload.started_at, id: upload.upload_id }),
          },
          async ({ before, after, limit, inverted }: ResolveCursorConnectionArgs) => [
            ...(await readUploadPage(db, {
              limit,
              newestFirst: !inverted,
              olderThan: parsePlace(after, 'after'),
              newerThan: parsePlace(before, 'before'),
            })),
          ],
        );
        return { ...page, totalCount: selects(info, 'totalCount') ? await countUploads(db) : 0 };
      },
    },
    {
      name: 'UploadConnection',
      description: 'A page of uploads.',
      fields: (c) => ({
        totalCount: c.int({
          description: 'All uploads. Counted only when asked for.',
          resolve: (connection) => connection.totalCount,
        }),
      }),
    },
    { name: 'UploadEdge', description: 'An upload and its place in the list.' },
  ),
);

builder.queryField('upload', (t) =>
  t.field({
    type: Upload,
    nullable: true,
    requires: 'read',
    description: 'One upload; null when it is not known (any more).',
    args: { id: t.arg.id({ required: true, description: 'The upload.' }) },
    resolve: async (_root, { id }, { db }) => (await readUploads(db, [id]))[0],
  }),
);
