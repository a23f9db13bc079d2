import { CliError } from "../../../cli/cli-error.ts";

/** Queues are reached from Tidemark's own folder: their clients are larger than the rest of the package. */
function refuseQueue(): never {
  throw new CliError(
    "This package replays over HTTP only. Omit --via, or run `npx tidemark replay` in Tidemark's folder, which has the clients of Pub/Sub and Kafka.",
  );
}

export const requireKafka = refuseQueue;
export const requirePubsub = refuseQueue;
export const kafkaSender = refuseQueue;
export const pubsubSender = refuseQueue;
