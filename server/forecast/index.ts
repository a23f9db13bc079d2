// Public API of forecast: when an open hour will close.
export { type FitNeed, fitForecast, readFitNeed } from "./fit-forecast.ts";
export type { LaneCatchUp, LoadCatchUps } from "./load-forecast-facts.ts";
export { loadModel, type StoredModel } from "./load-model.ts";
export { refreshForecasts } from "./refresh-forecasts.ts";
