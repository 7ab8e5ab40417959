/** A part of a form: a text, or a file under a name. */
export interface FormPart {
  readonly name: string;
  readonly value: string | Uint8Array<ArrayBuffer>;
  readonly file?: string;
}

/** A form as `multipart/form-data`. */
export async function multipart(parts: readonly FormPart[]): Promise<{ body: Uint8Array; type: string }> {
  const form = new FormData();
  for (const { name, value, file } of parts)
    if (typeof value === 'string') form.append(name, value);
    else form.append(name, new Blob([value], { type: 'application/zip' }), file);
  const encoded = new Response(form);
  const type = encoded.headers.get('content-type') ?? '';
  return { body: new Uint8Array(await encoded.arrayBuffer()), type };
}
