import { hostId, integer, seconds, text } from '../../config/parsers.ts';
import { section } from '../../config/setting.ts';

export const hostSettings = section({
  title: 'Host',
  settings: {
    id: {
      env: 'HOST_ID',
      type: hostId,
      unset: 'the hostname',
      description:
        'Id of this machine in the graph. Set it where hostnames are random, as in containers, so that histories go on after a restart.',
    },
    diskPath: {
      env: 'DISK_PATH',
      type: text,
      default: '/',
      description: 'A path on the file system whose usage is reported.',
    },
    reportedMax: {
      env: 'REPORTED_HOSTS_MAX',
      type: integer(0, 100_000),
      default: '1000',
      description:
        'Hosts that host agents have reported in the last 7 days. A report of a further host is rejected.',
    },
    offlineAfterMs: {
      env: 'REPORTED_HOST_OFFLINE_AFTER_S',
      type: seconds(1, 86_400),
      default: '30',
      description:
        'A reported host is offline when three of its intervals, and at least this number of seconds, have passed without a report.',
    },
  },
  resolve: ({ diskPath, ...values }, context) => ({ diskPath: context.path(diskPath), ...values }),
});
