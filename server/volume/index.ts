// Public API of volume: expected event counts.
export { createExclusion } from "./create-exclusion.ts";
export { listExclusions } from "./list-exclusions.ts";
export { readVolume } from "./read-volume.ts";
export { readVolumeBaselines, type VolumeKey, VolumeMemory } from "./read-volume-baselines.ts";
export { removeExclusion } from "./remove-exclusion.ts";
