import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

// Arguments of a call lie on the stack: `Math.max(...values)` throws a RangeError for some 100,000 values, and how many
// there are is often up to a client or a database. So no function that takes any number of arguments is given a list's
// items in `src`: `lib/extremes.ts` and `lib/append.ts` walk the list.

const root = join(import.meta.dirname, '..', 'src');

/** Functions that take any number of arguments, before their opening bracket. Others are given a few. */
const takesAny =
  /(?:\bMath\.\w+|\.(?:push|unshift|splice|concat|fromCharCode|fromCodePoint|of|assign|apply|call)|\bnew \w+)$/;

/** The text with comments, texts and regular expressions left blank, so that every bracket in it is one. */
function bare(text: string): string {
  const blank = (found: string): string => found.replace(/[^\n]/g, ' ');
  const literals =
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|(?<=[=(,:[!&|?{};]\s*)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/g;
  return text.replace(literals, blank);
}

/** The lines on which a list is spread into the arguments of a call. */
function spreads(source: string): number[] {
  const text = bare(source);
  const open: { at: number; found: number[] }[] = [];
  const lines: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? '';
    if ('([{'.includes(char)) open.push({ at, found: [] });
    if (text.startsWith('...', at)) {
      open.at(-1)?.found.push(at);
      at += 2;
    }
    if (!')]}'.includes(char)) continue;
    const closed = open.pop();
    if (closed === undefined || char !== ')') continue;
    if (takesAny.test(text.slice(Math.max(0, closed.at - 40), closed.at)))
      lines.push(...closed.found.map((one) => text.slice(0, one).split('\n').length));
  }
  return lines;
}

describe('a function call', () => {
  it.each([
    ['Math.max(...values)', [1]],
    ['a;\nlist.push(1, ...more);', [2]],
    ['String.fromCharCode(...bytes)', [1]],
    ['new Date(...parts);', [1]],
    ['list.push(f(...a), [...b], { ...c });', []],
    ['list.push([...a], { ...b }, (...c) => c.length);', []],
    ['function push(...a: number[]): void {}', []],
    ['f(...range)', []],
    ["f('push(...a)'); // a.push(...a)", []],
  ])('that spreads a list into its arguments is found: %j', (source, lines) => {
    expect(spreads(source)).toEqual(lines);
  });

  it('in src spreads no list into its arguments', () => {
    const files = readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /(?<!\.(?:test|contract|generated))\.ts$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name));
    expect(files.length).toBeGreaterThan(300);
    const found = files.flatMap((file) =>
      spreads(readFileSync(file, 'utf8')).map((line) => `${file.slice(root.length + 1)}:${line}`),
    );
    expect(found).toEqual([]);
  });
});
