import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/db/database.ts';
import { retainedUploads } from '../../src/domains/files/store.ts';
import { silentLog } from '../../src/log/log.ts';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { graphqlClient } from '../_util/clients.ts';
import { removeBefore } from '../_util/remove-old.ts';
import { publishMutation, rejectionOf } from '../_util/publish.ts';

const quiet = { FEATURE_SYSTEM_MONITORING: 'false', FEATURE_DATABASE_MONITORING: 'false' };
const publish = publishMutation('cursor accepted { duplicate }');

function at(second: number): string {
  return new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
}

function progress(uploadId: string, second: number, uploadedBytes: number, more: object = {}): object {
  return {
    uploadProgress: {
      uploadId,
      filename: 'data.csv',
      occurredAt: at(second),
      uploadedBytes,
      totalBytes: 1_000,
      ...more,
    },
  };
}

async function report(app: TestApp, ...events: object[]): Promise<void> {
  const { errors } = await app.graphql(publish, { events });
  expect(errors).toBeUndefined();
}

async function upload(app: TestApp, id: string, fields: string): Promise<Record<string, unknown> | null> {
  const { data } = await app.graphql<{ upload: Record<string, unknown> | null }>(
    `query ($id: ID!) { upload(uploadId: $id) { ${fields} } }`,
    { id },
  );
  return data.upload;
}

type UploadEventData = [uploadedBytes: number, bytesPerSecond: number | null, remainingMs: number | null];

async function received(app: TestApp, uploadId: string, count: number): Promise<UploadEventData[]> {
  interface Event {
    fileEvents: { uploadedBytes: number; bytesPerSecond: number | null; remainingMs: number | null };
  }
  const seen: UploadEventData[] = [];
  const query = `subscription ($uploadId: ID) {
    fileEvents(uploadId: $uploadId, after: "earliest") { ... on UploadProgressed { uploadedBytes bytesPerSecond remainingMs } } }`;
  for await (const { data } of graphqlClient(app.wsUrl).iterate<Event>({ query, variables: { uploadId } })) {
    const event = data?.fileEvents;
    if (event === undefined) continue;
    if (seen.push([event.uploadedBytes, event.bytesPerSecond, event.remainingMs]) === count) break;
  }
  return seen;
}

let shared: TestApp;
beforeAll(async () => {
  shared = await startTestApp(quiet, { keep: true });
});
afterAll(() => shared.stop());

describe('an upload', () => {
  it('has a speed from one report to the next, within one batch and across batches', async () => {
    await report(
      shared,
      progress('measured', 0, 0),
      progress('other', 0, 10),
      progress('measured', 1, 100),
      progress('measured', 3, 500),
    );
    await report(shared, progress('measured', 4, 600), progress('other', 1, 30));
    await report(shared, progress('measured', 5, 1_000));
    expect(await received(shared, 'measured', 5)).toEqual([
      [0, null, null],
      [100, 100, 9_000],
      [500, 200, 2_500],
      [600, 100, 4_000],
      [1_000, 400, 0],
    ]);
    expect(await received(shared, 'other', 2)).toEqual([
      [10, null, null],
      [30, 20, 48_500],
    ]);
    const fields =
      'id: uploadId filename startedAt updatedAt uploadedBytes totalBytes progressPercent bytesPerSecond remainingMs';
    expect(await upload(shared, 'other', fields)).toEqual({
      id: 'other',
      filename: 'data.csv',
      startedAt: at(0),
      updatedAt: at(1),
      uploadedBytes: 30,
      totalBytes: 1_000,
      progressPercent: 3,
      bytesPerSecond: 20,
      remainingMs: 48_500,
    });
    expect(await upload(shared, 'none', 'uploadId')).toBeNull();
  });

  it('has the same values when two instances receive its reports in turn, and after a restart', async () => {
    const id = 'in turn';
    const two = await startTestApp(quiet, { database: shared.database, keep: true });
    for (let second = 0; second < 6; second++)
      await report(second % 2 === 0 ? shared : two, progress(id, second, second * second * 10));
    const expected: UploadEventData[] = [
      [0, null, null],
      [10, 10, 99_000],
      [40, 30, 32_000],
      [90, 50, 18_200],
      [160, 70, 12_000],
      [250, 90, Math.round((750 / 90) * 1e9) / 1e6],
    ];
    expect(await received(shared, id, 6)).toEqual(expected);
    expect(await received(two, id, 6)).toEqual(expected);
    await two.stop();
    const later = await startTestApp(quiet, { database: shared.database });
    expect(await received(later, id, 6)).toEqual(expected);
  });

  it('has correct speeds for separate reports that are stored in one transaction', async () => {
    const seconds = Array.from({ length: 30 }, (_, index) => index);
    await Promise.all(seconds.map((second) => report(shared, progress('concurrent', second, second * 10))));
    const events = await received(shared, 'concurrent', 30);
    // They may be stored in any order; where time went on, so did the upload, at its own speed.
    let newest = -1;
    for (const [bytes, bytesPerSecond] of events) {
      expect(bytesPerSecond).toBe(newest === -1 || bytes < newest ? null : 10);
      newest = Math.max(newest, bytes);
    }
  });

  it('ignores a report that was stored before', async () => {
    await report(
      shared,
      progress('repeated', 0, 0, { key: 'a' }),
      progress('repeated', 2, 200, { key: 'b' }),
    );
    await report(
      shared,
      progress('repeated', 0, 0, { key: 'a' }),
      progress('repeated', 2, 200, { key: 'b' }),
      progress('repeated', 4, 600),
    );
    expect(await received(shared, 'repeated', 3)).toEqual([
      [0, null, null],
      [200, 100, 8_000],
      [600, 200, 2_000],
    ]);
  });

  it('has an error only if its validation failed', async () => {
    await report(
      shared,
      progress('valid', 0, 1_000),
      {
        fileValidated: {
          uploadId: 'valid',
          filename: 'data.csv',
          occurredAt: at(1),
          status: 'SUCCESS',
          filePath: '/data/data.csv',
          rowCount: 5_000_000_000,
          columnCount: 12,
          fileSizeBytes: 2_516_582,
          targetColumn: 'price',
          summary: 'fine',
          validationTimeMs: 1500,
        },
      },
      {
        fileValidated: {
          uploadId: 'invalid',
          filename: 'x.csv',
          occurredAt: at(1),
          status: 'ERROR',
          error: 'no header',
        },
      },
    );
    const fields =
      'filename progressPercent validatedAt validation { status filePath rowCount columnCount fileSizeBytes targetColumn summary validationTimeMs error }';
    expect(await upload(shared, 'valid', fields)).toEqual({
      filename: 'data.csv',
      progressPercent: 100,
      validatedAt: at(1),
      validation: {
        status: 'SUCCESS',
        filePath: '/data/data.csv',
        rowCount: 5_000_000_000,
        columnCount: 12,
        fileSizeBytes: 2_516_582,
        targetColumn: 'price',
        summary: 'fine',
        validationTimeMs: 1500,
        error: null,
      },
    });
    expect(await upload(shared, 'invalid', fields)).toMatchObject({
      progressPercent: null,
      validation: { status: 'ERROR', error: 'no header', rowCount: null },
    });
    const query = `subscription { fileEvents(uploadId: "valid", types: [FILE_VALIDATED], after: "earliest") {
      __typename uploadId filename ... on FileValidated { validation { status } } } }`;
    const { value } = await graphqlClient(shared.wsUrl).iterate({ query }).next();
    expect(value).toEqual({
      data: {
        fileEvents: {
          __typename: 'FileValidated',
          uploadId: 'valid',
          filename: 'data.csv',
          validation: { status: 'SUCCESS' },
        },
      },
    });
  });
});

