import type { HostSample } from '../../src/domains/host/events.ts';

/**
 * The synthetic host sample: 20 leaves, about 476 bytes per `next` message. The leaf `bytesSent` contains the number of
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
      percent: 37.25,
      cores: 16,
      frequencyMhz: 2_894.55,
      loadAverage1m: 1.25,
      loadAverage5m: 1.75,
      loadAverage15m: 2.25,
    },
    memory: {
      percent: 61.42,
      usedMb: 19_812.4453,
      totalMb: 32_256.1406,
      availableMb: 12_443.6953,
      swapUsedMb: 128.25,
      swapTotalMb: 4_096.5,
    },
    disk: {
      path: '/',
      percent: 71.52,
      usedGb: 712.2234,
      totalGb: 995.8125,
      readSpeedMbs: 12.4375,
      writeSpeedMbs: 48.0625,
    },
    network: {
      bytesSent: markedNumber(event),
      bytesRecv: 512_345_678_901,
      packetsSent: 123_456_789,
      packetsRecv: 234_567_890,
      errorsIn: 0,
      errorsOut: 0,
    },
    temperature: { cpuC: 54.5 },
    uptimeSeconds: 1_234_567.89,
  };
}

const leaves = `hostId sampledAt uptimeSeconds
  cpu { percent cores frequencyMhz loadAverage1m }
  memory { percent usedMb totalMb availableMb }
  disk { percent usedGb totalGb readSpeedMbs writeSpeedMbs }
  network { bytesRecv packetsSent packetsRecv bytesSent }`;

export const queryText = `query { systemMetrics { ${leaves} } }`;

export const subscriptionText = `subscription ($host: ID) { systemMetrics(hostId: $host, everyMs: 100) { ${leaves} } }`;

/** A document that is different for each connection: `$N` is replaced by the connection's number. */
export const ownSubscriptionText = `subscription { m$N: systemMetrics(everyMs: 100) { hostId sampledAt uptimeSeconds
  c$N: cpu { percent cores frequencyMhz loadAverage1m }
  memory { percent used$N: usedMb totalMb availableMb }
  disk { percent usedGb totalGb readSpeedMbs writeSpeedMbs }
  network { bytesRecv packetsSent packetsRecv bytesSent } } }`;
