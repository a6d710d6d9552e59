#!/usr/bin/env node
/**
 * The command `opsgraph <command> [options]`, as `dist/opsgraph.js`: runs one of the programs beside it. Nothing here may
 * need a newer Node than 12, as each program reports itself that Node is too old.
 */

const programs = {
  start: 'main',
  agent: 'agent',
  token: 'token',
};

const usage = `Usage: opsgraph <command> [options]

  start   starts the server; --check and --help are its options
  agent   sends samples of this machine to a server
  token   prints a token that a server of this directory accepts

start and agent list their options with --help.
`;

const [command = ''] = process.argv.splice(2, 1);

if (Object.keys(programs).includes(command)) {
  // An expression, so that the program stays a file of its own when this one is bundled.
  void import(new URL(`${programs[command as keyof typeof programs]}.js`, import.meta.url).href);
} else {
  process.stderr.write(usage);
  process.exitCode = command === '' || command === '--help' ? 0 : 1;
}
