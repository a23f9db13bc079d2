// Public API of explain: why an hour is in trouble.
export { diagnoseIncident } from "./diagnose-incident.ts";
export { loadIncidentLanes } from "./load-incident-places.ts";
export { type LagSample, loadLags } from "./load-lags.ts";
export { loadDeploymentsNear } from "./load-places.ts";
export { readExplanation } from "./read-explanation.ts";
export { readFleetExplanation } from "./read-fleet-explanation.ts";
export { readLagHistory } from "./read-lag-history.ts";
export { readLanes } from "./read-lanes.ts";
export { readLateness } from "./read-lateness.ts";
export { readProgress } from "./read-progress.ts";
export { readSkew } from "./read-skew.ts";
export { readTypeLag } from "./read-type-lag.ts";
export { dropOldSamples, recordSamples } from "./record-samples.ts";
