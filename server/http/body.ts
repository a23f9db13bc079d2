import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { Context as HonoContext, MiddlewareHandler } from "hono";
import { foreignCharset } from "#domain/protocol.ts";
import { Invalid, UnsupportedMediaType } from "#server/errors.ts";
import type { ApiEnv } from "./api-deps.ts";
import { bodyTooLarge } from "./limit-body.ts";

const inflate = promisify(gunzip);
const utf8 = new TextDecoder("utf-8", { fatal: true });

/** The media type without parameters; "" if none was sent. */
export function mediaTypeOf(c: HonoContext<ApiEnv>): string {
  return (c.req.header("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
}

/** The body's bytes, decompressed if gzip; 413 beyond what the route reads, 415 for another encoding. */
export async function readBytes(c: HonoContext<ApiEnv>): Promise<Uint8Array> {
  const encoding = encodingOf(c);
  const bytes = new Uint8Array(await c.req.arrayBuffer());
  if (encoding === "identity") return bytes;
  const { maxBodyBytes } = c.var;
  try {
    return await inflate(bytes, { maxOutputLength: maxBodyBytes });
  } catch (error) {
    if ((error as { code?: string }).code === "ERR_BUFFER_TOO_LARGE") throw bodyTooLarge(maxBodyBytes);
    throw new Invalid("The body is not what its Content-Encoding says.", [{ pointer: "", detail: "must be gzip" }]);
  }
}

/** How the body is encoded; 415 if unsupported. */
export function encodingOf(c: HonoContext<ApiEnv>): "identity" | "gzip" {
  const encoding = (c.req.header("content-encoding") ?? "identity").trim().toLowerCase();
  if (encoding === "identity") return "identity";
  if (encoding === "gzip" || encoding === "x-gzip") return "gzip";
  throw new UnsupportedMediaType(`The body's encoding is ${encoding}; send gzip or none.`);
}

/** Refuses a charset other than UTF-8: decoded as UTF-8, its names would differ. */
export const requireUtf8: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const charset = foreignCharset(c.req.header("content-type") ?? "");
  if (charset !== null) throw new UnsupportedMediaType(`The body's character set is ${charset}; send UTF-8.`);
  await next();
};

/** The body as text; Invalid if it is not UTF-8. */
export async function readText(c: HonoContext<ApiEnv>): Promise<string> {
  return toText(await readBytes(c));
}

function toText(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) throw notReadable("must be text in UTF-8");
    throw error;
  }
}

export async function readJson(c: HonoContext<ApiEnv>): Promise<unknown> {
  return toJson(await readBytes(c));
}

export function toJson(bytes: Uint8Array): unknown {
  const text = toText(bytes);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw notReadable(`must be JSON: ${(error as Error).message}`);
  }
}

function notReadable(detail: string): Invalid {
  return new Invalid("The body cannot be read.", [{ pointer: "", detail }]);
}

/** The JSON body of a PUT, checked by domain/catalogue. */
export async function readSpec(c: HonoContext<ApiEnv>): Promise<unknown> {
  if (mediaTypeOf(c) !== "application/json") throw new UnsupportedMediaType("Send the spec as application/json.");
  return readJson(c);
}
