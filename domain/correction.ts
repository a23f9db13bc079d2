// Corrections: an owner takes facts back, or accepts hours as they are.
export { type AcceptedFigures, isAcceptanceInForce } from "./correction/acceptance.ts";
export {
  type CorrectionAction,
  type CorrectionField,
  correctionActions,
  correctionFields,
  correctionKinds,
} from "./correction/kinds.ts";
export { type CorrectionDraft, parseCorrection, readReason } from "./correction/parse-correction.ts";
export { type Corrections, type HolderScope, indexCorrections } from "./correction/set-aside.ts";
