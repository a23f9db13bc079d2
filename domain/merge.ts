// Merges many messages into one batch of rows, whatever their order, repetition and batching.
export { addMessage, mergeBatches } from "./merge/add-message.ts";
export {
  type Batch,
  emptyBatch,
} from "./merge/batch.ts";
export { addClosingStep, type ClosingStep, closedAtOf } from "./merge/closing-steps.ts";
export { type SingleKind, type SingleRowOf, singleKinds } from "./merge/single-rows.ts";
