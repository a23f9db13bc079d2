import { findPubsubEmulator, startPubsubEmulator } from "#server/adapters/pubsub-emulator.ts";
import { bareEnvironment, type Config, takesFromKafka } from "#server/config.ts";
import { demoProject } from "./find-monitoring.ts";

export interface Pubsub {
  /** null: events arrive over HTTP only. */
  projectId: string | null;
  emulatorHost: string | null;
  stop(): Promise<void>;
}

export interface FindPubsubOptions {
  config: Config;
  demo: boolean;
  say(sentence: string): void;
}

/** The Pub/Sub from the settings; for a demo without one, Google's emulator if the machine has it. */
export async function findPubsub({ config, demo, say }: FindPubsubOptions): Promise<Pubsub> {
  const { PUBSUB_PROJECT_ID: projectId, PUBSUB_EMULATOR_HOST: emulatorHost } = config;
  const none = { projectId, emulatorHost, stop: async () => undefined };
  if (projectId !== null) return none;
  if (!demo) {
    if (!takesFromKafka(config)) {
      say("Neither Pub/Sub nor Kafka is configured: events are accepted over HTTP only.");
    }
    return none;
  }
  const env = bareEnvironment();
  const program = await findPubsubEmulator(env.PATH ?? "");
  if (program === null) {
    say("Google's Pub/Sub emulator is not installed: the demo sends its events over HTTP.");
    return none;
  }
  const emulator = await startPubsubEmulator(program, env);
  let stopping = false;
  void emulator.exited.then(() => {
    if (!stopping) say("Google's Pub/Sub emulator exited and lost its state. Restart the demo.");
  });
  return {
    projectId: demoProject,
    emulatorHost: emulator.host,
    async stop() {
      stopping = true;
      await emulator.stop();
    },
  };
}
