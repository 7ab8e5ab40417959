import { copyFile, link, mkdir, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A file of the home beside its stores, by its path in the home, and how much of it belongs to the backup. */
export interface HomeFile {
  readonly path: string;
  readonly size: number;
}

/** Folders of a home that no store keeps: events that were answered and are not taken in yet, uploads, made reports. */
export const ownFolders = ['live', 'uploads', 'reports'] as const;

/**
 * Links the home's own files into a folder, so that they stay as they are while the home goes on. Note: the log's last
 * file still grows, and what is added to it later lies beyond the size that was noted.
 */
export async function keepFiles(dir: string, kept: string): Promise<HomeFile[]> {
  const files: HomeFile[] = [];
  for (const folder of ownFolders)
    for (const path of await pathsIn(dir, folder)) {
      const to = join(kept, path);
      await mkdir(dirname(to), { recursive: true });
      const { size } = await stat(join(dir, path));
      await link(join(dir, path), to).catch(() => copyFile(join(dir, path), to));
      files.push({ path, size });
    }
  return files;
}

async function pathsIn(dir: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(dir, folder), { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const paths: string[] = [];
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) paths.push(...(await pathsIn(dir, path)));
    else if (entry.isFile()) paths.push(path);
  }
  return paths;
}

/** Whether a path out of a backup may be written into a home. */
export const isOwnPath = (path: string): boolean => {
  const [folder = '', ...rest] = path.split('/');
  const isPlain = (name: string) => name !== '' && name !== '.' && name !== '..' && !name.includes('\0');
  return ownFolders.some((each) => each === folder) && rest.length > 0 && rest.every(isPlain);
};
