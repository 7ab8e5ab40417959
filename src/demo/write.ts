import { type FileHandle, mkdir, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../base/errors.ts';
import { type DemoOptions, demoPieces } from './demo.ts';
import type { DemoManifest } from './manifest.ts';

/** Writes the demo brand's files into an empty or new folder; gives what is true of it. */
export async function writeDemo(dir: string, options: DemoOptions): Promise<DemoManifest> {
  await mkdir(dir, { recursive: true });
  if ((await readdir(dir)).length > 0) {
    throw new InputError(
      'demo_folder',
      `The folder ${dir} is not empty: name a new one, or empty it, so that no other files mix with the demo's.`,
    );
  }
  const files = new Map<string, FileHandle>();
  try {
    const pieces = demoPieces(options);
    for (;;) {
      const next = await pieces.next();
      if (next.done) return next.value;
      const { file, bytes } = next.value;
      const handle = files.get(file) ?? (await open(join(dir, file), 'w'));
      files.set(file, handle);
      await handle.write(bytes);
    }
  } finally {
    await Promise.all([...files.values()].map((handle) => handle.close()));
  }
}
