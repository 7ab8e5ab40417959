import { readFileSync } from 'node:fs';

const sigkill = 1n << 8n;
const exiting = 0x4;

/** Note: /proc stands on Linux only; elsewhere a process is known by its number alone. */
function proc(path: string): string | undefined {
  try {
    return readFileSync(`/proc/${path}`, 'utf8');
  } catch {
    return undefined;
  }
}

/** The fields of /proc/PID/stat from the third on (proc(5)); the second, a name, may hold spaces. */
function statOf(pid: number): string[] {
  const stat = proc(`${pid}/stat`) ?? '';
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** When a process started, as a text that no other process of this machine has: boot and ticks since; empty off Linux. */
export function bornAt(pid: number): string {
  const ticks = statOf(pid)[19];
  return ticks ? `${proc('sys/kernel/random/boot_id')?.trim() ?? ''} ${ticks}` : '';
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function wasKilled(pid: number): boolean {
  const pending = [...(proc(`${pid}/status`) ?? '').matchAll(/^(?:SigPnd|ShdPnd):\s*([0-9a-f]+)$/gm)];
  return pending.some(([, mask]) => (BigInt(`0x${mask}`) & sigkill) !== 0n);
}

/** `leaving` was killed or is ending but still holds its files for a moment; `gone` ended, or its number is another's. */
export type ProcessState = 'alive' | 'leaving' | 'gone';

/** Whether the process of that number, born then, still runs. */
export function stateOf(known: { readonly pid: number; readonly born: string }): ProcessState {
  if (!exists(known.pid)) return 'gone';
  if (known.born === '') return 'alive';
  if (bornAt(known.pid) !== known.born) return 'gone';
  const [state = '', ...rest] = statOf(known.pid);
  if (state === '' || 'ZXx'.includes(state)) return 'gone';
  return (Number(rest[5]) & exiting) !== 0 || wasKilled(known.pid) ? 'leaving' : 'alive';
}
