// The catalogue as files, one YAML document each: datacenters, event types and tiers; rules, channels, the routing tree and silences.
export {
  apiVersion,
  type DatacenterSpec,
  defaultSettleSeconds,
  defaultTolerance,
  type EventTypeSpec,
  routingTreeName,
} from "./catalogue/documents.ts";
export { type CatalogueEffect, effectWords } from "./catalogue/effect.ts";
export {
  type AlertingDocument,
  type CatalogueDocument,
  type CatalogueKind,
  catalogueKinds,
  type DeliveryDocument,
  isAlertingDocument,
  parseDocument,
} from "./catalogue/parse-document.ts";
