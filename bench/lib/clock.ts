/** Milliseconds of a clock that all processes of this machine share. */
const offsetMs = Number(process.hrtime.bigint()) / 1e6 - performance.now();

export function sharedNow(): number {
  return performance.now() + offsetMs;
}

/** CPU time of this process so far, user and system, in microseconds. */
export function cpuUs(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}
