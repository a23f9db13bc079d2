import { readPicture } from "#server/documentation/index.ts";

/** The pictures of the documentation. */
export async function GET(_request: Request, { params }: { params: Promise<{ name: string }> }): Promise<Response> {
  const picture = await readPicture((await params).name);
  if (picture === null) return new Response("Image not found.", { status: 404 });
  return new Response(new Uint8Array(picture), {
    headers: { "content-type": "image/png", "cache-control": "private, max-age=3600" },
  });
}
