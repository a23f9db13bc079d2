// When an open hour will close. What others may use of it.
export { type FitNeed, fitForecast, readFitNeed } from "./fit-forecast.ts";
export { loadModel, type StoredModel } from "./load-model.ts";
export { refreshForecasts } from "./refresh-forecasts.ts";
