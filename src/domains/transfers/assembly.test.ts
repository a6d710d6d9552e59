import { describe, expect, it } from 'vitest';
import { chunkBytesMax, sha256 } from '../../lib/chunks.ts';
import { Assembly, assemblyBounds, ChunkRefused, verifySha256, type SentChunk } from './assembly.ts';

const bytesOf = (text: string): Buffer => Buffer.from(text);

function chunk(index: number, total: number, text: string, more: Partial<SentChunk> = {}): SentChunk {
  const bytes = bytesOf(text);
  return { dataId: 'd', index, total, data: bytes.toString('base64'), checksum: sha256(bytes), ...more };
}

/** The result of each chunk: the complete text, the number of received chunks, or the reason of the rejection. */
async function resultsOf(
  assembly: Assembly,
  chunks: readonly SentChunk[],
  session = 's',
): Promise<(string | number)[]> {
  const results = [];
  for (const one of chunks) results.push(await resultOf(assembly, one, session));
  return results;
}

async function resultOf(assembly: Assembly, one: SentChunk, session: string): Promise<string | number> {
  try {
    const { received, complete } = assembly.add(session, one, 0);
    if (complete === null) return received;
    await verifySha256(complete);
    complete.release();
    return Buffer.concat(complete.chunks).toString();
  } catch (error) {
    if (error instanceof ChunkRefused) return `${error.reason}${error.dropped ? ', dropped' : ''}`;
    throw error;
  }
}

