#!/usr/bin/env node
/**
 * The program `opsgraph`, as `dist/opsgraph.js`: reports in one line that Node is too old, before the import of the
 * commands can fail. Nothing here may need a newer Node than 12.
 */

/** As `engines` in package.json. */
const neededMajor = 20;
const neededMinor = 19;

const [major = 0, minor = 0] = process.version.slice(1).split('.').map(Number);

if (major < neededMajor || (major === neededMajor && minor < neededMinor)) {
  process.stderr.write(
    `opsgraph needs Node ${neededMajor}.${neededMinor} or newer; this is Node ${process.version.slice(1)}.\n`,
  );
  process.exitCode = 1;
} else {
  void import('./run-command.ts').then(({ runCommand }) => runCommand(process.argv.slice(2)));
}
