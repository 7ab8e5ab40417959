import { Writable } from 'node:stream';
import type { Command } from 'commander';
import { InputError } from '../../base/errors.ts';
import type { Asked, PeoplePage, SomePeople } from '../../mcp/asked.ts';
import { commandOf } from '../command.ts';
import type { Product } from '../product.ts';
import type { Session } from '../session.ts';

/** `mcp`: the analyses as tools, until the program at the other end is gone or the user interrupts. */
export function mcpCommand(session: Session): Command {
  const says = session.text.commands.mcp;
  return commandOf(session, 'mcp', says).action(async () => {
    const { stdin, stdout, stderr, signal } = session.io;
    if (!stdin) throw new InputError('mcp', says.none);
    const asked = askedOf(await session.product());
    // Note: the protocol takes long to load, and no other command needs it.
    const { serveMcp } = await import('../../mcp/stdio.ts');
    signal.addEventListener('abort', () => stdin.destroy(), { once: true });
    await serveMcp(asked, {
      input: stdin,
      output: new Writable({
        write: (piece: Buffer, _encoding, taken) => {
          stdout.write(piece.toString('utf8'));
          taken();
        },
      }),
      log: (line) => stderr.write(`${line}\n`),
    });
  });
}

/** The terminal's own home, which its user may see whole. */
function askedOf(product: Product): Asked {
  const quiet = () => {};
  return {
    analyses: product.analyses,
    mayListPeople: true,
    run: (id, params) => product.run(id, params, quiet),
    explain: (id, params) => product.explain(id, params),
    people: async (id, params, row, page) => pageOf(await product.people(id, params, row, quiet), page),
    extent: () => product.dataState(),
  };
}

/** Consumers in order, those after `after`. */
function pageOf(all: readonly number[], { limit, after }: PeoplePage): SomePeople {
  const rest = all.filter((each) => each > after);
  const consumers = rest.slice(0, limit);
  const last = consumers.at(-1);
  return { count: all.length, consumers, ...(rest.length > limit && last !== undefined ? { next: last } : {}) };
}
