import { describe, expect, it } from 'vitest';
import { assignPositions, withIds } from './event-rows.ts';
import { entriesAfter, formatNews, lastOf } from './news.ts';
import { every, type Draft } from './topic.ts';

const topic = every<unknown>('alpha');

function stored(payloads: readonly unknown[]) {
  const drafts = payloads.map((payload): Draft => ({
    topic,
    key: 'k',
    type: 't',
    reportedBy: 'ci',
    payload,
  }));
  return assignPositions(withIds(drafts), { end: { seq: 40, at: 1_700_000_000_123 }, known: new Map() });
}

describe('the news of a commit', () => {
  it('contain the entries exactly as the committing instance has them', () => {
    const { entries, rows } = stored([{ text: 'a "quoted", [bracketed] word ✓' }, null, [1, 2.5]]);
    const news = formatNews(rows, 40);
    expect(lastOf(news)).toBe(43);
    expect(entriesAfter(40, news)).toEqual(entries);
  });

  it('give an instance only the entries that it does not have', () => {
    const { entries, rows } = stored([1, 2, 3]);
    const news = formatNews(rows, 40);
    expect(entriesAfter(42, news)).toEqual(entries.slice(2));
    expect(entriesAfter(43, news)).toEqual([]);
    expect(entriesAfter(100, news)).toEqual([]);
  });

  it('make an instance read the table that does not have all entries before them', () => {
    expect(entriesAfter(39, formatNews(stored([1]).rows, 40))).toBeNull();
  });

  it.each(['x', '✓', '"'])('fit into a notification, whatever the entries (%s)', (letter) => {
    for (const length of [100, 1_300, 2_600, 3_900, 7_600, 7_900]) {
      const { entries, rows } = stored([letter.repeat(length)]);
      const news = formatNews(rows, 40);
      expect(Buffer.byteLength(news)).toBeLessThan(8_000);
      const hasEntries = news !== '41 40';
      expect(entriesAfter(40, news)).toEqual(hasEntries ? entries : null);
    }
    expect(formatNews(stored([letter.repeat(100)]).rows, 40)).not.toBe('41 40');
    expect(formatNews(stored([letter.repeat(8_000)]).rows, 40)).toBe('41 40');
  });

  it('of another version make an instance read the table', () => {
    expect(lastOf('41')).toBe(41);
    expect(entriesAfter(40, '41')).toBeNull();
  });
});
