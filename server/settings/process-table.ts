/** Which variables a process reads, beside those that every program needs (process-environment.ts). */
export interface ProcessRow {
  /** Settings. */
  reads: readonly string[];
  /** It also reads the variables TIDEMARK_SECRET_… that channels, hooks and sources name. */
  readsChannelSecrets?: boolean;
  /** It calls Google's services, whose client finds its credentials in the environment. */
  callsGoogle?: boolean;
}

/** Of those that connect to Kafka. */
const kafkaSettings = [
  "KAFKA_BROKERS",
  "KAFKA_GROUP",
  "KAFKA_INGEST",
  "KAFKA_SASL_MECHANISM",
  "KAFKA_SASL_USERNAME",
  "KAFKA_TLS",
  "KAFKA_TLS_CA",
  "KAFKA_TLS_CERT",
  "KAFKA_TLS_KEY",
  "KAFKA_TOPIC",
  "KAFKA_SASL_PASSWORD",
];

/**
 * Each process, by its folder in workers/, and under `common` what all of them read. `npm start` gives a process these and no others; so
 * does the Helm chart, by the copy that `npm run docs:configuration` writes. deploy/compose.yaml and deploy/systemd keep to it too
 * (test/deploy/settings.test.ts).
 */
export const processTable = {
  common: {
    reads: [
      "TIDEMARK_CLOCK",
      "TIDEMARK_DATABASE_DISTRIBUTED",
      "TIDEMARK_LOG_FORMAT",
      "TIDEMARK_LOG_LEVEL",
      "OTEL_EXPORTER_OTLP_ENDPOINT",
      "OTEL_EXPORTER_OTLP_PROTOCOL",
      "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
      "OTEL_RESOURCE_ATTRIBUTES",
      "OTEL_SDK_DISABLED",
      "OTEL_SERVICE_NAME",
      "OTEL_TRACES_SAMPLER",
      "OTEL_TRACES_SAMPLER_ARG",
      "DATABASE_URL",
      "DATABASE_DIRECT_URL",
      "OTEL_EXPORTER_OTLP_HEADERS",
    ],
  },
  web: {
    reads: [
      "HOST",
      "PORT",
      "TIDEMARK_ALLOWED_HOSTS",
      "TIDEMARK_DASHBOARD",
      "TIDEMARK_DRAIN",
      "TIDEMARK_EGRESS",
      "TIDEMARK_EXCUSES_NEED_APPROVAL",
      "TIDEMARK_HTTP_INGEST_BYTES",
      "TIDEMARK_METRICS_EVENT_TYPES",
      "TIDEMARK_MONITORING_EXPORT_PROJECT",
      "TIDEMARK_NEW_NAMES_PER_HOUR",
      "TIDEMARK_OIDC_CLIENT_ID",
      "TIDEMARK_OIDC_GROUPS_CLAIM",
      "TIDEMARK_OIDC_ISSUER",
      "TIDEMARK_OIDC_NAME",
      "TIDEMARK_OIDC_ROLES",
      "TIDEMARK_OIDC_SCOPES",
      "TIDEMARK_OIDC_TEAMS",
      "TIDEMARK_OLDEST_HOUR",
      "TIDEMARK_PUBLIC_URL",
      "TIDEMARK_RATE_LIMIT",
      "TIDEMARK_TRUSTED_PROXIES",
      "PUBSUB_PROJECT_ID",
      "KAFKA_BROKERS",
      "KAFKA_INGEST",
      "OPENLINEAGE_NAMESPACE",
      "DATABASE_REPLICA_URL",
      "TIDEMARK_ADMIN_TOKEN",
      "TIDEMARK_ENCRYPTION_KEY",
      "TIDEMARK_ENCRYPTION_KEYS_OLD",
      "TIDEMARK_OIDC_CLIENT_SECRET",
    ],
    readsChannelSecrets: true,
  },
  ingest: {
    reads: [
      "TIDEMARK_NEW_NAMES_PER_HOUR",
      "TIDEMARK_OLDEST_HOUR",
      "PUBSUB_EMULATOR_HOST",
      "PUBSUB_PROJECT_ID",
      "PUBSUB_SUBSCRIPTION",
      "PUBSUB_TOPIC",
      ...kafkaSettings,
    ],
    callsGoogle: true,
  },
  evaluate: {
    reads: ["HOST", "PORT", "TIDEMARK_PUBLIC_URL", "OPENLINEAGE_NAMESPACE", "OPENLINEAGE_URL"],
  },
  alert: { reads: [] },
  notify: {
    reads: [
      "HOST",
      "PORT",
      "TIDEMARK_EGRESS",
      "TIDEMARK_PUBLIC_URL",
      "TIDEMARK_TRUSTED_PROXIES",
      "PUBSUB_PROJECT_ID",
      "KAFKA_BROKERS",
      "KAFKA_INGEST",
      "OPENLINEAGE_ENDPOINT",
      "OPENLINEAGE_NAMESPACE",
      "OPENLINEAGE_URL",
      "TIDEMARK_AUDIT_WEBHOOK",
      "TIDEMARK_ENCRYPTION_KEY",
      "TIDEMARK_ENCRYPTION_KEYS_OLD",
      "TIDEMARK_SECRET_AUDIT_WEBHOOK",
      "TIDEMARK_WATCHDOG_URL",
      "OPENLINEAGE_API_KEY",
    ],
    readsChannelSecrets: true,
  },
  forecast: { reads: [] },
  maintain: {
    reads: [
      "HOST",
      "PORT",
      "TIDEMARK_COMPACT_AFTER",
      "TIDEMARK_PUBLIC_URL",
      "TIDEMARK_RETENTION_ALERTS",
      "TIDEMARK_RETENTION_FACTS",
      "TIDEMARK_RETENTION_REJECTED",
      "TIDEMARK_RETENTION_REJECTED_BYTES",
      "TIDEMARK_RETENTION_VERDICTS",
      "OPENLINEAGE_NAMESPACE",
      "OPENLINEAGE_URL",
    ],
  },
  collect: {
    reads: [
      "HOST",
      "TIDEMARK_EGRESS",
      "TIDEMARK_MONITORING_EXPORT_EVENT_TYPES",
      "TIDEMARK_MONITORING_EXPORT_NAMESPACE",
      "TIDEMARK_MONITORING_EXPORT_PROJECT",
      "TIDEMARK_NEW_NAMES_PER_HOUR",
      "TIDEMARK_OLDEST_HOUR",
      "TIDEMARK_PUBLIC_URL",
      "TIDEMARK_TRUSTED_PROXIES",
      "MONITORING_EMULATOR_HOST",
      "PUBSUB_EMULATOR_HOST",
      "PUBSUB_PROJECT_ID",
      ...kafkaSettings,
    ],
    readsChannelSecrets: true,
    callsGoogle: true,
  },
} satisfies Record<string, ProcessRow>;

export type ProcessName = Exclude<keyof typeof processTable, "common">;
