import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { createGunzip } from "node:zlib";
import type { Context as HonoContext } from "hono";
import { Invalid } from "#server/errors.ts";
import type { ApiEnv } from "./api-deps.ts";
import { encodingOf } from "./body.ts";
import type { ByteHold } from "./byte-budget.ts";
import { bodyLimits, bodyTooLarge } from "./limit-body.ts";

const maxBodyBytes = bodyLimits.events;

/** The decompressed bytes, as from readBytes, but charged to the budget while they arrive: compressed and decompressed. */
export async function readHeldBody(c: HonoContext<ApiEnv>, hold: ByteHold): Promise<Uint8Array> {
  const isPacked = encodingOf(c) === "gzip";
  const declared = Number(c.req.header("content-length") ?? 0);
  if (declared > maxBodyBytes) throw bodyTooLarge(maxBodyBytes);
  hold.expect(declared);
  const { body } = c.req.raw;
  if (!body) return new Uint8Array();
  const packed = counted(Readable.fromWeb(body as ReadableStream), hold);
  if (!isPacked) return Buffer.concat(await Array.fromAsync(packed));
  const bytes = Buffer.concat(await Array.fromAsync(packed));
  const unpacker = createGunzip();
  unpacker.end(bytes);
  try {
    return Buffer.concat(await Array.fromAsync(counted(unpacker, hold)));
  } catch (error) {
    if (!(error as { code?: string }).code?.startsWith("Z_")) throw error;
    throw new Invalid("The body is not what its Content-Encoding says.", [{ pointer: "", detail: "must be gzip" }]);
  }
}

async function* counted(source: AsyncIterable<Uint8Array>, hold: ByteHold): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of source) {
    size += chunk.byteLength;
    if (size > maxBodyBytes) throw bodyTooLarge(maxBodyBytes);
    hold.take(chunk.byteLength);
    yield chunk;
  }
}
