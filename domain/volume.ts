// How many events were to be expected, and whether they are too few.
export { evidenceToPage, practicalShare, type VolumeState } from "./volume/drop-evidence.ts";
export { expectedVolume } from "./volume/expected-volume.ts";
export { type ExpectedVolume, judgeVolume, type VolumeJudgement } from "./volume/judge-volume.ts";
export {
  type ExcludedTime,
  foldSeries,
  layOutSeries,
  startMsOf,
  type VolumePoint,
  type VolumeSeries,
} from "./volume/series.ts";
