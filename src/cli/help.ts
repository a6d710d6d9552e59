import type { Command, Option } from './command.ts';
import { commands } from './commands.ts';

/** The texts of `opsgraph --help` and `opsgraph help <command>`, made from the table of commands. */

const columns = 100;

export function programHelp(): string {
  const rows = Object.entries(commands).map(([name, { summary }]) => ({ term: name, text: summary }));
  return [
    'Usage: opsgraph <command> [options]',
    '',
    ...list([...rows, { term: 'help', text: 'describes a command: opsgraph help <command>' }]),
    '',
    '  --version prints the version. Settings are environment variables or in the file .env:',
    '  `opsgraph help start` lists them.',
    '',
  ].join('\n');
}

export async function commandHelp(name: string, command: Command): Promise<string> {
  const rows = Object.entries(command.options).map(([option, declared]) => ({
    term: `--${option}${declared.value === undefined ? '' : ` ${declared.value}`}`,
    text: describe(declared),
  }));
  const parts = [usageOf(name, command), command.details.trim()];
  if (rows.length > 0) parts.push(list(rows).join('\n'));
  if (command.appendix !== undefined) parts.push(await command.appendix());
  return `${parts.join('\n\n').trimEnd()}\n`;
}

export function usageOf(name: string, { args, options }: Command): string {
  const parts = [`Usage: opsgraph ${name}`];
  if (args !== undefined) parts.push(args);
  if (Object.keys(options).length > 0) parts.push('[options]');
  return parts.join(' ');
}

function describe({ description, default: value }: Option): string {
  return value === undefined ? description : `${description}; default: ${value}`;
}

function list(rows: readonly { readonly term: string; readonly text: string }[]): string[] {
  const width = rows.reduce((widest, { term }) => Math.max(widest, term.length), 0);
  return rows.flatMap(({ term, text }) => {
    const [first = '', ...rest] = wrap(text, columns - width - 5);
    return [`  ${term.padEnd(width)}   ${first}`, ...rest.map((line) => ' '.repeat(width + 5) + line)];
  });
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
