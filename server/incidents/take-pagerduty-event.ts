import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { parseChannel } from "#domain/channel.ts";
import { Invalid, NotFound, Unauthenticated } from "#server/errors.ts";
import {
  acknowledgeFromOutside,
  findNotified,
  ignored,
  type OutsideDeps,
  outsideActor,
  type TakenEvent,
} from "./outside-actor.ts";

export interface PagerdutyEventInput {
  channel: string;
  /** Raw bytes: the signature covers them. */
  body: Uint8Array;
  signature: string | null;
}

/** The fields used from a v3 webhook: https://developer.pagerduty.com/docs/webhooks-overview */
export const pagerdutyEvent = z
  .object({
    event: z.object({
      event_type: z.string(),
      agent: z.object({ summary: z.string() }).nullish(),
      data: z.object({ incident_key: z.string().nullish() }).nullish(),
    }),
  })
  .meta({ id: "PagerdutyEvent" });

/**
 * Handles PagerDuty's event that a page was acknowledged there. The signature authenticates it; a repeated or late
 * event finds the incident acknowledged or resolved and changes nothing.
 */
export async function takePagerdutyEvent(deps: OutsideDeps, input: PagerdutyEventInput): Promise<TakenEvent> {
  await requireSignature(deps, input);
  const { event } = readEvent(input.body);
  if (event.event_type !== "incident.acknowledged") return ignored(`${event.event_type} changes nothing here`);
  const notified = await findNotified(deps.database.sql, [input.channel], event.data?.incident_key ?? "");
  if (!notified) return ignored("this channel was not notified of the incident");
  return acknowledgeFromOutside(deps, notified, outsideActor(event.agent?.summary, "PagerDuty"));
}

async function requireSignature({ database, readSecret }: OutsideDeps, input: PagerdutyEventInput) {
  // Before any lookup: callers without a signature must not learn which channels exist.
  if (!input.signature) {
    throw new Unauthenticated(
      "X-PagerDuty-Signature is missing. Webhooks of version 3 bring it: this is where PagerDuty sends them.",
    );
  }
  const channel = await database.prisma.channel.findUnique({ where: { name: input.channel } });
  const parsed = channel && parseChannel(channel.spec);
  if (!parsed?.ok || parsed.spec.type !== "pagerduty" || !parsed.spec.webhookSecret) {
    throw new NotFound("No channel of this name takes events: give a pagerduty channel a webhookSecret.");
  }
  const secret = readSecret(parsed.spec.webhookSecret.env);
  if (secret !== null && isSignedBy(secret, input.body, input.signature)) return;
  throw new Unauthenticated(
    "X-PagerDuty-Signature does not sign this body. Set the variable that the channel's webhookSecret names, where the API runs, to the webhook subscription's secret.",
  );
}

function readEvent(body: Uint8Array): z.output<typeof pagerdutyEvent> {
  try {
    return pagerdutyEvent.parse(JSON.parse(new TextDecoder().decode(body)));
  } catch {
    throw new Invalid("The body is no event.", [{ pointer: "", detail: "must be a PagerDuty webhook of version 3" }]);
  }
}

/**
 * Whether one of the header's signatures (`v1=<hex>, v1=<hex>`: several during secret rotation) is the body's HMAC-SHA-256.
 * https://developer.pagerduty.com/docs/verifying-webhook-signatures
 */
function isSignedBy(secret: string, body: Uint8Array, header: string): boolean {
  const expected = createHmac("sha256", secret).update(body).digest();
  const isExpected = (signature: string) => {
    const hex = /^v1=([0-9a-f]{64})$/i.exec(signature.trim())?.[1];
    return hex !== undefined && timingSafeEqual(Buffer.from(hex, "hex"), expected);
  };
  return header.split(",").some(isExpected);
}
