import pkg from '../../package.json' with { type: 'json' };
import { nearest } from '../lib/nearest.ts';
import { parseInput, UsageError } from './command.ts';
import { commands } from './commands.ts';
import { commandHelp, programHelp, usageOf } from './help.ts';

/**
 * Runs `opsgraph <command> [options]`. Errors are printed in one place: the message, and for wrong arguments the usage.
 * A command that returns no exit code keeps the process running, as the server does, or ends it with code 0.
 */
export async function runCommand(args: readonly string[]): Promise<void> {
  process.setSourceMapsEnabled(true);
  const [first = 'help', ...rest] = args;
  if (first === '--version' || first === '-v') return print(`${pkg.version}\n`);
  if (first === '--help' || first === '-h') return print(programHelp());
  if (first === 'help') return rest[0] === undefined ? print(programHelp()) : help(rest[0]);
  const command = commands[first];
  if (command === undefined) return unknownCommand(first);
  if (rest.includes('--help') || rest.includes('-h')) return help(first);
  try {
    const code = await command.run(parseInput(command, rest));
    if (code !== undefined) process.exitCode = code;
  } catch (error) {
    process.exitCode = 1;
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') return; // the reader of the output wants no more
    const message = error instanceof Error ? error.message : String(error);
    const usage = `\n${usageOf(first, command)}\n\`opsgraph help ${first}\` describes its options.\n`;
    process.stderr.write(`${message}\n${error instanceof UsageError ? usage : ''}`);
  }
}

async function help(name: string): Promise<void> {
  const command = commands[name];
  if (command === undefined) return unknownCommand(name);
  print(await commandHelp(name, command));
}

function unknownCommand(name: string): void {
  const meant = nearest(name, [...Object.keys(commands), 'help']);
  process.stderr.write(
    `Unknown command ${JSON.stringify(name)}${meant === null ? '.' : `; did you mean ${meant}?`}\n\n${programHelp()}`,
  );
  process.exitCode = 1;
}

function print(text: string): void {
  process.stdout.write(text);
}
