// What is silenced, for how long and why.
export { nextWindows } from "./silence/next-windows.ts";
export {
  parseExtension,
  parseSilence,
  parseSilenceDraft,
  parseStoredSilence,
  type SilenceSpec,
  silenceDraft,
  silenceExtension,
  silenceRequestFields,
  silenceSpec,
} from "./silence/parse-silence.ts";
export { type Silence, silencedBy, silenceState } from "./silence/silenced-by.ts";
export { readWeekly, weekdayNames, writeWeekly } from "./silence/weekly.ts";
