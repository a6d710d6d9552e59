/**
 * Variables that programs need to be found, to start and to write files and messages. Ours hold secrets, which any
 * process of the same account can read in `/proc/<pid>/environ` of a child, so a child gets these only.
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
  // Without these no program starts on Windows, whose names have no case.
  'SYSTEMROOT',
  'SYSTEMDRIVE',
  'WINDIR',
  'COMSPEC',
  'PATHEXT',
]);

/** The environment of a program that this process starts. `set` adds variables or replaces them. */
export function childEnvironment(set: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => {
    const upper = name.toUpperCase();
    return passed.has(upper) || upper.startsWith('LC_');
  });
  return { ...Object.fromEntries(own), ...set };
}
