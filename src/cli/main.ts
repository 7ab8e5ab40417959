import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { faultOf } from './fault.ts';
import type { Io, Out } from './io.ts';
import { localeOf } from './locale.ts';
import { programOf } from './program.ts';
import type { Session } from './session.ts';

/** Resolves with the exit code once the user has interrupted. */
function interruption(session: Session): Promise<number> {
  const { signal, stderr } = session.io;
  return new Promise((resolve) => {
    const stop = () => {
      const { endsByInterruption: says } = session;
      stderr.write(says ? says() : `\n${session.text.interrupted}\n`);
      resolve(says ? 0 : Number(signal.reason));
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

async function released(session: Session, code: number): Promise<number> {
  try {
    await session.close();
    return code;
  } catch (error) {
    return faultOf(error, session);
  }
}

/** Runs one command line, given without the program's own name, and gives its exit code; the home is released by then. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const { program, session } = programOf(io, localeOf(argv, io.env));
  const interrupted = interruption(session);
  const work = program.parseAsync([...argv], { from: 'user' }).then(
    () => session.exitCode,
    (error: unknown) => (io.signal.aborted ? 0 : faultOf(error, session)),
  );
  const code = await Promise.race([work, interrupted]);
  return released(session, code);
}

function out(stream: NodeJS.WriteStream): Out {
  return { write: (text) => void stream.write(text), isTTY: stream.isTTY === true };
}

/** The process itself as the program's world; a second interruption does not wait. */
function processIo(): Io {
  const controller = new AbortController();
  for (const [name, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(code);
      controller.abort(code);
    });
  // Note: a reader such as `head` that has seen enough is no fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  return {
    stdout: out(process.stdout),
    stderr: out(process.stderr),
    stdin: process.stdin,
    env: process.env,
    now: () => new Date(),
    signal: controller.signal,
    // Note: only when a command needs it, so that help and `list` come at once.
    openProduct: async (dir, env, now) => (await import('./remote/open.ts')).openHere(dir, env, now),
    startServer: async (options) => (await import('../http/server.ts')).startServer(options),
  };
}

const started = process.argv[1];
if (started !== undefined && realpathSync(started) === fileURLToPath(import.meta.url)) {
  const code = await main(process.argv.slice(2), processIo());
  process.stdout.write('', () => process.exit(code));
}
