import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { parse, type StringValueNode } from 'graphql';
import { saysMoreThanName } from './description-rule.ts';
import { languageRules, type LanguageRule } from './language-rules.ts';

/**
 * `npm run check` runs this. It fails when a forbidden word or phrase (`language-rules.ts`) is back, or when a schema
 * description repeats the name it describes, and prints each place with what to write instead.
 */
const root = join(import.meta.dirname, '..');
/** Generated files, packages, the rules themselves, and texts that clients of old systems match. */
const exempt =
  /\.generated\.ts$|\/node_modules\/|^scripts\/(?:language-rules|description-rule)|^src\/legacy\/archmesh\/session\.ts$/;
/** A word of an identifier ends where the next one begins. */
const wordBreaks = /(?<=[a-z0-9])(?=[A-Z])|_/g;

const problems = [...phrases(), ...descriptions()];
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;

function phrases(): string[] {
  const rooms = [...new Set(languageRules.flatMap((rule) => rule.rooms))];
  return rooms.flatMap((room) => {
    const rules = languageRules.filter((rule) => rule.rooms.includes(room));
    const pattern = patternOf(rules);
    return filesIn(room).flatMap((file) => found(file, pattern, rules));
  });
}

/** One group per rule, so that a match names its rule. */
function patternOf(rules: readonly LanguageRule[]): RegExp {
  const groups = rules.map(({ phrase }) => `(${phrase.replaceAll(' ', String.raw`[\s*/]+`)})`);
  return new RegExp(String.raw`\b(?:${groups.join('|')})\b`, 'gi');
}

function found(file: string, pattern: RegExp, rules: readonly LanguageRule[]): string[] {
  const text = readFileSync(join(root, file), 'utf8').replace(wordBreaks, ' ');
  return [...text.matchAll(pattern)].flatMap((match) => {
    const rule = rules[match.slice(1).findIndex((group) => group !== undefined)];
    if (rule?.except !== undefined && file.startsWith(rule.except)) return [];
    const line = text.slice(0, match.index).split('\n').length;
    return `${file}:${line}: "${rule?.phrase}": write ${rule?.instead}`;
  });
}

function filesIn(room: string): string[] {
  if (statSync(join(root, room)).isFile()) return [room];
  return readdirSync(join(root, room), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:ts|mjs|md)$/.test(entry.name))
    .map((entry) => posix.join(entry.parentPath.slice(root.length + 1), entry.name))
    .filter((file) => !exempt.test(file))
    .sort();
}

interface Described {
  readonly name?: { readonly value: string };
  readonly description?: StringValueNode;
  readonly fields?: readonly Described[];
  readonly arguments?: readonly Described[];
  readonly values?: readonly Described[];
}

function descriptions(): string[] {
  const { definitions } = parse(readFileSync(join(root, 'schema/schema.graphql'), 'utf8'), {
    noLocation: true,
  });
  return (definitions as readonly Described[])
    .flatMap((type) => membersOf(type, type.name?.value ?? 'schema'))
    .filter(({ path, text }) => !saysMoreThanName(path, text))
    .map(({ path, text }) => `schema/schema.graphql: the description of ${path} says only its name: ${text}`);
}

function membersOf(node: Described, path: string): { readonly path: string; readonly text: string }[] {
  const { description, fields = [], arguments: args = [], values = [] } = node;
  return [
    ...(description === undefined ? [] : [{ path, text: description.value }]),
    ...[...fields, ...values].flatMap((member) => membersOf(member, `${path}.${member.name?.value}`)),
    ...args.flatMap((argument) => membersOf(argument, `${path}(${argument.name?.value})`)),
  ];
}
