/**
 * Variables that a program needs to be found, to start, and to write files and messages. The server's own variables
 * contain secrets, which any process of the same account can read in `/proc/<pid>/environ` of a child process, so a
 * child gets only these.
 */
const passed = new Set([
  'PATH',
  'HOME',
  'TMPDIR',
  'TEMP',
  'TMP',
  'TZ',
  'TZDIR',
  'LANG',
  'LANGUAGE',
  'LD_LIBRARY_PATH',
  'DYLD_LIBRARY_PATH',
  'LOCPATH',
  // Windows starts no program without these. Its variable names are case-insensitive.
  'SYSTEMROOT',
  'SYSTEMDRIVE',
  'WINDIR',
  'COMSPEC',
  'PATHEXT',
]);

/** The environment for a child process. `set` adds or replaces variables. */
export function childEnvironment(set: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => {
    const upper = name.toUpperCase();
    return passed.has(upper) || upper.startsWith('LC_');
  });
  return { ...Object.fromEntries(own), ...set };
}
