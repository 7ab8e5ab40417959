import { type Behind, given, type Params } from '../data/answers.ts';
import { download } from '../data/client.ts';

/** Puts a file into the browser's downloads. */
export function keepFile(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Parameters and more as a query string. */
export function queryOf(params: Params, more: Readonly<Record<string, string>> = {}): string {
  const pairs = Object.entries(given(params)).map(([name, value]) => [name, textOf(value)] as [string, string]);
  return new URLSearchParams([...pairs, ...Object.entries(more)]).toString();
}

function textOf(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Keeps a file that the server makes; gives its name. */
export async function exportFrom(path: string, otherwise: string): Promise<string> {
  const { blob, name = otherwise } = await download(path);
  keepFile(blob, name);
  return name;
}

/** The answer to a question as a file made by the server; gives the file's name. */
export function exportAnswer(
  id: string,
  params: Params,
  format: 'csv' | 'xlsx' | 'json',
  lang: string,
): Promise<string> {
  return exportFrom(`/api/analyses/${id}/answer?${queryOf(params, { format, lang })}`, `${id}.${format}`);
}

/** Everybody behind a number as CSV; gives the file's name. */
export function exportPeople({ analysis, params, row }: Behind, lang: string): Promise<string> {
  return exportFrom(
    `/api/analyses/${analysis}/people?${queryOf(params, { row: JSON.stringify(row), lang })}`,
    `${analysis}.csv`,
  );
}

/** A picture of a chart as PNG. */
export function keepPicture(dataUrl: string, name: string): void {
  const link = document.createElement('a');
  link.href = dataUrl;
  link.download = `${name}.png`;
  link.click();
}
