// Public API of lineage: verdicts of hours as OpenLineage events.
export { lineageProducer, type PostLineage } from "./lineage-producer.ts";
export { type LineageOptions, queueRunEvents } from "./queue-run-events.ts";