describe('uploads', () => {
  it.each([
    [{ search: 'STOCK' }, ['stock 2', 'stock 1']],
    [{ search: 'stock_' }, []],
    [{ validationStatuses: ['ERROR'] }, ['stock 2']],
    [{ validationStatuses: ['SUCCESS', 'ERROR'], search: '1' }, ['stock 1']],
    [{ search: 'stock', since: at(2) }, ['stock 2']],
    [{ search: 'stock', until: at(2) }, ['stock 1']],
  ])('selected by %j are those that match', async (filter, ids) => {
    const named = (n: number) => ({ uploadId: `stock ${n}`, filename: `Stock-${n}.csv`, occurredAt: at(n) });
    await report(
      shared,
      progress('stock 1', 1, 10, named(1)),
      { fileValidated: { ...named(1), status: 'SUCCESS' } },
      { fileValidated: { ...named(2), status: 'ERROR', error: 'empty' } },
    );
    const { data } = await shared.graphql<{ uploads: { totalCount: number; edges: { node: object }[] } }>(
      'query ($filter: UploadFilter) { uploads(filter: $filter) { totalCount edges { node { uploadId } } } }',
      { filter: { search: 'stock', ...filter } },
    );
    expect(data.uploads).toEqual({
      totalCount: ids.length,
      edges: ids.map((uploadId) => ({ node: { uploadId } })),
    });
  });

  it('are listed in pages, the last started first, until retention removes them', async () => {
    const app = await startTestApp(quiet);
    await report(app, ...Array.from({ length: 12 }, (_, index) => progress(`u${index}`, index, 1)));
    interface Page {
      uploads: { edges: { node: { id: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
    }
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data }: { data: Page } = await app.graphql<Page>(
        'query ($after: String) { uploads(first: 5, after: $after) { edges { node { id: uploadId } } pageInfo { hasNextPage endCursor } } }',
        { after },
      );
      seen.push(...data.uploads.edges.map(({ node }) => node.id));
      after = data.uploads.pageInfo.hasNextPage ? data.uploads.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(Array.from({ length: 12 }, (_, index) => `u${11 - index}`));
    const database = openDatabase({ connection: app.database, log: silentLog });
    expect(await removeBefore(database, retainedUploads, new Date(Date.now() + 60_000))).toBe(12);
    await database[Symbol.asyncDispose]();
    const { data } = await app.graphql('{ uploads { totalCount edges { cursor } } }');
    expect(data).toEqual({ uploads: { totalCount: 0, edges: [] } });
  });
});

describe('an invalid report of a file', () => {
  const validated = (more: object): object => ({
    fileValidated: { uploadId: 'u', filename: 'f', status: 'SUCCESS', ...more },
  });

  it.each([
    [progress('', 0, 1), 'uploadId'],
    [progress('u', 0, 1, { filename: '' }), 'filename'],
    [progress('u', 0, 1_001), 'uploadedBytes'],
    [progress('u', 0, -1), 'uploadedBytes'],
    [progress('u', 0, 0.5), 'uploadedBytes'],
    [progress('u', 0, 0, { totalBytes: 0 }), 'totalBytes'],
    [validated({ error: 'none' }), 'error'],
    [validated({ rowCount: -1 }), 'rowCount'],
    [validated({ columnCount: 1.5 }), 'columnCount'],
    [validated({ validationTimeMs: -100 }), 'validationTimeMs'],
  ])('with %j is rejected with its whole batch, and the error names the field', async (event, field) => {
    const answer = await shared.graphql(publish, { events: [progress('kept out', 0, 1), event] });
    expect(rejectionOf(answer)).toMatchObject({ code: 'BAD_USER_INPUT', index: 1, field });
    expect(await upload(shared, 'kept out', 'uploadId')).toBeNull();
  });
});
