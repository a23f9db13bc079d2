// The catalogue as files: datacenters, event types and tiers, one YAML document each.
export {
  apiVersion,
  type DatacenterSpec,
  defaultSettleSeconds,
  defaultTolerance,
  type EventTypeSpec,
} from "./catalogue/documents.ts";
export {
  type CatalogueDocument,
  type CatalogueKind,
  catalogueKinds,
  parseDocument,
} from "./catalogue/parse-document.ts";
