// Public API of corrections: facts set aside, and hours accepted by their owner.
export { createCorrection } from "./create-correction.ts";
export { deleteName } from "./delete-name.ts";
export { listCorrections } from "./list-corrections.ts";
export { previewCorrection } from "./preview-correction.ts";
export { type NameKind, purgeDeletedNames } from "./purge-deleted-names.ts";
export { readCorrection } from "./read-correction.ts";
export { undoCorrection } from "./undo-correction.ts";
export { workOffCorrections } from "./work-off-corrections.ts";
