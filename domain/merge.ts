// Many messages folded into one batch of rows, free of order, repetition and batching.
export { addMessage, mergeBatches } from "./merge/add-message.ts";
export {
  type Batch,
  emptyBatch,
  type MergedBacklog,
  type MergedClosing,
  type MergedCount,
  type MergedDeployment,
  type MergedHeartbeat,
  type MergedMarker,
  type MergedWatermark,
} from "./merge/batch.ts";
export { addClosingStep, type ClosingStep, closedAtOf } from "./merge/closing-steps.ts";
