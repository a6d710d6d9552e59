import { readdirSync, readFileSync } from 'node:fs';

const ticksPerSecond = 100;

interface Stat {
  readonly pid: number;
  readonly parent: number;
  readonly seconds: number;
}

function statOf(pid: number): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const [parent, user, system] = [fields[1], fields[11], fields[12]].map(Number);
    return { pid, parent: parent ?? 0, seconds: ((user ?? 0) + (system ?? 0)) / ticksPerSecond };
  } catch {
    return null; // the process has ended
  }
}

/** CPU seconds of a process and of its running descendants, from `/proc` (Linux only). */
export function cpuSecondsOf(pid: number): { readonly own: number; readonly below: number } {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => statOf(Number(name)) ?? []);
  const family = new Set([pid]);
  for (let grown = true; grown;) {
    grown = false;
    for (const one of all) {
      if (family.has(one.pid) || !family.has(one.parent)) continue;
      family.add(one.pid);
      grown = true;
    }
  }
  const own = statOf(pid);
  if (own === null) throw new Error(`process ${pid} has ended`);
  const below = all.filter((one) => one.pid !== pid && family.has(one.pid));
  return { own: own.seconds, below: below.reduce((sum, { seconds }) => sum + seconds, 0) };
}
