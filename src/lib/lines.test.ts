import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Lines } from './lines.ts';

describe('Lines', () => {
  test('returns the same lines for any division into chunks', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-c]{0,8}$/)), fc.array(fc.nat(9)), (whole, cuts) => {
        const lines = new Lines(8);
        let rest = whole.map((line) => `${line}\r\n`).join('');
        const found: string[] = [];
        for (const cut of cuts) {
          found.push(...lines.push(rest.slice(0, cut)));
          rest = rest.slice(cut);
        }
        // The carriage return counts towards the length, so lines of eight are one too long.
        expect([...found, ...lines.push(rest)]).toEqual(whole.filter((line) => line.length < 8));
      }),
    );
  });

  test('holds back an incomplete line', () => {
    const lines = new Lines(100);
    expect(lines.push('one\ntw')).toEqual(['one']);
    expect(lines.push('o')).toEqual([]);
    expect(lines.push('\n\n')).toEqual(['two', '']);
  });

  test('drops an overlong line, counts it once, and continues with the next line', () => {
    const lines = new Lines(100);
    for (let chunk = 0; chunk < 50; chunk++) expect(lines.push('x'.repeat(90))).toEqual([]);
    expect(lines.dropped).toBe(1);
    expect(lines.push('end\nnext\n')).toEqual(['next']);
  });
});
