/**
 * The first file that runs, as `dist/main.js` and `dist/token.js`: reports in one line that Node is too old, before an
 * import of the program beside it can fail. Nothing here may need a newer Node than 12.
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
  // An expression, so that the program stays a file of its own when this one is bundled.
  void import(import.meta.url.replace(/\.js$/, '.program.js'));
}
