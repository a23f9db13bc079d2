import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const kcat = (process.env.PATH ?? "")
  .split(delimiter)
  .map((folder) => join(folder, "kcat"))
  .find(existsSync);

/** Whether this machine has kcat, whose librdkafka brings a Kafka cluster for tests: the real protocol, in memory. */
export const hasKafka = kcat !== undefined;
export const needsKafka = "kcat with librdkafka (Debian: kcat) on the PATH";

export interface KafkaCluster {
  /** host:port. It says of itself what startKafkaProxy corrects. */
  broker: string;
  process: ChildProcess;
  stop(): Promise<void>;
}

/** A cluster of one broker, which creates topics of four partitions when they are first named, and keeps the newest 5 MB of each partition. */
export async function startKafkaCluster(): Promise<KafkaCluster> {
  if (kcat === undefined) throw new Error("This machine has no kcat.");
  // The cluster lives in a client that never ends: a consumer of a topic that no one writes to.
  const options = ["-b", "none:1", "-X", "test.mock.num.brokers=1", "-d", "mock", "-C", "-t", "none", "-p", "0"];
  const child = spawn(kcat, options, { stdio: ["pipe", "ignore", "pipe"] });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = async () => {
    child.kill("SIGKILL");
    await exited;
  };
  const broker = Promise.withResolvers<string>();
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    const found = /bootstrap\.servers=(\S+)/.exec(text)?.[1];
    if (found) broker.resolve(found);
  });
  child.once("exit", () => broker.reject(new Error("kcat ended before its cluster was up.")));
  return { broker: await broker.promise, process: child, stop };
}
