import { settingsHelp } from '../config/reference.ts';
import { settings } from '../settings.ts';

/** The output of `--help`. */
export function help(): string {
  return `Usage: npm start [-- --help]

Starts the server, configured by the environment and by the file .env in the working directory:

${settingsHelp(settings)}
`;
}
