import { parseArgs } from 'node:util';
import { nearest } from '../lib/nearest.ts';

/**
 * How a command is declared, and how its arguments are parsed. `commands.ts` is the table of all commands; the help, the
 * errors of unknown commands and options, and the documentation come from it.
 */
export interface Command<Options extends OptionTable = OptionTable> {
  /** One line for the list of commands. */
  readonly summary: string;
  /** Arguments without a name, such as `<subject> [seconds]`. Absent: none. */
  readonly args?: string;
  /** What its help says beside its options. */
  readonly details: string;
  readonly options: Options;
  /** More text for its help that is not in the list of commands, such as the table of settings. */
  readonly appendix?: () => Promise<string>;
  /** Runs it. @returns the exit code; nothing: 0, or that of a server which continues. */
  run(input: Input<Options>): Promise<number | void>;
}

export interface Option {
  readonly type: 'boolean' | 'string';
  /** The placeholder of the value, such as `<url>`. */
  readonly value?: string;
  readonly default?: string;
  readonly description: string;
}

export type OptionTable = Readonly<Record<string, Option>>;

export interface Input<Options extends OptionTable> {
  readonly values: ValuesOf<Options>;
  readonly args: readonly string[];
}

export type ValuesOf<Options extends OptionTable> = {
  readonly [Name in keyof Options]: Options[Name]['type'] extends 'boolean'
    ? boolean
    : Options[Name] extends { readonly default: string }
      ? string
      : string | undefined;
};

/** Wrong arguments: the message is followed by the usage of the command. */
export class UsageError extends Error {}

/** @throws UsageError */
export function parseInput<Options extends OptionTable>(
  { options, args: allowed }: Pick<Command<Options>, 'options' | 'args'>,
  args: readonly string[],
): Input<Options> {
  rejectUnknownOption(Object.keys(options), args);
  const types = Object.entries(options).map(([name, { type, default: value }]) => [
    name,
    { type, ...(type === 'boolean' ? { default: false } : value !== undefined && { default: value }) },
  ]);
  const parsed = parse(args, Object.fromEntries(types) as Types);
  if (allowed === undefined && parsed.positionals.length > 0)
    throw new UsageError(`Unexpected argument ${JSON.stringify(parsed.positionals[0])}.`);
  return { values: parsed.values as ValuesOf<Options>, args: parsed.positionals };
}

type Types = Record<string, { type: 'boolean' | 'string' }>;

function parse(args: readonly string[], options: Types) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error });
  }
}

function rejectUnknownOption(known: readonly string[], args: readonly string[]): void {
  const { tokens } = parseArgs({ args: [...args], strict: false, allowPositionals: true, tokens: true });
  for (const token of tokens) {
    if (token.kind !== 'option' || known.includes(token.name)) continue;
    const meant = nearest(token.name, known);
    throw new UsageError(
      `Unknown option ${token.rawName}${meant === null ? '.' : `; did you mean --${meant}?`}`,
    );
  }
}
