import { itemOfKey, ruleFields } from '../../graph/rule-fields.ts';
import { hostPresence, hostSampled } from './events.ts';

ruleFields('host', {
  topic: hostSampled,
  everyMs: 5_000,
  items: itemOfKey,
  fields: {
    'cpu.usedPercent': ['percent', 'CPU usage.'],
    'cpu.loadAverage1m': [null, 'Load average of one minute.'],
    'cpu.loadAverage5m': [null, 'Load average of five minutes.'],
    'cpu.loadAverage15m': [null, 'Load average of 15 minutes.'],
    'memory.usedPercent': ['percent', 'Memory in use.'],
    'memory.usedBytes': ['bytes', 'Memory in use.'],
    'memory.availableBytes': ['bytes', 'Memory that programs can use.'],
    'memory.swapUsedBytes': ['bytes', 'Swap space in use.'],
    'disk.usedPercent': ['percent', 'Disk space in use.'],
    'disk.usedBytes': ['bytes', 'Disk space in use.'],
    'disk.readBytesPerSecond': ['bytes/s', 'Speed at which the disk is read.'],
    'disk.writeBytesPerSecond': ['bytes/s', 'Speed at which the disk is written.'],
    'temperature.cpuC': ['°C', 'Temperature of the CPU.'],
    uptimeMs: ['ms', 'Time since the host was started.'],
  },
});

ruleFields('reportedHost', {
  topic: hostPresence,
  everyMs: 10_000,
  items: ({ key, payload: { offline } }) => [
    { item: { offline: Number(offline) }, about: { subject: key, labels: {} } },
  ],
  fields: { offline: [null, '1 if the host agent of the host does not report, else 0.'] },
});
