import { collectDefaultMetrics, Registry } from "prom-client";

/** Node's gauges whose names end as a counter's do; the same without a sum by type is named without `_total`. */
const misnamed = ["nodejs_active_resources_total", "nodejs_active_handles_total", "nodejs_active_requests_total"];

/** A registry with memory, CPU and event loop of this process. */
export function openRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  for (const name of misnamed) registry.removeSingleMetric(name);
  return registry;
}
