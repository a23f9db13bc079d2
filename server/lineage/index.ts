// Public API of lineage: verdicts of hours as OpenLineage events.
export { lineageProducer, type PostLineage } from "./lineage-producer.ts";
export { queueRunEvents } from "./queue-run-events.ts";
