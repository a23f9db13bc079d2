import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";

export const flowSeconds = 600;
const refusalSeconds = 60;

const keptSchema = z.union([
  z.object({
    expiresAtMs: z.number(),
    flow: z.object({ state: z.string(), nonce: z.string(), codeVerifier: z.string() }),
    next: z.string(),
  }),
  z.object({ expiresAtMs: z.number(), refusal: z.string() }),
]);

/** Of a browser on its way to the provider and back: what it must bring back, or why it was refused. */
export type KeptFlow = z.output<typeof keptSchema>;

export function keepFlow(key: Buffer, kept: Omit<Extract<KeptFlow, { next: string }>, "expiresAtMs">): string {
  return seal(key, { ...kept, expiresAtMs: Date.now() + flowSeconds * 1000 });
}

/** A sentence for the sign-in page. Signed, so that no link can make the page say something. */
export function keepRefusal(key: Buffer, refusal: string): { value: string; seconds: number } {
  return { value: seal(key, { refusal, expiresAtMs: Date.now() + refusalSeconds * 1000 }), seconds: refusalSeconds };
}

/** null if it expired or was not signed with the key. */
export function readFlow(key: Buffer, value: string | undefined): KeptFlow | null {
  const [payload = "", given = ""] = value?.split(".") ?? [];
  const expected = Buffer.from(sign(key, payload));
  const signature = Buffer.from(given);
  if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) return null;
  const kept = keptSchema.safeParse(JSON.parse(Buffer.from(payload, "base64url").toString("utf8")));
  return kept.success && kept.data.expiresAtMs > Date.now() ? kept.data : null;
}

function seal(key: Buffer, kept: KeptFlow): string {
  const payload = Buffer.from(JSON.stringify(kept)).toString("base64url");
  return `${payload}.${sign(key, payload)}`;
}

function sign(key: Buffer, payload: string): string {
  // A purpose of its own: the same key signs visitors' cookies.
  return createHmac("sha256", key).update(`sign-in flow ${payload}`).digest("base64url");
}
