const factor = 4;
const retryMsMax = 3_600_000;
/** Share by which waits differ, so that deliveries that failed together are not all repeated together. */
const jitter = 0.2;

/** How long to wait after a call that failed. @param attempts the calls so far. */
export function retryDelayMs(attempts: number, firstMs: number, random: () => number = Math.random): number {
  const waitMs = Math.min(retryMsMax, firstMs * factor ** (attempts - 1));
  return Math.round(waitMs * (1 + jitter * (2 * random() - 1)));
}
