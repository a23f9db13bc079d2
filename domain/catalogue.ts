// The catalogue as files: datacenters, event types and tiers, one YAML document each.
export {
  apiVersion,
  type DatacenterSpec,
  defaultSettleSeconds,
  defaultTolerance,
  type EventTypeSpec,
  type TierSpec,
} from "./catalogue/documents.ts";
export {
  type CatalogueDocument,
  type CatalogueKind,
  catalogueKinds,
  type ParsedDocument,
  parseDocument,
} from "./catalogue/parse-document.ts";
export type { Fault } from "./fault.ts";
