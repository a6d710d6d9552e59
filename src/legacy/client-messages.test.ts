import { describe, expect, test } from 'vitest';
import { ClientMessages, type ReadResult } from './client-messages.ts';

const limits = { bytesMax: 1_000, perWindowMax: 10 };

function read(text: string | Buffer, isBinary = false): ReadResult {
  return new ClientMessages(limits).read(Buffer.from(text), isBinary, 0);
}

function codeOf(result: ReadResult): string {
  return result.kind === 'error' ? result.code : result.kind;
}

/** Sends a ping at each of these times. */
function pace(times: readonly number[]): string[] {
  const messages = new ClientMessages(limits);
  return times.map((at) => codeOf(messages.read(Buffer.from('{"type":"ping"}'), false, at)));
}

function every(stepMs: number, count: number, startMs = 0): number[] {
  return Array.from({ length: count }, (_, index) => startMs + index * stepMs);
}

describe('a client’s message', () => {
  test('is an object with a type', () => {
    expect(read('{"type":"ping","id":7}')).toEqual({ kind: 'message', message: { type: 'ping', id: 7 } });
  });

  test.each([
    '',
    'ping',
    '{',
    '[]',
    '[{"type":"ping"}]',
    'null',
    '1',
    '"ping"',
    '{}',
    '{"type":1}',
    '{"type":null}',
  ])('A70: %j is answered with INVALID_MESSAGE', (text) => {
    expect(codeOf(read(text))).toBe('INVALID_MESSAGE');
  });

  test('A70: a binary message is answered with INVALID_MESSAGE, whatever it contains', () => {
    expect(codeOf(read('{"type":"ping"}', true))).toBe('INVALID_MESSAGE');
  });

  test('A61: is read up to the limit in bytes and rejected with PAYLOAD_TOO_LARGE above it', () => {
    const frame = '{"type":"","pad":""}';
    const fitting = (char: string, count: number): string => `{"type":"","pad":"${char.repeat(count)}"}`;
    expect(codeOf(read(fitting('a', limits.bytesMax - frame.length)))).toBe('message');
    expect(codeOf(read(fitting('a', limits.bytesMax - frame.length + 1)))).toBe('PAYLOAD_TOO_LARGE');
    expect(codeOf(read(fitting('ü', limits.bytesMax - frame.length)))).toBe('PAYLOAD_TOO_LARGE');
  });
});

describe('the rate of messages', () => {
  test('R34: is ten in any second; the eleventh is dropped with RATE_LIMITED', () => {
    expect(pace(every(1, 11))).toEqual([...Array<string>(10).fill('message'), 'RATE_LIMITED']);
  });

  test('R34: is never exceeded at exactly ten a second', () => {
    expect(pace(every(100, 500))).toEqual(Array<string>(500).fill('message'));
  });

  test('R34: counts within any second, not within seconds of the clock', () => {
    const burst = [...every(1, 10, 990), ...every(1, 1, 1_005)];
    expect(pace(burst).at(-1)).toBe('RATE_LIMITED');
    expect(pace([...every(1, 10, 990), 1_990])).toEqual(Array<string>(11).fill('message'));
  });

  test('A62: is reported at most once a second when exceeded', () => {
    const results = pace(every(10, 300));
    expect(results.filter((result) => result === 'RATE_LIMITED').length).toBe(3);
    expect(results.filter((result) => result === 'message').length).toBe(30);
  });

  test('A69: closes a client when its 200th message within a minute is dropped', () => {
    const results = pace(every(1, 400));
    expect(results.indexOf('flood')).toBe(10 + 199);
    const patient = pace(every(50, 2_000).filter((at) => at % 5_000 < 700)); // four or so dropped every five seconds
    expect(patient).not.toContain('flood');
  });
});
