import { defaultNameLimits, readNameLimits } from "#domain/name-limits.ts";
import { parseSubscriptions, parseTopic } from "#domain/pubsub-names.ts";
import { setting } from "./setting-notes.ts";
import {
  count,
  matching,
  optional,
  readAs,
  readHttpUrl,
  readSize,
  readWebhookSecret,
  readWebhookUrl,
  seconds,
} from "./setting-readers.ts";

/** Where events come from, and how many processes of each kind. */
export const workerSettings = {
  PUBSUB_PROJECT_ID: setting(optional(matching(/^[a-z][a-z0-9.:-]*$/)), {
    description:
      "The Google Cloud project with the subscriptions from which events are read. `roles/pubsub.subscriber` on each subscription is all that reading needs.",
    expected: "a project id such as my-project",
    unset: "no events are read from Pub/Sub",
  }),
  PUBSUB_TOPIC: setting(readAs(parseTopic).default("tidemark-events"), {
    description:
      "The topic that events are published to: by `npx tidemark replay --via pubsub`, and created on the emulator.",
    expected: "a name such as tidemark-events, or projects/my-project/topics/tidemark-events",
    unset: "tidemark-events",
  }),
  PUBSUB_SUBSCRIPTION: setting(readAs(parseSubscriptions).default([{ name: "tidemark-ingest", endpoint: null }]), {
    description:
      "The subscriptions that events are read from, each with a receiver of its own: one in trouble does not stop the others. Those of other projects are written in full. A regional endpoint follows after `@`.",
    expected:
      "at most 32 names separated by commas such as tidemark-ingest,projects/other/subscriptions/tidemark-ingest@europe-west1-pubsub.googleapis.com:443, each once",
    unset: "tidemark-ingest",
  }),
  PUBSUB_EMULATOR_HOST: setting(optional(matching(/^[\w.[\]:-]+:\d+$/)), {
    description:
      "Use Google's Pub/Sub emulator instead of its service. Topic and subscription are then created if they are missing.",
    expected: "a host and port such as 127.0.0.1:8085",
    unset: "Google's service",
  }),
  MONITORING_EMULATOR_HOST: setting(optional(matching(/^[\w.[\]:-]+:\d+$/)), {
    description:
      "Use a look-alike of Cloud Monitoring's gRPC API instead of Google's service, without TLS and credentials.",
    expected: "a host and port such as 127.0.0.1:8086",
    unset: "Google's service",
  }),
  TIDEMARK_MONITORING_EXPORT_PROJECT: setting(optional(matching(/^[a-z][a-z0-9.:-]*$/)), {
    description:
      "The Google Cloud project to whose Cloud Monitoring Tidemark writes its figures each minute ([the metrics](cloud-monitoring-out.md)). Tidemark's service account needs `roles/monitoring.metricWriter` there.",
    expected: "a project id such as my-project",
    unset: "nothing is written to Cloud Monitoring",
  }),
  TIDEMARK_MONITORING_EXPORT_EVENT_TYPES: setting(readAs(count(0, 1_000)).default(50), {
    description:
      "How many event types are written to Cloud Monitoring, those at greatest risk first. Each costs 6 series, and 5 more for each of its datacenters, up to 10,000 pairs. The metrics `event_types_left_out` and `lanes_left_out` say what is not written.",
    expected: "a number from 0 to 1000",
    unset: "50",
  }),
  TIDEMARK_MONITORING_EXPORT_NAMESPACE: setting(readAs(matching(/^[\w.-]{1,63}$/)).default("tidemark"), {
    description:
      "The label `namespace` of what is written to Cloud Monitoring. Installations that write to one project need different ones.",
    expected: "letters, digits, `_`, `.` and `-`",
    unset: "tidemark",
  }),
  TIDEMARK_OLDEST_HOUR: setting(readAs(seconds).default(400 * 86_400), {
    description:
      "Hours that began longer ago are refused as bad input, so that no sender can make the database keep partitions of every month since 1970. For a claimed type, hours from its activeFrom on are accepted, however old.",
    expected: "a duration such as 400d",
    unset: "400d",
  }),
  TIDEMARK_NEW_NAMES_PER_HOUR: setting(readAs(readNameLimits).default(defaultNameLimits), {
    description:
      "How many new event types, datacenters and reporters messages may bring in an hour, counted over all processes. A message that exceeds this is answered 429 over HTTP, and from Pub/Sub it is kept as a rejected message. Names that exist or are claimed do not count. A kind that you leave out keeps its default.",
    expected: "kinds with their numbers such as types=5000,datacenters=50,reporters=100000",
    unset: "types=5000,datacenters=50,reporters=100000",
  }),
  TIDEMARK_HTTP_INGEST_BYTES: setting(readAs(readSize).default(128 * 1024 ** 2), {
    description:
      "How many bytes of events the web process accepts at once over HTTP, counted from the first byte to the answer. Requests beyond that are answered 503. Parsed events take several times as much memory.",
    expected: "a size such as 128MiB",
    unset: "128MiB",
  }),
  TIDEMARK_INGEST_WORKERS: setting(readAs(count(1, 64)).default(1), {
    description: "How many processes read events from Pub/Sub.",
    expected: "a number from 1 to 64",
    unset: "1",
  }),
  TIDEMARK_EVALUATE_WORKERS: setting(readAs(count(1, 64)).default(1), {
    description: "How many processes judge hours.",
    expected: "a number from 1 to 64",
    unset: "1",
  }),
  TIDEMARK_NOTIFY_WORKERS: setting(readAs(count(1, 64)).default(1), {
    description: "How many processes send notifications.",
    expected: "a number from 1 to 64",
    unset: "1",
  }),
  TIDEMARK_HEALTH_PORT: setting(readAs(count(0, 65_000)).default(0), {
    description:
      "The port of `/healthz`, `/readyz` and `/metrics` of the first worker. Under `npm start` the other workers use the ports after it, in the order of the start. `/healthz` answers 503 while one of the worker's loops hangs.",
    expected: "a number from 0 to 65000; 0: each worker takes a free one and logs it at level debug",
    unset: "0",
  }),
  TIDEMARK_HEALTH_HOST: setting(readAs(matching(/^[\w.:-]+$/)).default("127.0.0.1"), {
    description: "The address that the workers' `/healthz`, `/readyz` and `/metrics` listen on.",
    expected: "a host name or address such as 127.0.0.1 or 0.0.0.0",
    unset: "127.0.0.1: only this machine",
  }),
  TIDEMARK_WATCHDOG_URL: setting(optional(readHttpUrl), {
    description:
      "An external dead man's switch, such as a check at healthchecks.io. Tidemark requests it with GET every minute while it works and receives data. The switch raises the alarm when the requests stop.",
    expected: "a URL such as https://hc-ping.com/your-check",
    unset: "no alarm is raised when Tidemark itself stops",
    secret: true,
  }),
  TIDEMARK_AUDIT_WEBHOOK: setting(optional(readWebhookUrl), {
    description:
      "The URL to which the audit log is sent, from its first entry on and in order ([the stream](operating.md#stream-of-the-audit-log)). With http only on a loopback address, or where TIDEMARK_EGRESS lists the host by name.",
    expected: "a URL such as https://siem.example.com/tidemark, without user name, password and fragment",
    unset: "the audit log is sent nowhere",
    secret: true,
  }),
  TIDEMARK_SECRET_AUDIT_WEBHOOK: setting(optional(readWebhookSecret), {
    description:
      "The secret that signs what is sent to TIDEMARK_AUDIT_WEBHOOK, by Standard Webhooks. No channel can name it.",
    expected: "whsec_ followed by 24 to 64 random bytes in base64; `echo whsec_$(openssl rand -base64 32)` makes one",
    unset: "required if TIDEMARK_AUDIT_WEBHOOK is set",
    secret: true,
  }),
};
