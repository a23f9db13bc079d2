// What is kept quiet, for how long and why.

export { isSilenced, type Silence, type SilenceState, silencedBy, silenceState } from "./silence/is-silenced.ts";
export { parseSilence, parseSilenceDraft, type SilenceSpec, silenceSpec } from "./silence/parse-silence.ts";
