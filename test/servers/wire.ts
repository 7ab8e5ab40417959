import { once } from 'node:events';
import { createServer, connect as dial, type Socket } from 'node:net';

/** A network between two servers of a test, which can be cut, or go silent. */
export interface Wire {
  /** Drops what goes through it and takes no more. */
  cut(): void;
  /** Keeps connections, and lets nothing through them. */
  silence(): void;
  mend(): void;
  stop(): Promise<void>;
}

/** Listens at one port of a host and passes on to another. */
export async function openWire(host: string, from: number, to: number): Promise<Wire> {
  const ends = new Set<Socket>();
  let state: 'whole' | 'cut' | 'silent' = 'whole';
  const keep = (socket: Socket) => {
    ends.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => ends.delete(socket));
  };
  const server = createServer((near) => {
    keep(near);
    if (state === 'cut') return near.destroy();
    const far = dial(to, host);
    keep(far);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.pipe(other);
      one.on('close', () => other.destroy());
    }
    if (state === 'silent') for (const each of [near, far]) each.pause();
  });
  server.listen(from, host);
  await once(server, 'listening');
  const hangUp = () => {
    for (const each of ends) each.destroy();
  };
  return {
    cut: () => {
      state = 'cut';
      hangUp();
    },
    silence: () => {
      state = 'silent';
      for (const each of ends) each.unpipe().pause();
    },
    mend: () => {
      state = 'whole';
      hangUp();
    },
    stop: async () => {
      hangUp();
      server.close();
      await once(server, 'close');
    },
  };
}
