// The expected number of events, and whether there are too few.
export { expectedVolume } from "./volume/expected-volume.ts";
export { baselineDays, judgeVolume } from "./volume/judge-volume.ts";
export { type ExcludedTime, foldSeries, layOutSeries, startMsOf, type VolumeSeries } from "./volume/series.ts";
