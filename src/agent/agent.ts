import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log/log.ts';
import { HostSampler, type SamplerOptions } from './host-sampler.ts';
import { ReportBuffer } from './report-buffer.ts';
import { ReportSender, type SenderOptions } from './report-sender.ts';

export interface AgentOptions
  extends SamplerOptions, Pick<SenderOptions, 'url' | 'token' | 'ca' | 'signingSecret'> {
  readonly bufferBytesMax: number;
  readonly log: Log;
}

/** How long the last samples may take to be sent. */
const flushMs = 3_000;

/**
 * Samples this machine at an interval and sends the samples to a server, until the signal aborts. Sampling does not wait
 * for the server: samples are buffered.
 */
export async function runAgent(options: AgentOptions, signal: AbortSignal): Promise<void> {
  const { log, bufferBytesMax, intervalMs } = options;
  const buffer = new ReportBuffer(bufferBytesMax);
  await using sender = new ReportSender({ ...options, buffer });
  await using sampler = await HostSampler.open(options);
  const sending = sender.run(signal);
  let failing = false;
  let dropped = 0;
  let dropping = false;
  for (let nextAt = performance.now(); !signal.aborted; nextAt += intervalMs) {
    nextAt = Math.max(nextAt, performance.now() - intervalMs); // without catching up after the machine slept
    await sleep(Math.max(0, nextAt - performance.now()), undefined, { signal }).catch(() => {});
    if (signal.aborted) break;
    try {
      buffer.add(await sampler.sample(signal));
      sender.wake();
      if (failing) log.info({}, 'the host is sampled again');
      failing = false;
    } catch (error) {
      if (!failing && !signal.aborted) log.warn({ err: error }, 'the host cannot be sampled');
      failing = true;
    }
    const drops = buffer.dropped > dropped;
    if (drops && !dropping)
      log.warn({ dropped: buffer.dropped, waiting: buffer.length }, 'samples are dropped, the oldest first');
    dropping = drops;
    dropped = buffer.dropped;
  }
  await sending;
  await sender.flush(AbortSignal.timeout(flushMs));
  log.info({ waiting: buffer.length, dropped: buffer.dropped }, 'stopped');
}
