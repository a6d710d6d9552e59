import { describe, expect, it } from 'vitest';
import { chunkBytesMax, chunksMax, sha256, split } from './chunks.ts';

function together(text: string, bytesMax?: number): string {
  return Buffer.concat([...split(text, bytesMax)].map(({ data }) => Buffer.from(data, 'base64'))).toString();
}

describe('a text in chunks', () => {
  it('has zero-based chunks of 64 KiB, each with the checksum of its bytes', () => {
    const text = 'x'.repeat(2 * chunkBytesMax + 1);
    const chunks = [...split(text)];
    expect(chunks.map(({ index, total }) => [index, total])).toEqual([
      [0, 3],
      [1, 3],
      [2, 3],
    ]);
    for (const { data, checksum } of chunks) expect(checksum).toBe(sha256(Buffer.from(data, 'base64')));
    expect(chunks.map(({ data }) => Buffer.from(data, 'base64').length)).toEqual([65_536, 65_536, 1]);
    expect(sha256(Buffer.from('abc'))).toMatch(/^ba7816bf8f01cfea/);
  });

  it('is restored by joining its chunks, also when a character is split across two', () => {
    expect(together(JSON.stringify({ text: 'Grüße, 😀'.repeat(20) }), 7)).toBe(
      JSON.stringify({ text: 'Grüße, 😀'.repeat(20) }),
    );
    expect(together('')).toBe('');
    expect(together('x'.repeat(chunkBytesMax))).toBe('x'.repeat(chunkBytesMax));
    expect([...split('x'.repeat(chunkBytesMax))]).toHaveLength(1);
  });

  it('has at most 1,000 chunks', () => {
    expect([...split('x'.repeat(chunksMax), 1)]).toHaveLength(chunksMax);
    expect(() => split('x'.repeat(chunksMax + 1), 1)).toThrow(RangeError);
  });
});
