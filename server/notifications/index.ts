// Public API of notifications: what is sent, where, and the results.
export { channelProducer } from "./channel-producer.ts";
export type { NotifyContext, Send, SendRequest } from "./context.ts";
export { deleteChannel } from "./delete-channel.ts";
export { dropOldAlerts } from "./drop-old-alerts.ts";
export { escalateNext } from "./escalate.ts";
export { findBlindness } from "./find-blindness.ts";
export { findMuteReason } from "./find-mute-reason.ts";
export { flushNextGroup } from "./flush-group.ts";
export { listChannels, readChannel } from "./list-channels.ts";
export { notifyOfIncidents } from "./notify-of-incidents.ts";
export { queueDigests } from "./queue-digests.ts";
export { readRoutingTree } from "./read-routing-tree.ts";
export { readRuleStanding } from "./read-rule-standing.ts";
export { rerouteAlerts } from "./reroute-alerts.ts";
export { resendAlerts } from "./resend-alertmanager.ts";
export { sendDigestNow } from "./send-digest-now.ts";
export { testChannel } from "./test-channel.ts";
export { testRoutes } from "./test-routes.ts";
