import { type FileHandle, open } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';

/**
 * The least that an acknowledgement means: a server that parses each body, appends it to a file and syncs, all that came
 * meanwhile together. No keys, no limits, no checksums, no way back after a crash.
 */
export async function bareServer(path: string): Promise<{ server: Server; events(): number; close(): Promise<void> }> {
  const file = await open(path, 'a');
  let events = 0;
  let waiting: { body: Buffer; answer: () => void }[] = [];
  let isWriting = false;
  const write = async () => {
    isWriting = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      await append(
        file,
        batch.map(({ body }) => body),
      );
      for (const { answer } of batch) answer();
    }
    isWriting = false;
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      events += (JSON.parse(body.toString()) as { batch: unknown[] }).batch.length;
      waiting.push({ body, answer: () => response.end('{}') });
      if (!isWriting) void write();
    });
  });
  return { server, events: () => events, close: () => file.close() };
}

async function append(file: FileHandle, bodies: readonly Buffer[]): Promise<void> {
  await file.writev(bodies);
  await file.datasync();
}
