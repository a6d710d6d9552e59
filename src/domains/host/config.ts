import { integer, text } from '../../config/parsers.ts';
import { section } from '../../config/setting.ts';

export const hostSettings = section({
  title: 'Host',
  settings: {
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
  },
  resolve: ({ diskPath, ...values }, context) => ({ diskPath: context.path(diskPath), ...values }),
});
