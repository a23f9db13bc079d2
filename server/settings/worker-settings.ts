import { defaultNameLimits, readNameLimits } from "#domain/name-limits.ts";
import { notes } from "./setting-notes.ts";
import { count, matching, optional, readAs, readHttpUrl, readSize, seconds } from "./setting-readers.ts";

/** Where events come from, and how many processes of each kind. */
export const workerSettings = {
  PUBSUB_PROJECT_ID: optional(matching(/^[a-z][a-z0-9.:-]*$/)).meta(
    notes({
      description: "The Google Cloud project whose subscription `tidemark-ingest` events are taken from.",
      expected: "a project id such as my-project",
      unset: "events come in over HTTP only",
    }),
  ),
  PUBSUB_EMULATOR_HOST: optional(matching(/^[\w.[\]:-]+:\d+$/)).meta(
    notes({
      description:
        "Google's Pub/Sub emulator instead of its service; topic and subscription are then made where they are missing.",
      expected: "a host and port such as 127.0.0.1:8085",
      unset: "Google's service",
    }),
  ),
  TIDEMARK_OLDEST_HOUR: readAs(seconds)
    .default(400 * 86_400)
    .meta(
      notes({
        description:
          "Hours that began longer ago are bad input, so that no sender can make the database keep partitions of every month since 1970. Of a claimed type, hours from its activeFrom on are taken, however old.",
        expected: "a duration such as 400d",
        unset: "400d",
      }),
    ),
  TIDEMARK_NEW_NAMES_PER_HOUR: readAs(readNameLimits)
    .default(defaultNameLimits)
    .meta(
      notes({
        description:
          "How many new event types, datacenters and reporters messages may bring in an hour, all processes together. What names more is answered 429 over HTTP and kept among the rejected messages from Pub/Sub. Names that exist or are claimed cost nothing. A kind that is left out keeps its default.",
        expected: "kinds with their numbers such as types=5000,datacenters=50,reporters=100000",
        unset: "types=5000,datacenters=50,reporters=100000",
      }),
    ),
  TIDEMARK_HTTP_INGEST_BYTES: readAs(readSize)
    .default(128 * 1024 ** 2)
    .meta(
      notes({
        description:
          "How many bytes of events the web process holds at once over HTTP, from their first byte to the answer; more are answered 503. In memory they take several times as much once they are read.",
        expected: "a size such as 128MiB",
        unset: "128MiB",
      }),
    ),
  TIDEMARK_INGEST_WORKERS: readAs(count(1, 64))
    .default(1)
    .meta(
      notes({
        description: "How many processes take events from Pub/Sub.",
        expected: "a number from 1 to 64",
        unset: "1",
      }),
    ),
  TIDEMARK_EVALUATE_WORKERS: readAs(count(1, 64))
    .default(1)
    .meta(
      notes({
        description: "How many processes judge hours.",
        expected: "a number from 1 to 64",
        unset: "1",
      }),
    ),
  TIDEMARK_NOTIFY_WORKERS: readAs(count(1, 64))
    .default(1)
    .meta(
      notes({
        description: "How many processes send notifications.",
        expected: "a number from 1 to 64",
        unset: "1",
      }),
    ),
  TIDEMARK_HEALTH_PORT: readAs(count(0, 65_000))
    .default(0)
    .meta(
      notes({
        description:
          "The port of `/healthz` of the first worker; under `npm start` the other workers take the ports after it, in the order of the start. 503 while a worker's loop stands still.",
        expected: "a number from 0 to 65000; 0: each worker takes a free one and logs it at level debug",
        unset: "0",
      }),
    ),
  TIDEMARK_HEALTH_HOST: readAs(matching(/^[\w.:-]+$/))
    .default("127.0.0.1")
    .meta(
      notes({
        description: "The address that the workers' `/healthz` listens on.",
        expected: "a host name or address such as 127.0.0.1 or 0.0.0.0",
        unset: "127.0.0.1: this machine alone",
      }),
    ),
  TIDEMARK_WATCHDOG_URL: optional(readHttpUrl).meta(
    notes({
      description:
        "A dead man's switch outside, such as a check at healthchecks.io: asked with GET every minute for as long as Tidemark is not blind. It raises the alarm when that stops.",
      expected: "a URL such as https://hc-ping.com/your-check",
      unset: "nobody is told when Tidemark itself is gone",
      secret: true,
    }),
  ),
};
