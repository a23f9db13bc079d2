import { setTimeout as sleep } from "node:timers/promises";
import { openEgress } from "#server/adapters/egress.ts";
import { sendLineage } from "#server/adapters/openlineage.ts";
import { pingWatchdog } from "#server/adapters/watchdog.ts";
import { sendWebhook } from "#server/adapters/webhook.ts";
import { egressOf, publicUrlOf, readSecret } from "#server/config.ts";
import { openWorker } from "../open-worker.ts";
import { awaitResume } from "./await-resume.ts";
import { notify } from "./loop.ts";
import { createSend } from "./send-to-channel.ts";

const loops = [
  "decide-notifications",
  "escalate",
  "reroute-alerts",
  "send-notifications",
  "send-webhooks",
  "resend-alerts",
  "consumer-messages",
] as const;
const worker = openWorker({
  name: "notify",
  work: "notify",
  turns: loops,
  maxConnections: 12,
  opensSecrets: true,
});
const { signal, ctx } = worker.parts;
const publicUrl = publicUrlOf(worker.config);
const egress = egressOf(worker.config);
const { TIDEMARK_AUDIT_WEBHOOK: auditUrl, TIDEMARK_SECRET_AUDIT_WEBHOOK: auditSecret } = worker.config;
const { OPENLINEAGE_URL: lineageBase, OPENLINEAGE_API_KEY: lineageKey } = worker.config;
const lineageUrl = lineageBase && new URL(worker.config.OPENLINEAGE_ENDPOINT, `${lineageBase}/`).href;
const watchdogUrl = worker.config.TIDEMARK_WATCHDOG_URL;

const pause = (realMs: number) => sleep(realMs, undefined, { signal }).catch(() => undefined);

const start = () =>
  notify({
    ...worker.parts,
    ctx: {
      ...ctx,
      publicUrl,
      send: createSend({ publicUrl, clock: ctx.clock, readSecret, egress }),
      post: ({ allowPrivate, ...message }) => sendWebhook({ ...message, egress: openEgress(egress, allowPrivate) }),
    },
    pubsub: worker.config.PUBSUB_PROJECT_ID !== null,
    pingWatchdog: watchdogUrl === null ? null : () => pingWatchdog(watchdogUrl),
    postAudit:
      auditUrl === null || auditSecret === null
        ? null
        : (message) => sendWebhook({ ...message, url: auditUrl, secrets: [auditSecret], egress: openEgress(egress) }),
    postLineage:
      lineageUrl === null
        ? null
        : (body) => sendLineage({ url: lineageUrl, apiKey: lineageKey, body, egress: openEgress(egress) }),
    pause,
  });
// Aborted while it is held, the loops end as they begin.
worker.endAfter([awaitResume(worker.parts, { loops, pause }).then(start)]);
