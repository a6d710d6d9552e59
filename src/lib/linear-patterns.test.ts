import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAst } from 'vitest/node';
import { mask, maskUrl } from './mask.ts';

// Runs every regular expression of the program on texts that are hard for it: repetitions of what it matches and of
// each character that it names. A pattern that scans the same text again from every possible start takes 64 times as
// long for a text eight times as long; a linear one takes eight times as long.

const folder = new URL('..', import.meta.url).pathname;

const [shortChars, longChars] = [1_000, 8_000];
/**
 * A linear pattern takes about 50 µs for the long text; only a far longer time is compared with that of the short one.
 */
const suspiciousMs = 4;
const growthMax = 24;

interface Pattern {
  readonly where: string;
  readonly pattern: RegExp;
}

/** The input of these patterns comes from the operator of the server. */
const settings = /^(?:config.*|env)\.ts$/;

const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !/\.(?:test|contract|generated)\.ts$/.test(file) && !settings.test(file),
);
const made: string[] = [];
const patterns = files.flatMap(patternsIn);

function patternsIn(file: string): Pattern[] {
  const found: Pattern[] = [];
  const visit = (node: unknown): void => {
    if (node === null || typeof node !== 'object') return;
    const { regex, callee } = node as {
      regex?: { pattern: string; flags: string };
      callee?: { name?: string };
    };
    if (regex !== undefined) found.push({ where: file, pattern: new RegExp(regex.pattern, regex.flags) });
    if (callee?.name === 'RegExp') made.push(file);
    for (const child of Object.values(node)) visit(child);
  };
  visit(parseAst(readFileSync(join(folder, file), 'utf8'), { lang: 'ts' }));
  return found;
}

const common = ['a', 'A', '0', ' ', '\n', '"', '\\', '/', '@', ':', '=', '.', '-', '_', ',', '%'];

/** The words that a pattern names, and the words combined with any of its characters. */
function hardFor({ source }: RegExp): string[] {
  const plain = source.replace(/\\([/.:\\@-])/g, '$1').replace(/\\[a-zA-Z]/g, '|');
  const words = plain.split(/[$^*+?()[\]{}|]+/).filter((word) => word !== '');
  const chars = [...new Set([...common, ...words.flatMap((word) => word.split(''))])];
  const joined = words.flatMap((word) => chars.flatMap((char) => [word + char, char + word]));
  return [...new Set([...chars, ...words, ...joined])];
}

function textOf(piece: string, chars: number): string {
  return `${piece.repeat(Math.ceil(chars / piece.length))}\u0000`;
}

const roundsMax = 5;

function bestMs(work: () => void): number {
  let best = Infinity;
  for (let run = 0; run < 5 && (run === 0 || best > suspiciousMs / 8); run++) {
    const began = performance.now();
    work();
    best = Math.min(best, performance.now() - began);
  }
  return best;
}

/** The pieces whose repetition takes more than linear time in every attempt: a busy machine delays a single one. */
function quadratic(work: (text: string) => void, pieces: readonly string[]): string[] {
  const isSlow = (piece: string): boolean => {
    const long = textOf(piece, longChars);
    const longMs = bestMs(() => work(long));
    if (longMs < suspiciousMs) return false;
    const short = textOf(piece, shortChars);
    return longMs / bestMs(() => work(short)) > growthMax;
  };
  return pieces.filter((piece) => Array.from({ length: roundsMax }).every(() => isSlow(piece)));
}

function applied(pattern: RegExp): (text: string) => void {
  return (text) => {
    pattern.lastIndex = 0;
    if (pattern.global) text.replace(pattern, '');
    else pattern.test(text);
  };
}

describe('regular expressions', () => {
  test('are literals, so that the test can run each of them', () => {
    expect(made).toEqual([]);
    expect(patterns.length).toBeGreaterThan(50);
  });

  test('of the program run in linear time', () => {
    const slow = patterns.flatMap(({ where, pattern }) =>
      quadratic(applied(pattern), hardFor(pattern)).map(
        (piece) => `${where}: ${String(pattern)} for ${piece}`,
      ),
    );
    expect(slow).toEqual([]);
  });

  test.each([
    [/:\/\/([^\s"/?#@:]*):[^\s"]{0,4096}@/g, '://a'], // A pattern that the log once had.
    [/\s+$/, ' '],
    [/a.*b/, 'a'],
  ])('that take longer are detected: %s', (pattern, piece) => {
    expect(hardFor(pattern)).toContain(piece);
    expect(quadratic(applied(pattern), [piece])).toEqual([piece]);
  });
});

test('masking secrets runs in linear time', () => {
  const words = [
    '://a:',
    '://',
    'token',
    'token=',
    'token:"',
    'token: [',
    'bearer ',
    'eyJa.',
    'eyJ',
    'ops_',
    'https://a@',
  ];
  const signs = ['', ' ', '"', '\\', '@', '[', '&', '='];
  const pieces = words.flatMap((word) => signs.flatMap((sign) => [word + sign, sign + word]));
  expect(quadratic((text) => mask(text), pieces)).toEqual([]);
  expect(quadratic((text) => maskUrl(`/ws?${text}`), pieces)).toEqual([]);
});
