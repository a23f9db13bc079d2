import type { WrittenSpec } from "#components/forms/spec-path.ts";
import type { SourceKind } from "#domain/source/kinds.ts";

export interface MappingList {
  /** Of the kind's member of the spec. */
  readonly member: string;
  readonly title: string;
  /** For its buttons. */
  readonly what: string;
  /** What its patterns match. */
  readonly id: string;
  readonly example: string;
}

/** The lists of patterns of each kind of source. */
export const mappingLists: Readonly<Record<SourceKind, readonly MappingList[]>> = {
  cloudMonitoring: [
    {
      member: "subscriptions",
      title: "Subscriptions",
      what: "subscription pattern",
      id: "subscription id",
      example: "(?<type>[A-Za-z]+)-(?<dc>ams|lon)-etl",
    },
    { member: "jobs", title: "Dataflow jobs", what: "job pattern", id: "job name", example: "etl-(?<dc>ams|lon)" },
  ],
  cloudStorage: [
    {
      member: "objects",
      title: "Marker objects",
      what: "object pattern",
      id: "BUCKET/OBJECT",
      example: "delivered/(?<type>\\w+)/(?<dc>\\w+)/dt=(?<day>[0-9-]+)/hr=(?<h>\\d\\d)/_SUCCESS",
    },
  ],
  bigQuery: [
    {
      member: "tables",
      title: "Tables",
      what: "table pattern",
      id: "table name",
      example: "(?<type>\\w+)_(?<dc>[a-z]+)",
    },
  ],
  iceberg: [
    {
      member: "tables",
      title: "Tables",
      what: "table pattern",
      id: "NAMESPACE.TABLE",
      example: "analytics\\.delivered\\.(?<type>\\w+)/dc=(?<dc>\\w+)",
    },
  ],
  kafka: [
    {
      member: "lanes",
      title: "Groups and topics",
      what: "pattern",
      id: "GROUP/TOPIC",
      example: "etl-(?<dc>[a-z]+)/(?<type>\\w+)",
    },
  ],
};

const mapping = { match: "", eventType: "", datacenter: "" };

/** What the form of a new source starts with. */
export const startingSpecs: Readonly<Record<SourceKind, WrittenSpec>> = {
  cloudMonitoring: { cloudMonitoring: { project: "", subscriptions: [mapping] } },
  cloudStorage: { cloudStorage: { subscription: "", objects: [{ ...mapping, hour: "" }] } },
  bigQuery: { bigQuery: { project: "", dataset: "", tables: [mapping] } },
  iceberg: { iceberg: { uri: "", namespaces: [], tables: [mapping] } },
  kafka: { kafka: { groups: [{ group: "", topics: [] }], lanes: [mapping] } },
};
