import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log/log.ts';
import { HostSampler, type SamplerOptions } from './host-sampler.ts';
import { ReportBuffer, type BufferBounds } from './report-buffer.ts';
import { ReportSender, type SenderOptions } from './report-sender.ts';
import { ReportStore, storeProblem, type ReportStoreOptions } from './report-store.ts';

export interface AgentOptions
  extends SamplerOptions, Pick<SenderOptions, 'url' | 'token' | 'ca' | 'signingSecret'> {
  readonly buffer: Required<BufferBounds>;
  /** Directory of the samples that wait. Agents of other hosts, or to other servers, use other directories. */
  readonly bufferDirectory: string;
  readonly log: Log;
}

/** How long the last samples may take to be sent. */
const flushMs = 3_000;

/**
 * Samples this machine at an interval and sends the samples to a server, until the signal aborts. Sampling does not wait
 * for the server: samples are buffered, also on disk, so that a restarted agent sends them.
 */
export async function runAgent(options: AgentOptions, signal: AbortSignal): Promise<void> {
  const { log, buffer: bounds, bufferDirectory: directory, intervalMs } = options;
  const opened = await openStore({ directory, log, bytesMax: bounds.bytesMax });
  await using _store = opened?.store ?? null;
  const buffer = new ReportBuffer(bounds, opened?.store, opened?.reports);
  if (opened !== null && (opened.reports.length > 0 || opened.lost > 0)) {
    const { length: waiting, dropped } = buffer;
    log.info({ directory, waiting, dropped, lost: opened.lost }, 'samples of an earlier run wait to be sent');
  }
  await using sender = new ReportSender({ ...options, buffer });
  await using sampler = await HostSampler.open(options);
  const sending = sender.run(signal);
  let failing = false;
  let { dropped } = buffer;
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

/** Null: samples are in memory only. */
async function openStore(options: ReportStoreOptions) {
  try {
    return await ReportStore.open(options);
  } catch (error) {
    const { log, directory } = options;
    log.warn(
      { directory, reason: storeProblem(error) },
      'samples cannot be written to disk; they are kept in memory only',
    );
    return null;
  }
}
