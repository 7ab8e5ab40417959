/** Inks of one appearance. Stages run from light to deep of one hue; `none` has no fill, only an outline. */
export interface Palette {
  readonly dark: boolean;
  readonly accent: string;
  readonly ground: string;
  readonly surface: string;
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  /** Outline of stage shapes, so that the lightest and the deepest both stand out from the ground. */
  readonly outline: string;
  readonly stages: readonly [string, string, string, string];
  readonly gain: string;
  readonly loss: string;
  /** Series that are no stages, in order of use. */
  readonly series: readonly string[];
  /** Ends of a scale from little to much. */
  readonly scale: readonly [string, string];
}

export const light: Palette = {
  dark: false,
  accent: '#0b6e69',
  ground: '#f5f6f7',
  surface: '#ffffff',
  text: '#1c2329',
  muted: '#5b6670',
  line: '#dfe3e6',
  outline: '#4386d6',
  stages: ['#8fbcf0', '#4386d6', '#1f5fb0', '#0f3a7a'],
  gain: '#0b6e69',
  loss: '#b8430b',
  series: ['#0b6e69', '#b8430b', '#4386d6', '#8a6d00', '#7a4fa3', '#5b6670'],
  scale: ['#eef5f5', '#0b6e69'],
};

export const dark: Palette = {
  dark: true,
  accent: '#45b8ae',
  ground: '#101417',
  surface: '#181d21',
  text: '#e4e8eb',
  muted: '#9aa5ae',
  line: '#2e363c',
  outline: '#7fb3ee',
  stages: ['#c3ddfb', '#85b7f0', '#4a8ddc', '#2d6fc6'],
  gain: '#45b8ae',
  loss: '#f08a4b',
  series: ['#45b8ae', '#f08a4b', '#85b7f0', '#d1b13c', '#b794dd', '#9aa5ae'],
  scale: ['#1d2a2b', '#45b8ae'],
};

/** The colour of a stage by its place among the stages, from the shallowest; absent for none. */
export function stageColor(palette: Palette, place: number): string | undefined {
  if (place < 0) return undefined;
  return palette.stages[Math.min(place, palette.stages.length - 1)];
}
