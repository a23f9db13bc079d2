// Corrections: an owner takes facts back, or accepts hours as they are.
export { type AcceptedFigures, isAcceptanceInForce } from "./correction/acceptance.ts";
export {
  type CorrectionAction,
  type CorrectionDraft,
  correctionActions,
  parseCorrection,
  readReason,
} from "./correction/parse-correction.ts";
export {
  type Corrections,
  type DiscardedCounts,
  indexCorrections,
  type ResetMarks,
} from "./correction/set-aside.ts";
