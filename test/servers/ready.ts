import { setTimeout as pause } from 'node:timers/promises';

const everyMs = 50;

/** A server for a test: its address with user and password, and its end. */
export interface TestServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Asks until a starting server answers; fails with what it said when it ends, or when it stays silent too long. */
export async function whenReady(server: {
  readonly name: string;
  readonly withinMs: number;
  answers(): Promise<boolean>;
  /** What the server said, once it has ended. */
  ended(): string | undefined;
}): Promise<void> {
  const attempts = Math.ceil(server.withinMs / everyMs);
  for (let attempt = 0; attempt < attempts; attempt++) {
    const end = server.ended();
    if (end !== undefined) throw new Error(`${server.name} did not start: ${end}`);
    if (await server.answers().catch(() => false)) return;
    await pause(everyMs);
  }
  throw new Error(`${server.name} did not answer within ${server.withinMs} ms.`);
}
