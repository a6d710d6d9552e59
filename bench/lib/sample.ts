import type { HostSample } from '../../src/domains/host/events.ts';

/**
 * The synthetic host sample: 20 leaves, about 476 bytes per `next` message. The leaf `sentBytes` contains the number of
 * the event, always twelve digits that begin with 77, so that a client finds it without parsing and all messages of a
 * document have the same length.
 */

const numberBase = 770_000_000_000;
/** Finds the number of an event in a message. */
export const numberPattern = /77\d{10}(?!\d)/;

export function markedNumber(event: number): number {
  return numberBase + event;
}

export function hostName(index: number): string {
  return `bench-host-${index}`;
}

export function hostSample(host: number, event: number): HostSample {
  return {
    hostId: hostName(host),
    sampledAt: 1_790_000_000_000 + event * 1_000,
    cpu: {
      usedPercent: 37.25,
      coreCount: 16,
      frequencyMhz: 2_894.55,
      loadAverage1m: 1.25,
      loadAverage5m: 1.75,
      loadAverage15m: 2.25,
    },
    memory: {
      usedPercent: 61.42,
      usedBytes: 20_774_854_656,
      totalBytes: 33_823_014_912,
      availableBytes: 13_048_160_256,
      swapUsedBytes: 134_479_872,
      swapTotalBytes: 4_295_491_584,
    },
    disk: {
      path: '/',
      usedPercent: 71.52,
      usedBytes: 764_744_056_832,
      totalBytes: 1_069_245_530_112,
      readBytesPerSecond: 13_041_664,
      writeBytesPerSecond: 50_397_184,
    },
    network: {
      sentBytes: markedNumber(event),
      receivedBytes: 512_345_678_901,
      sentPacketCount: 123_456_789,
      receivedPacketCount: 234_567_890,
      receiveErrorCount: 0,
      sendErrorCount: 0,
    },
    temperature: { cpuC: 54.5 },
    uptimeMs: 1_234_567_000,
  };
}

const leaves = `hostId sampledAt uptimeMs
  cpu { usedPercent coreCount frequencyMhz loadAverage1m }
  memory { usedPercent usedBytes totalBytes availableBytes }
  disk { usedPercent usedBytes totalBytes readBytesPerSecond writeBytesPerSecond }
  network { receivedBytes sentPacketCount receivedPacketCount sentBytes }`;

export const queryText = `query { systemMetrics { ${leaves} } }`;

export const subscriptionText = `subscription ($host: ID) { systemMetrics(hostId: $host, everyMs: 100) { ${leaves} } }`;

/** A document that is different for each connection: `$N` is replaced by the connection's number. */
export const ownSubscriptionText = `subscription { m$N: systemMetrics(everyMs: 100) { hostId sampledAt uptimeMs
  c$N: cpu { usedPercent coreCount frequencyMhz loadAverage1m }
  memory { usedPercent used$N: usedBytes totalBytes availableBytes }
  disk { usedPercent usedBytes totalBytes readBytesPerSecond writeBytesPerSecond }
  network { receivedBytes sentPacketCount receivedPacketCount sentBytes } } }`;
