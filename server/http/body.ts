import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { Context as HonoContext } from "hono";
import { Invalid, PayloadTooLarge, UnsupportedMediaType } from "#server/errors.ts";
import type { ApiEnv } from "./api-deps.ts";

export const maxBodyBytes = 16 * 1024 * 1024;

const inflate = promisify(gunzip);
const utf8 = new TextDecoder("utf-8", { fatal: true });

/** The media type alone, without its parameters; "" when none was sent. */
export function mediaTypeOf(c: HonoContext<ApiEnv>): string {
  return (c.req.header("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
}

/** The body's bytes, unpacked when it came as gzip; 413 beyond 16 MiB, 415 for another encoding. */
export async function readBytes(c: HonoContext<ApiEnv>): Promise<Uint8Array> {
  const bytes = new Uint8Array(await c.req.arrayBuffer());
  const encoding = (c.req.header("content-encoding") ?? "identity").trim().toLowerCase();
  if (encoding === "identity") return bytes;
  if (encoding !== "gzip" && encoding !== "x-gzip") {
    throw new UnsupportedMediaType(`The body's encoding is ${encoding}; send gzip or none.`);
  }
  try {
    return await inflate(bytes, { maxOutputLength: maxBodyBytes });
  } catch (error) {
    if ((error as { code?: string }).code === "ERR_BUFFER_TOO_LARGE") throw bodyTooLarge();
    throw new Invalid("The body is not what its Content-Encoding says.", [{ pointer: "", detail: "must be gzip" }]);
  }
}

export function bodyTooLarge(): PayloadTooLarge {
  return new PayloadTooLarge("The body is larger than 16 MiB once unpacked. Send it in several requests.");
}

/** The body as text; Invalid for bytes that are no UTF-8. */
export async function readText(c: HonoContext<ApiEnv>): Promise<string> {
  try {
    return utf8.decode(await readBytes(c));
  } catch (error) {
    if (error instanceof TypeError) throw notReadable("must be text in UTF-8");
    throw error;
  }
}

/** The body's JSON value. */
export async function readJson(c: HonoContext<ApiEnv>): Promise<unknown> {
  const text = await readText(c);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw notReadable(`must be JSON: ${(error as Error).message}`);
  }
}

function notReadable(detail: string): Invalid {
  return new Invalid("The body cannot be read.", [{ pointer: "", detail }]);
}

/** The JSON body of a PUT that domain/catalogue checks. */
export async function readSpec(c: HonoContext<ApiEnv>): Promise<unknown> {
  if (mediaTypeOf(c) !== "application/json") throw new UnsupportedMediaType("Send the spec as application/json.");
  return readJson(c);
}
