import { faultText } from '../base/faultText.ts';

/** How often it is looked what is due. */
const LOOK_MS = 20_000;

/** Looks again and again at what the clock asks for. */
export interface DueWatch {
  /** Ends the looking, and waits for the look that is under way. */
  close(): Promise<void>;
}

/** Looks now at what is due, so that what was missed while no server ran is begun, and every 20 seconds from then on. */
export async function watchDue(
  due: () => Promise<void>,
  { what, log }: { readonly what: string; readonly log: ((line: string) => void) | undefined },
): Promise<DueWatch> {
  const looked = async () => {
    try {
      await due();
    } catch (error) {
      log?.(`error ${what} ${faultText(error)}`);
    }
  };
  let looking = looked();
  await looking;
  const timer = setInterval(() => {
    looking = looking.then(looked);
  }, LOOK_MS).unref();
  return {
    close: async () => {
      clearInterval(timer);
      await looking;
    },
  };
}
