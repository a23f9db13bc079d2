// Facts that an owner takes back, and hours that are accepted as they are.
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
