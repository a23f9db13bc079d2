// Public API of the outbox: messages that leave Tidemark, their attempts and their log.
export type { ClaimedDelivery } from "./claim-deliveries.ts";
export { countDeliveries, type DeliveryCount } from "./count-deliveries.ts";
export { runDispatcher } from "./dispatch.ts";
export { listDeliveries, readDelivery } from "./list-deliveries.ts";
export {
  addCounts,
  attemptOutcomes,
  type NotificationCount,
  readCounts,
  type Suppression,
  suppressions,
} from "./notification-counts.ts";
export { type NewDelivery, outboxChannel, queueDeliveries, wakeOutbox } from "./queue-deliveries.ts";
export { replayDelivery, sendAgain } from "./replay-delivery.ts";
export { type Attempt, type Producer, sendWithin } from "./send-delivery.ts";
