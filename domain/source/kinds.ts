/** Every kind of source: the member of a spec that says what it is. */
export const sourceKinds = ["cloudMonitoring", "cloudStorage", "bigQuery", "iceberg", "kafka"] as const;
export type SourceKind = (typeof sourceKinds)[number];

/** How texts name a kind. */
export const sourceKindNames: Readonly<Record<SourceKind, string>> = {
  cloudMonitoring: "Google Cloud Monitoring",
  cloudStorage: "Cloud Storage",
  bigQuery: "BigQuery",
  iceberg: "Iceberg",
  kafka: "Kafka",
};

/** What a spec says it is. It has been parsed: exactly one member is there. */
export function kindOfSource(spec: Readonly<Partial<Record<SourceKind, unknown>>>): SourceKind {
  return sourceKinds.find((kind) => spec[kind] !== undefined) as SourceKind;
}
