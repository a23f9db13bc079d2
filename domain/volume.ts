// How many events were to be expected, and whether they are too few.
export { expectedVolume } from "./volume/expected-volume.ts";
export { judgeVolume } from "./volume/judge-volume.ts";
export { type ExcludedTime, foldSeries, layOutSeries, startMsOf, type VolumeSeries } from "./volume/series.ts";
