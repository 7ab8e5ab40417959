import { dressForPrint } from '../../shell/printing.ts';

/** Room that charts take to draw themselves anew. */
const MS_TO_REDRAW = 400;

/** Prints the sheet at the width of the paper: charts are drawn for it before. */
export async function printSheet(): Promise<void> {
  dressForPrint(true);
  await new Promise((resolve) => window.setTimeout(resolve, MS_TO_REDRAW));
  window.print();
  dressForPrint(false);
}
