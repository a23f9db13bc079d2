// Facts that an owner takes back, and hours that are accepted as they are.
export {
  type Corrections,
  type DiscardedCounts,
  indexCorrections,
  type ResetMarks,
} from "./correction/set-aside.ts";
