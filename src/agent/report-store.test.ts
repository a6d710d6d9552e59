import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { silentLog, type Log } from '../log/log.ts';
import { ReportBuffer, type BufferBounds } from './report-buffer.ts';
import { ReportStore, storeProblem } from './report-store.ts';

const all = { bytesMax: 1_000_000, reportsMax: 1_000_000 };

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'report-store-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

interface Opening extends Partial<BufferBounds> {
  readonly segmentBytes?: number;
  readonly log?: Log;
}

/** A buffer on the disk, as a starting agent opens it. */
async function open(directory: string, { log = silentLog, segmentBytes = 64, ...bounds }: Opening = {}) {
  const bytesMax = bounds.bytesMax ?? 10_000;
  const { store, reports, lost } = await ReportStore.open({ directory, log, bytesMax, segmentBytes });
  onTestFinished(() => store[Symbol.asyncDispose]());
  const buffer = new ReportBuffer({ ...bounds, bytesMax }, store, reports);
  return { store, buffer, lost, texts: () => buffer.batch(all).reports };
}

/** Ends as a killed process ends: nothing is written any more, and the kernel releases the lock. */
async function kill({ store }: { readonly store: ReportStore }, directory: string): Promise<void> {
  const before = filesOf(directory).map((name) => [name, readFileSync(join(directory, name))] as const);
  await store[Symbol.asyncDispose]();
  for (const [name, content] of before) writeFileSync(join(directory, name), content);
}

const filesOf = (directory: string): string[] => readdirSync(directory).filter((name) => name !== 'lock');

test('a killed agent finds all reports that wait, in order, and those that were sent in the same file', async () => {
  const directory = folder();
  const first = await open(directory);
  const texts = Array.from({ length: 20 }, (_, n) => `report ${n} é`);
  for (const text of texts) first.buffer.add(text);
  first.buffer.batch({ ...all, reportsMax: 10 }).sent();
  await kill(first, directory);
  const second = await open(directory);
  const found = second.texts();
  expect(found).toEqual(texts.slice(-found.length));
  expect(found.length).toBeGreaterThanOrEqual(10);
  expect(found.length).toBeLessThanOrEqual(12);
  second.buffer.add('new');
  expect(second.texts()).toEqual([...found, 'new']);
});

test('sent reports leave no files', async () => {
  const directory = folder();
  const { store, buffer } = await open(directory);
  for (let n = 0; n < 20; n++) buffer.add(`report ${n}`);
  expect(filesOf(directory).length).toBeGreaterThan(3);
  buffer.batch(all).sent();
  expect(filesOf(directory).length).toBe(1);
  await store[Symbol.asyncDispose]();
  expect(filesOf(directory)).toEqual([]);
});

test('a line that was cut or damaged is skipped, and the others are read', async () => {
  const directory = folder();
  const first = await open(directory, { segmentBytes: 100_000 });
  for (const text of ['a', 'b', 'c']) first.buffer.add(text);
  await kill(first, directory);
  const [name = ''] = filesOf(directory);
  const path = join(directory, name);
  truncateSync(path, readFileSync(path).length - 2); // within the line of `c`
  appendFileSync(path, '\n00000000 1 not its checksum\n\u0000\u0000\u0000');
  const second = await open(directory);
  expect(second.texts()).toEqual(['a', 'b']);
  expect(second.lost).toBe(3);
});

test('reports that are too old or have no room are dropped, and their files deleted', async () => {
  const directory = folder();
  const first = await open(directory);
  const hourMs = 3_600_000;
  first.buffer.add('old', Date.now() - 2 * hourMs);
  for (let n = 0; n < 100; n++) first.buffer.add(`report ${String(n).padStart(3, '0')}`);
  await kill(first, directory);
  const second = await open(directory, { ageMaxMs: hourMs });
  expect([second.texts().length, second.texts()[0], second.buffer.dropped]).toEqual([100, 'report 000', 1]);
  await kill(second, directory);
  const third = await open(directory, { bytesMax: 100 });
  expect(third.texts()).toEqual(Array.from({ length: 10 }, (_, n) => `report 0${90 + n}`));
  expect(filesOf(directory).length).toBeLessThanOrEqual(10);
});

test('a directory is used by one agent at a time', async () => {
  const directory = folder();
  const { store } = await open(directory);
  const error: unknown = await open(directory).catch((reason: unknown) => reason);
  expect(storeProblem(error)).toMatch(/^another agent uses it/);
  await store[Symbol.asyncDispose]();
  await open(directory);
});

test('a directory that cannot be written is rejected', async () => {
  const file = join(folder(), 'file');
  writeFileSync(file, '');
  await expect(open(join(file, 'below'))).rejects.toThrow(/ENOTDIR|EEXIST/);
});

test('reports stay in memory when they cannot be written, which is logged once', async () => {
  const directory = folder();
  const warnings: string[] = [];
  const log: Log = { ...silentLog, warn: (_fields: object, msg: string) => void warnings.push(msg) };
  const { buffer, texts } = await open(directory, { log, segmentBytes: 1 });
  buffer.add('a');
  rmSync(directory, { recursive: true });
  for (const text of ['b', 'c']) buffer.add(text);
  expect(texts()).toEqual(['a', 'b', 'c']);
  buffer.batch(all).sent();
  expect(buffer.length).toBe(0);
  expect(warnings).toEqual(['samples cannot be written to disk; they are kept in memory only']);
});
