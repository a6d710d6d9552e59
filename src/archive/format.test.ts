import { expect, it } from 'vitest';
import { JournalLines, readJournal, type ExportedEvent, type Header } from './format.ts';

const header: Header = {
  program: 'opsgraph 1.0.0',
  epoch: 'abc',
  schema: '20260101T000000Z-first',
  exportedAt: '2026-01-01T00:00:00.000Z',
  since: 0,
  until: 3,
  topics: null,
};

function exported(): string[] {
  const lines = new JournalLines();
  const event = (seq: number) =>
    lines.event({
      seq,
      topic: 'audit',
      key: 'ann',
      type: 'deployed',
      id: `e${seq}`,
      occurredAt: '2026-01-01T00:00:00.001Z',
      recordedAt: '2026-01-01T00:00:00.002Z',
      reportedBy: null,
      digest: null,
      payload: `{"text": "a\\u2028b", "number": ${seq}}`,
    });
  const text = [lines.header(header), event(1), event(3), lines.footer('abc_3')].join('');
  return text.trimEnd().split('\n');
}

async function read(
  lines: readonly string[],
  onHeader: (header: Header) => void = () => {},
): Promise<ExportedEvent[]> {
  async function* source() {
    yield* lines;
  }
  const events: ExportedEvent[] = [];
  for await (const event of readJournal(source(), onHeader)) events.push(event);
  return events;
}

it('returns the events that were written', async () => {
  const headers: Header[] = [];
  const events = await read(exported(), (found) => void headers.push(found));
  expect(headers).toEqual([header]);
  expect(events.map(({ seq, occurredAt, payload }) => ({ seq, occurredAt, payload }))).toEqual([
    { seq: 1, occurredAt: Date.parse('2026-01-01T00:00:00.001Z'), payload: { text: 'a\u2028b', number: 1 } },
    { seq: 3, occurredAt: Date.parse('2026-01-01T00:00:00.001Z'), payload: { text: 'a\u2028b', number: 3 } },
  ]);
});

it.each<[string, (lines: string[]) => string[], string]>([
  ['has no footer', (lines) => lines.slice(0, -1), 'truncated: it ends after 2 events'],
  ['ends in a line', (lines) => [...lines.slice(0, 2), lines[2]?.slice(0, 40) ?? ''], 'Line 3 is not JSON'],
  ['is empty', () => [], 'truncated: it ends after 0 events'],
  ['lacks a line', (lines) => lines.toSpliced(1, 1), 'was changed'],
  ['has a changed line', (lines) => lines.map((line) => line.replace('"ann"', '"bob"')), 'was changed'],
  [
    'has lines in another order',
    ([head = '', a = '', b = '', end = '']) => [head, b, a, end],
    'order of the log',
  ],
  ['has a line after its end', (lines) => [...lines, '{}'], 'follows the end'],
  ['is of another kind', () => ['{"a":1}'], 'not an export'],
  ['is not JSON', () => ['hello'], 'not an export'],
  [
    'has a newer format',
    (lines) => lines.map((line) => line.replace('"opsgraphJournal":1', '"opsgraphJournal":2')),
    'format 2',
  ],
  [
    'has an event without a key',
    (lines) => lines.map((line) => line.replace('"key":"ann",', '')),
    'Line 2 is not an event: key',
  ],
])('rejects a file that %s', async (_, change, message) => {
  await expect(read(change(exported()))).rejects.toThrow(message);
});
