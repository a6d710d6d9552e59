import { text } from '../../config/parsers.ts';
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
  },
  resolve: ({ diskPath }, context) => ({ diskPath: context.path(diskPath) }),
});
