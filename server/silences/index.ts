// Public API of silences: alerts muted for a while.
export { createSilence } from "./create-silence.ts";
export { expireSilence } from "./expire-silence.ts";
export { extendSilence } from "./extend-silence.ts";
export { listSilences } from "./list-silences.ts";
export { previewSilence } from "./preview-silence.ts";
export { readSilence } from "./read-silence.ts";
export { updateSilence } from "./update-silence.ts";
