// What is silenced, for how long and why.
export { parseSilence, parseSilenceDraft, type SilenceSpec, silenceSpec } from "./silence/parse-silence.ts";
export { type Silence, silencedBy, silenceState } from "./silence/silenced-by.ts";
