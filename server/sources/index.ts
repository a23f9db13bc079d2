// Public API of sources: what is measured outside, what it means here, and what was collected last.
export { deleteSource } from "./delete-source.ts";
export { forgetResources } from "./forget-resources.ts";
export { listSourceResources, writeResourceCursor } from "./list-source-resources.ts";
export { listSources, readSource } from "./list-sources.ts";
export { loadCitations } from "./load-citations.ts";
export { loadKnownReadings } from "./load-known-readings.ts";
export { countsAround, type LaneCounts, laneName, loadCountableLanes, loadLaneCounts } from "./load-lane-counts.ts";
export { loadSources, type StoredSource } from "./load-sources.ts";
export { previewSource } from "./preview-source.ts";
export { readCitedVerdict } from "./read-cited-verdict.ts";
export { recordRun } from "./record-run.ts";
export { takeCollection } from "./take-collection.ts";
