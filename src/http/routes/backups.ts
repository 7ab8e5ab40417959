import { newBackup } from '../../api/backups.ts';
import { job } from '../../api/jobs.ts';
import { askBackup } from '../../app/jobs/requests.ts';
import { askingOf, note, requireDisk } from '../dataCall.ts';
import { type Route, route } from '../route.ts';

/** Saves the home while it works. A home is restored or moved by the terminal, where no server works on it. */
export const backupRoutes: readonly Route[] = [
  route({
    id: 'backups.make',
    method: 'post',
    path: '/api/backups',
    permission: 'administer',
    summary: { zh: '备份到服务器磁盘上的文件或 S3', en: "Back up into a file of the server's disk, or to S3" },
    body: newBackup,
    answer: job,
    status: 202,
    handle: async (call) => {
      requireDisk(call, call.body.to);
      const started = await askBackup(askingOf(call), call.body);
      await note(call, 'backup.make', { job: started.id, key: call.body.with_key });
      return started;
    },
  }),
];
