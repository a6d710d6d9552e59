import { parseArgs } from 'node:util';
import { settingsHelp } from '../config/reference.ts';
import { readProcessConfig, settings } from '../settings.ts';

const usage = `Usage: npm start [-- <option>]

  --check   reads the configuration, reports errors and warnings, and exits
  --help    lists all settings and exits
`;

/** Reads the configuration to start with, or handles an option and ends the process. */
export function runCommandLine(args: string[]): ReturnType<typeof readProcessConfig> {
  try {
    const options = { check: { type: 'boolean' }, help: { type: 'boolean' } } as const;
    const { values } = parseArgs({ args, options });
    if (values.help === true)
      end(`${usage}\nThe settings, read from the environment and .env:\n\n${settingsHelp(settings)}\n`);
    const read = readProcessConfig();
    if (values.check === true)
      end(
        [...read.warnings.map((warning) => `Warning: ${warning}`), 'The configuration is valid.', ''].join(
          '\n',
        ),
      );
    return read;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(isUsageError(error) ? `${message}\n\n${usage}` : `${message}\n`);
    process.exit(1);
  }
}

function end(output: string): never {
  process.stdout.write(output);
  process.exit(0);
}

function isUsageError(error: unknown): boolean {
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_');
}
