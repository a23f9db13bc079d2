import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { parseChannel } from "#domain/channel.ts";
import { acknowledgeAction } from "#domain/notification/slack-action.ts";
import type { Sql } from "#server/db/database.ts";
import { Invalid, Unauthenticated } from "#server/errors.ts";
import {
  acknowledgeFromOutside,
  findNotified,
  ignored,
  type OutsideDeps,
  outsideActor,
  type TakenEvent,
} from "./outside-actor.ts";

export interface SlackActionInput {
  /** Raw bytes: the signature covers them. */
  body: Uint8Array;
  signature: string | null;
  timestamp: string | null;
  /** Real time, which Slack signs with, also in a drill. */
  realNow?: Date;
}

/** The fields used from a click on a button: https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
const slackAction = z.object({
  type: z.string(),
  user: z.object({ id: z.string(), name: z.string().optional(), username: z.string().optional() }),
  actions: z.array(z.object({ action_id: z.string(), value: z.string().optional() })).optional(),
});

/** Slack's own limit: an older request is a recording. */
const validForSeconds = 5 * 60;

/**
 * Handles a click on "Acknowledge" in Slack. The signature authenticates it, and holds for five minutes and one request. The message
 * in Slack is updated by the acknowledgement's own notification.
 */
export async function takeSlackAction(deps: OutsideDeps, input: SlackActionInput): Promise<TakenEvent> {
  const signature = requireFresh(input);
  const channels = await channelsSigning(deps, input, signature);
  const action = readAction(input.body);
  await requireFirst(deps.database.sql, signature, input.realNow ?? new Date());
  const clicked = action.actions?.find(({ action_id }) => action_id === acknowledgeAction);
  if (!clicked) return ignored(`${action.type} changes nothing here`);
  const notified = await findNotified(deps.database.sql, channels, clicked.value ?? "");
  if (!notified) return ignored("no channel of this Slack app was notified of the incident");
  return acknowledgeFromOutside(
    deps,
    notified,
    outsideActor(action.user.username ?? action.user.name ?? action.user.id, "Slack"),
  );
}

/** The signature, if its timestamp is of the last five minutes. */
function requireFresh({ signature, timestamp, realNow = new Date() }: SlackActionInput): string {
  if (!signature || !timestamp) {
    throw new Unauthenticated(
      "X-Slack-Signature or X-Slack-Request-Timestamp is missing. Slack sends both: this is the Request URL of its interactivity.",
    );
  }
  const seconds = /^\d{1,12}$/.test(timestamp) ? Number(timestamp) : Number.NaN;
  if (Math.abs(realNow.getTime() / 1000 - seconds) <= validForSeconds) return signature;
  throw new Unauthenticated(
    "X-Slack-Request-Timestamp is more than 5 minutes from now. Check this machine's clock; an old request is never accepted.",
  );
}

/** The Slack channels whose signing secret made the signature: those of one Slack app. */
async function channelsSigning(
  { database, readSecret }: OutsideDeps,
  { body, timestamp }: SlackActionInput,
  signature: string,
): Promise<string[]> {
  const stored = await database.prisma.channel.findMany({ where: { spec: { path: ["type"], equals: "slack" } } });
  const names = stored.flatMap(({ name, spec }) => {
    const parsed = parseChannel(spec);
    if (!parsed.ok || parsed.spec.type !== "slack" || !parsed.spec.signingSecret) return [];
    const secret = readSecret(parsed.spec.signingSecret.env);
    return secret && isSignedBy(secret, { body, timestamp: timestamp ?? "", signature }) ? [name] : [];
  });
  if (names.length > 0) return names;
  throw new Unauthenticated(
    "X-Slack-Signature does not sign this body. Give the Slack channel a signingSecret, and set the variable that it names, where the API runs, to the Slack app's signing secret.",
  );
}

/** `v0=` and the HMAC-SHA-256 of `v0:timestamp:body`: https://docs.slack.dev/authentication/verifying-requests-from-slack */
function isSignedBy(
  secret: string,
  { body, timestamp, signature }: { body: Uint8Array; timestamp: string; signature: string },
): boolean {
  const hex = /^v0=([0-9a-f]{64})$/i.exec(signature.trim())?.[1];
  const expected = createHmac("sha256", secret).update(`v0:${timestamp}:`).update(body).digest();
  return hex !== undefined && timingSafeEqual(Buffer.from(hex, "hex"), expected);
}

function readAction(body: Uint8Array): z.output<typeof slackAction> {
  try {
    const payload = new URLSearchParams(new TextDecoder().decode(body)).get("payload");
    return slackAction.parse(JSON.parse(payload ?? ""));
  } catch {
    throw new Invalid("The body is no interaction.", [
      { pointer: "", detail: "must be a form with the field payload, as Slack's interactivity sends it" },
    ]);
  }
}

/** Any number of processes may be sent the same request: the row decides which of them is first. */
async function requireFirst(sql: Sql, signature: string, realNow: Date): Promise<void> {
  await sql.query("DELETE FROM signed_request WHERE seen_at < $1", [
    new Date(realNow.getTime() - 2 * validForSeconds * 1000),
  ]);
  const { rowCount } = await sql.query(
    "INSERT INTO signed_request (signature, seen_at) VALUES ($1, $2) ON CONFLICT DO NOTHING",
    [signature.trim().toLowerCase(), realNow],
  );
  if (rowCount === 1) return;
  throw new Unauthenticated("This request was already received. Each signed request is accepted once.");
}
