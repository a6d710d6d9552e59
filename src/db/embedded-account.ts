import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { nobody, type Identity } from './embedded-process.ts';

/** Ids that neither systemd nor any distribution assigns (systemd's "Users, Groups, UIDs and GIDs"). */
const firstId = 60_578;
const lastId = 61_183;

/**
 * The account of the embedded PostgreSQL when this process is root: an id that no account and no process has, so that
 * no other program can read its files or access its socket's folder. It needs no entry in `/etc/passwd`. `seed` selects
 * the same id at most starts. Undefined when no id is free, as in a container that maps few.
 */
export async function unusedAccount(seed: string): Promise<Identity | undefined> {
  const isMapped = await mappedIds();
  const taken = new Set([
    ...(await idsIn('/etc/passwd')),
    ...(await idsIn('/etc/group')),
    ...(await idsOfProcesses()),
  ]);
  const count = lastId - firstId + 1;
  const start = createHash('sha256').update(seed).digest().readUInt32BE(0) % count;
  for (let offset = 0; offset < count; offset++) {
    const id = firstId + ((start + offset) % count);
    if (isMapped(id) && !taken.has(id)) return { uid: id, gid: id };
  }
  return undefined;
}

/** Accounts to which an earlier start may have given files, or under which root may have copied them. */
export function mayHaveOwned(uid: number): boolean {
  return uid === 0 || uid === nobody.uid || isUnnamed(uid);
}

/** One of our ids, which has no name. */
export function isUnnamed(uid: number): boolean {
  return uid >= firstId && uid <= lastId;
}

/** The ids that exist in this container; outside of a container, all. */
async function mappedIds(): Promise<(id: number) => boolean> {
  const ranges = (await readFile('/proc/self/uid_map', 'utf8'))
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  return (id) => ranges.some(([first = 0, , length = 0]) => id >= first && id < first + length);
}

/** The third column of `/etc/passwd` and of `/etc/group`. */
async function idsIn(path: string): Promise<number[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.split('\n').map((line) => Number(line.split(':')[2]));
}

async function idsOfProcesses(): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const owners = await Promise.allSettled(pids.map(async (pid) => (await stat(`/proc/${pid}`)).uid));
  return owners.flatMap((owner) => (owner.status === 'fulfilled' ? [owner.value] : []));
}
