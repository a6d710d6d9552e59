import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

export interface Checklist {
  readonly system: string;
  /** What the numbers begin with. */
  readonly letter: string;
  /** What the documentation of the old system promised, by number. */
  readonly promises: Readonly<Record<string, string>>;
  /** How many numbers the list has. */
  readonly count: number;
  /** Numbers of the list that this repository does not fulfil. */
  readonly without?: readonly string[];
  /** The folders whose tests name the numbers. */
  readonly folders: readonly string[];
}

const root = new URL('../..', import.meta.url).pathname;

/** The strings in which the tests below a folder name numbers: titles, and cells of tables that are only numbers. */
function titlesBelow(folder: string, letter: string): string[] {
  const cells = new RegExp(`()'((?:${letter}\\d+ ?)+)'`, 'g');
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && file.name.endsWith('.test.ts') && file.name !== 'checklist.test.ts')
    .flatMap((file) => {
      const code = readFileSync(join(file.parentPath, file.name), 'utf8');
      return [/\b(?:it|test)\b[^'"`]*?\(\s*(['"`])(.*?)\1/g, /\]\)\(\s*(['"`])(.*?)\1/g, cells]
        .flatMap((pattern) => [...code.matchAll(pattern)])
        .map(([, , title = '']) => title);
    });
}

/** Tests that every promise of an old system's documentation is named by a test, and every named number is a promise. */
export function testChecklist({ system, letter, promises, count, without = [], folders }: Checklist): void {
  describe(`the documentation of ${system}`, () => {
    const number = new RegExp(`\\b${letter}[1-9]\\d?\\b`, 'g');
    const titles = folders.flatMap((folder) => titlesBelow(folder, letter));
    const named = new Set(titles.flatMap((title) => title.match(number) ?? []));

    it.each(Object.entries(promises))('promises %s, %s, and a test names it', (promise) => {
      expect(named).toContain(promise);
    });

    it(`has exactly the checklist numbers 1 to ${count} that are fulfilled`, () => {
      const all = Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);
      expect(Object.keys(promises)).toEqual(all.filter((one) => !without.includes(one)));
    });

    it('has every checklist number that a test names', () => {
      expect([...named].filter((one) => !(one in promises) && !without.includes(one))).toEqual([]);
    });
  });
}
