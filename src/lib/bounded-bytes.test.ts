import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { readBytes, TooManyBytes } from './bounded-bytes.ts';

const stream = (...texts: string[]): Readable => Readable.from(texts.map((text) => Buffer.from(text)));

test('reads a stream up to and including the limit', async () => {
  expect((await readBytes(stream('ab', 'cd'), 4)).toString()).toBe('abcd');
  expect((await readBytes(stream(), 0)).length).toBe(0);
});

test('rejects a longer stream without reading its rest, and closes it', async () => {
  const long = stream('ab', 'cd', 'ef', 'gh');
  await expect(readBytes(long, 3)).rejects.toThrow(TooManyBytes);
  expect(long.destroyed).toBe(true);
});
