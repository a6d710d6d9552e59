import type { HostSample } from '../../src/domains/host/events.ts';

/** The part of the graph that the peers serve, with the same names and types. Resolvers read plain properties. */
export const typeDefs = /* GraphQL */ `
  scalar DateTime
  type Query {
    systemMetrics(hostId: ID): SystemMetrics
  }
  type Subscription {
    systemMetrics(hostId: ID, everyMs: Int): SystemMetrics!
  }
  type SystemMetrics {
    hostId: ID!
    sampledAt: DateTime!
    cpu: Cpu!
    memory: Memory!
    disk: Disk!
    network: Network!
    uptimeMs: Float
  }
  type Cpu {
    usedPercent: Float
    coreCount: Int!
    frequencyMhz: Float
    loadAverage1m: Float
  }
  type Memory {
    usedPercent: Float
    usedBytes: Float
    totalBytes: Float
    availableBytes: Float
  }
  type Disk {
    usedPercent: Float
    usedBytes: Float
    totalBytes: Float
    readBytesPerSecond: Float
    writeBytesPerSecond: Float
  }
  type Network {
    sentBytes: Float
    receivedBytes: Float
    sentPacketCount: Float
    receivedPacketCount: Float
  }
`;

/** The sample, with its time formatted once. */
export function peerSample(sample: HostSample) {
  return { ...sample, sampledAt: new Date(sample.sampledAt).toISOString() };
}

export type PeerSample = ReturnType<typeof peerSample>;
