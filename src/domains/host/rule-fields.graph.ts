import { itemOfKey, ruleFields } from '../../graph/rule-fields.ts';
import { hostSampled } from './events.ts';

ruleFields('host', {
  topic: hostSampled,
  everyMs: 5_000,
  items: itemOfKey,
  fields: {
    'cpu.percent': ['percent', 'CPU usage.'],
    'cpu.loadAverage1m': [null, 'Load average of one minute.'],
    'cpu.loadAverage5m': [null, 'Load average of five minutes.'],
    'cpu.loadAverage15m': [null, 'Load average of 15 minutes.'],
    'memory.percent': ['percent', 'Memory in use.'],
    'memory.usedMb': ['MiB', 'Memory in use.'],
    'memory.availableMb': ['MiB', 'Memory that programs can use.'],
    'memory.swapUsedMb': ['MiB', 'Swap space in use.'],
    'disk.percent': ['percent', 'Disk space in use.'],
    'disk.usedGb': ['GiB', 'Disk space in use.'],
    'disk.readSpeedMbs': ['MiB/s', 'Speed at which the disk is read.'],
    'disk.writeSpeedMbs': ['MiB/s', 'Speed at which the disk is written.'],
    'temperature.cpuC': ['°C', 'Temperature of the CPU.'],
    uptimeSeconds: ['s', 'Time since the host was started.'],
  },
});
