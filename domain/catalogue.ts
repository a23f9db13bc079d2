// The catalogue as files, one YAML document each: datacenters, event types and tiers; rules, channels, the routing tree and silences.
export { defaultSettleSeconds, defaultTolerance } from "./catalogue/defaults.ts";
export {
  apiVersion,
  type DatacenterSpec,
  datacenterSpec,
  type EventTypeSpec,
  eventTypeSpec,
  routingTreeName,
  tierSpec,
} from "./catalogue/documents.ts";
export { type CatalogueEffect, effectWords } from "./catalogue/effect.ts";
export {
  type AlertingDocument,
  type CatalogueDocument,
  type CatalogueKind,
  catalogueDocument,
  catalogueKinds,
  type DeliveryDocument,
  isAlertingDocument,
  parseDocument,
} from "./catalogue/parse-document.ts";