describe('a transfer', () => {
  it('is complete with all chunks, in any order, with indexes that start at 0 or at 1', async () => {
    const assembly = new Assembly();
    for (const first of [0, 1]) {
      const chunks = [chunk(first + 2, 3, 'c'), chunk(first, 3, 'a'), chunk(first + 1, 3, 'b')];
      expect(await resultsOf(assembly, chunks)).toEqual([1, 2, 'abc']);
    }
    expect(await resultsOf(assembly, [chunk(0, 1, '')])).toEqual(['']);
    expect(await resultsOf(assembly, [chunk(1, 1, 'x')])).toEqual(['x']);
    expect(assembly.bytes).toBe(0);
  });

  it('can have the checksum of the complete data in every chunk', async () => {
    const assembly = new Assembly();
    const whole = { checksum: sha256(bytesOf('abc')).toUpperCase() };
    const [a, b, c] = [chunk(0, 3, 'a', whole), chunk(1, 3, 'b', whole), chunk(2, 3, 'c', whole)];
    expect(await resultsOf(assembly, [b, a, c])).toEqual([1, 2, 'abc']);
    expect(await resultsOf(assembly, [chunk(0, 1, 'abc')])).toEqual(['abc']);
    expect(await resultsOf(assembly, [a, b, chunk(2, 3, 'x', whole)])).toEqual([
      1,
      2,
      'CHECKSUM_MISMATCH, dropped',
    ]);
    expect(await resultsOf(assembly, [a, chunk(1, 3, 'b')])).toEqual([1, 'CHECKSUM_MISMATCH, dropped']);
    expect(await resultsOf(assembly, [chunk(1, 3, 'b'), a])).toEqual([1, 'CHECKSUM_MISMATCH, dropped']);
    expect(assembly.bytes).toBe(0);
  });

  it('contains the last version of a chunk that is sent again', async () => {
    const assembly = new Assembly();
    expect(
      await resultsOf(assembly, [chunk(0, 2, 'a'), chunk(0, 2, 'long'), chunk(0, 2, 'A'), chunk(1, 2, 'b')]),
    ).toEqual([1, 1, 1, 'Ab']);
    expect(assembly.bytes).toBe(0);
  });

  it.each([
    ['TOTAL_CHANGED, dropped', chunk(1, 4, 'b')],
    ['RECIPIENT_CHANGED, dropped', chunk(1, 3, 'b', { recipient: 'bob' })],
    ['BAD_TOTAL, dropped', chunk(1, 0, 'b')],
    ['BAD_INDEX, dropped', chunk(4, 3, 'b')],
    ['BAD_INDEX, dropped', chunk(3, 3, 'b')],
    ['BAD_INDEX, dropped', chunk(-1, 3, 'b')],
    ['BAD_BASE64, dropped', chunk(1, 3, 'b', { data: 'YWJj!' })],
    ['BAD_BASE64, dropped', chunk(1, 3, 'b', { data: 'YQ' })],
    ['BAD_BASE64, dropped', chunk(1, 3, 'b', { data: 'Y=Q=' })],
    ['BAD_BASE64, dropped', chunk(1, 3, 'b', { data: 'YW Jj' })],
    ['CHECKSUM_MISMATCH, dropped', chunk(1, 3, 'b', { checksum: sha256(bytesOf('c')) })],
    ['CHECKSUM_MISMATCH, dropped', chunk(1, 3, 'b', { checksum: 'none' })],
    ['TOO_MANY_CHUNKS', chunk(1, 1_001, 'b')],
    ['CHUNK_TOO_LARGE', chunk(1, 3, 'x'.repeat(chunkBytesMax + 1))],
    ['CHUNK_TOO_LARGE', chunk(1, 3, 'x'.repeat(chunkBytesMax + 9))],
    ['BAD_DATA_ID', chunk(1, 3, 'b', { dataId: '' })],
    ['BAD_DATA_ID', chunk(1, 3, 'b', { dataId: 'a\u0000' })],
    ['BAD_DATA_ID', chunk(1, 3, 'b', { dataId: 'x'.repeat(257) })],
  ])('with a wrong chunk gives the result %s (case %#)', async (result, wrong) => {
    const assembly = new Assembly();
    expect(await resultsOf(assembly, [chunk(0, 3, 'a'), wrong])).toEqual([1, result]);
    const dropped = result.endsWith('dropped');
    expect(assembly.openTransfers).toBe(dropped ? 0 : 1);
    expect(assembly.bytes > 0).toBe(!dropped);
  });

  it('is dropped when it is not complete after five minutes', async () => {
    const assembly = new Assembly();
    assembly.add('s', chunk(0, 2, 'a'), 1_000);
    assembly.add('s', chunk(0, 2, 'a', { dataId: 'e' }), 2_000);
    expect(assembly.dropExpired(300_999)).toBe(0);
    expect(assembly.dropExpired(301_000)).toBe(1);
    expect(assembly.add('s', chunk(1, 2, 'b', { dataId: 'e' }), 301_999).complete?.totalBytes).toBe(2);
    expect(assembly.add('s', chunk(1, 2, 'b'), 301_999).received).toBe(1);
  });

  it('belongs to its session, which can have four open transfers', async () => {
    const assembly = new Assembly();
    const first = (dataId: string): SentChunk => chunk(0, 2, 'a', { dataId });
    expect(await resultsOf(assembly, ['1', '2', '3', '4', '5', '4'].map(first))).toEqual([
      1,
      1,
      1,
      1,
      'TOO_MANY_OPEN',
      1,
    ]);
    expect(await resultsOf(assembly, [first('1'), chunk(1, 2, 'b', { dataId: '1' })], 'other')).toEqual([
      1,
      'ab',
    ]);
    expect(await resultsOf(assembly, [chunk(1, 2, 'b', { dataId: '2' }), first('5')])).toEqual(['ab', 1]);
  });

  it('is rejected while the memory is full, and accepted when there is room again', async () => {
    const bounds = { ...assemblyBounds, sessionBytesMax: 2_100, bytesMax: 3_600, openMax: 3 };
    const assembly = new Assembly(bounds);
    const large = (dataId: string): SentChunk => chunk(0, 2, 'x'.repeat(1_000), { dataId });
    expect(await resultsOf(assembly, [large('1'), large('2'), large('1')])).toEqual([1, 'NO_ROOM', 1]);
    expect(await resultsOf(assembly, [large('1')], 't')).toEqual([1]);
    expect(await resultsOf(assembly, [large('1')], 'u')).toEqual(['NO_ROOM']);
    expect(assembly.bytes).toBe(2 * (1_000 + 512));
    expect(await resultsOf(assembly, [chunk(1, 2, '!', { dataId: '1' })])).toEqual([`${'x'.repeat(1_000)}!`]);
    expect(await resultsOf(assembly, [large('1')], 'u')).toEqual([1]);
    expect(assembly.dropExpired(300_000)).toBe(2);
    expect(assembly.bytes).toBe(0);
    const tiny = ['1', '2', '3', '4'].map((dataId) => chunk(0, 2, '', { dataId }));
    const results = [];
    for (const one of tiny) results.push(...(await resultsOf(assembly, [one], one.dataId)));
    expect(results).toEqual([1, 1, 1, 'NO_ROOM']);
  });

  it('counts toward the memory limit of its subject, over all sessions', async () => {
    const assembly = new Assembly({ ...assemblyBounds, subjectBytesMax: 3_100 });
    const large = chunk(0, 2, 'x'.repeat(1_000));
    assembly.add('1', large, 0, 'ann');
    assembly.add('2', large, 0, 'ann');
    expect(() => assembly.add('3', large, 0, 'ann')).toThrow(ChunkRefused);
    expect(assembly.add('3', large, 0, 'bob').received).toBe(1);
    assembly.dropExpired(300_000);
    expect(assembly.add('3', large, 400_000, 'ann').received).toBe(1);
  });

  it('occupies memory until it is stored, and is reopened when storing it fails', async () => {
    const assembly = new Assembly();
    const whole = assembly.add('s', chunk(0, 1, 'abc'), 0).complete;
    expect(assembly.openTransfers).toBe(0);
    const taken = assembly.bytes;
    expect(taken).toBeGreaterThan(3);
    whole?.reopen(200_000);
    expect([assembly.bytes, assembly.openTransfers]).toEqual([taken, 1]);
    const again = assembly.add('s', chunk(0, 1, 'abc'), 400_000).complete;
    again?.release();
    expect([assembly.bytes, assembly.openTransfers]).toEqual([0, 0]);
    const third = assembly.add('s', chunk(0, 1, 'abc'), 400_000).complete;
    assembly.add('s', chunk(0, 2, 'new'), 400_000); // with the same name, while the other one is being stored
    third?.reopen(400_000);
    expect(await resultsOf(assembly, [chunk(1, 2, '!')])).toEqual(['new!']);
    expect(assembly.bytes).toBe(0);
  });

  it('of 60 MB accepts chunks in any order and repeated ones, and is dropped at a wrong checksum', async () => {
    const bytes = Buffer.alloc(60_000_000);
    for (let at = 0; at < bytes.length; at += 4) bytes.writeUInt32LE(Math.imul(at, 2_654_435_761) >>> 0, at);
    const total = Math.ceil(bytes.length / chunkBytesMax);
    const part = (index: number): SentChunk => {
      const own = bytes.subarray(index * chunkBytesMax, (index + 1) * chunkBytesMax);
      return { dataId: 'd', index, total, data: own.toString('base64'), checksum: sha256(own) };
    };
    // 7 and the number of chunks have no common factor, so each chunk occurs once
    const order = Array.from({ length: total }, (_, place) => (place * 7 + 3) % total);
    const assembly = new Assembly();
    for (const index of order.slice(0, 100)) assembly.add('s', part(index), 0);
    const wrong = { ...part(order[100] ?? 0), checksum: sha256(bytesOf('no')) };
    expect(await resultsOf(assembly, [wrong])).toEqual(['CHECKSUM_MISMATCH, dropped']);
    expect(assembly.bytes).toBe(0);

    for (const index of order.slice(0, -1)) assembly.add('s', part(index), 0);
    expect(assembly.add('s', part(order[5] ?? 0), 0)).toEqual({ received: total - 1, complete: null });
    const { complete } = assembly.add('s', part(order.at(-1) ?? 0), 0);
    expect(complete).toMatchObject({ totalBytes: bytes.length, expectedSha256: null });
    expect(complete && (await verifySha256(complete))).toBe(sha256(bytes));
  });
});
