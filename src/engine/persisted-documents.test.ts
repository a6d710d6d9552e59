import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { PersistedDocuments } from './persisted-documents.ts';

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A text that takes about 1 KiB of the store. */
const text = (name: string): string => `{ ${name} }`.padEnd(256, ' ');

function stored(documents: PersistedDocuments, owner: string | null, ...names: string[]): void {
  for (const name of names) documents.add(hashOf(text(name)), text(name), owner);
}

const found = (documents: PersistedDocuments, ...names: string[]): string[] =>
  names.filter((name) => documents.find(hashOf(text(name))) !== null);

const names = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`);

describe('persisted documents', () => {
  test('are found by their hash', () => {
    const documents = new PersistedDocuments(8_192);
    expect(documents.find(hashOf(text('a')))).toBeNull();
    stored(documents, 'ann', 'a');
    expect(documents.find(hashOf(text('a')))).toBe(text('a'));
  });

  test('match the SHA-256 of their text only', () => {
    const documents = new PersistedDocuments(8_192);
    for (const known of [false, true]) {
      if (known) stored(documents, null, 'a');
      expect(documents.matches(hashOf(text('a')), text('a'))).toBe(true);
      expect(documents.matches(hashOf(text('a')), text('b'))).toBe(false);
      expect(documents.matches(hashOf(text('b')), text('a'))).toBe(false);
    }
  });

  test('stay within the bytes of the store, and the least recently used ones are dropped', () => {
    const documents = new PersistedDocuments(8_192);
    stored(documents, null, ...names('a', 8));
    expect(found(documents, 'a0')).toEqual(['a0']); // used now
    stored(documents, null, ...names('b', 4));
    expect(documents.bytes).toBeLessThanOrEqual(8_192);
    expect(found(documents, ...names('a', 8))).toEqual(['a0', 'a5', 'a6', 'a7']);
  });

  test('of one client are dropped before those of others, however many it stores', () => {
    const documents = new PersistedDocuments(64 * 1024);
    stored(documents, 'ann', ...names('a', 8));
    stored(documents, 'mallory', ...names('m', 1_000));
    expect(found(documents, ...names('a', 8))).toEqual(names('a', 8));
    expect(found(documents, ...names('m', 1_000))).toHaveLength(8);
  });

  test('of one client are dropped in the order of their last use', () => {
    const documents = new PersistedDocuments(64 * 1024);
    stored(documents, 'ann', ...names('a', 8));
    found(documents, 'a0');
    stored(documents, 'ann', 'new');
    expect(found(documents, ...names('a', 8), 'new')).toEqual(['a0', ...names('a', 8).slice(2), 'new']);
  });

  test('that are larger than the part of a client are not stored', () => {
    const documents = new PersistedDocuments(8_192);
    const long = text('a').padEnd(2_000, ' ');
    documents.add(hashOf(long), long, 'ann');
    expect(documents.find(hashOf(long))).toBeNull();
    expect(documents.bytes).toBe(0);
  });

  test('keep no owner that has none left', () => {
    const documents = new PersistedDocuments(8_192);
    for (const owner of names('owner', 100)) stored(documents, owner, `of${owner}`);
    expect(documents.ownerCount).toBeLessThanOrEqual(8);
  });
});
