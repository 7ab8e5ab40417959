import type { Told } from '../app/answers.ts';
import type { Wording } from '../app/export/cells.ts';
import { type ExportFile, streamed } from '../app/export/file.ts';
import { consumersCsv } from '../app/export/text.ts';

/** Note: kept by the caller, and asked for again each time: the tag says whether it still holds. */
const revalidated = { 'cache-control': 'private, no-cache' };

/** The tag as a header has it; forms of one answer differ. */
export function etagOf(tag: string, ...form: readonly string[]): string {
  return `"${[tag, ...form].join('-')}"`;
}

/** Whether the caller has what it asks for already. */
export function isKnown(request: Request, etag: string): boolean {
  const given = (request.headers.get('if-none-match') ?? '').split(',');
  return given.some((each) => each.trim().replace(/^W\//, '') === etag);
}

export function unchanged(etag: string): Response {
  return new Response(null, { status: 304, headers: { etag, ...revalidated } });
}

export function jsonText({ tag, text }: Told): Response {
  return new Response(text, { headers: { 'content-type': 'application/json', etag: etagOf(tag), ...revalidated } });
}

/** A file to keep. Note: its name is made by the product, of letters, digits and dashes. */
export function attachment({ name, type, body }: ExportFile, etag?: string): Response {
  const bytes = body instanceof ReadableStream ? body : new Uint8Array(body);
  const tagged: Record<string, string> =
    etag === undefined ? { 'cache-control': 'no-store' } : { etag, ...revalidated };
  return new Response(bytes, {
    headers: { 'content-type': type, 'content-disposition': `attachment; filename="${name}"`, ...tagged },
  });
}

/** Consumers as a file, page after page. */
export function consumersFile(name: string, pages: Iterable<Iterable<number>>, wording: Wording): Response {
  return attachment({
    name: `${name}.csv`,
    type: 'text/csv; charset=utf-8',
    body: streamed(consumersCsv(pages, wording)),
  });
}
