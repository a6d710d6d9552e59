import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { nobody, type Identity } from './embedded-process.ts';

/** Numbers that neither systemd nor any distribution gives to accounts (systemd's "Users, Groups, UIDs and GIDs"). */
const firstId = 60_578;
const lastId = 61_183;

/**
 * The account that the embedded PostgreSQL runs as when we are root: a number that no account and no process has, so
 * that no other program can read its files or enter its socket's folder. It needs no entry in `/etc/passwd`. `seed`
 * makes it the same number at most starts. Undefined where there is none, as in a container that maps few numbers.
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

/** Accounts that an earlier start may have given files to, or that root may have copied them as. */
export function mayHaveOwned(uid: number): boolean {
  return uid === 0 || uid === nobody.uid || isUnnamed(uid);
}

/** One of ours, which has no name. */
export function isUnnamed(uid: number): boolean {
  return uid >= firstId && uid <= lastId;
}

/** Which numbers exist in this container; outside of one all of them do. */
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
