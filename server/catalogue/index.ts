// Public API of the catalogue: what should exist, and its service levels.
export { type ApplyResult, applyCatalogue } from "./apply-catalogue.ts";
export { applySpec } from "./apply-spec.ts";
export { type FieldValue, tierFields } from "./changed-fields.ts";
export { type DeleteCall, deleteDocument } from "./delete-document.ts";
export { eventTypeFields } from "./event-type-columns.ts";
export { listDatacenters, readDatacenter } from "./list-datacenters.ts";
export { listEventTypes, readEventType } from "./list-event-types.ts";
export { listTiers, readTier } from "./list-tiers.ts";
export { loadEventTypes, loadTiers } from "./load-catalogue.ts";
export { loadOnCallChannels } from "./load-on-call-channels.ts";
export { ownerOf } from "./owned-changes.ts";
export { readDocuments } from "./read-documents.ts";
export { readEventTypeDocument } from "./read-event-type-document.ts";
