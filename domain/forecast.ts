// When an open hour will close, and how likely it is to miss its deadline.
export type { CatchUp } from "./forecast/catch-up.ts";
export { type ClosedLane, type Closings, layOutClosings, type TypeTerms } from "./forecast/closings.ts";
export { askNow, type ForecastFacts, type SeenHour, samplesOf, seeNow, type UnclosedHour } from "./forecast/facts.ts";
export { type FittedModel, fitModel } from "./forecast/fit-model.ts";
export { type Forecast, forecastHour, type HourQuestion } from "./forecast/forecast-hour.ts";
export { recentHours } from "./forecast/lateness.ts";
export { type ForecastModel, modelVersion, parseForecastModel } from "./forecast/model.ts";
export { decodeLanes, encodeLanes } from "./forecast/sample-lanes.ts";
export type { ForecastSample } from "./forecast/training.ts";
