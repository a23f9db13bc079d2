import { openPublisher, subscriptionName } from "#server/adapters/pubsub.ts";
import type { Config } from "#server/config.ts";
import { bad, type Finding, note, ok, reasonOf } from "./check.ts";

const patienceMs = 10_000;

/** The subscription exists and may be read. */
export async function checkPubsub(config: Config): Promise<Finding> {
  const projectId = config.PUBSUB_PROJECT_ID;
  if (projectId === null) return note("Pub/Sub: PUBSUB_PROJECT_ID is not set; events are accepted over HTTP only.");
  const emulatorHost = config.PUBSUB_EMULATOR_HOST;
  const where = emulatorHost === null ? `the project "${projectId}"` : `the emulator at ${emulatorHost}`;
  const opening = openPublisher({ projectId, emulatorHost }).then((publisher) => publisher.close());
  try {
    await Promise.race([opening, tooLate()]);
    return ok(`Pub/Sub: ${where} has the subscription "${subscriptionName}".`);
  } catch (error) {
    const hint =
      emulatorHost === null ? "Check the project, and this machine's Google credentials" : "Check that it runs";
    return bad(`Pub/Sub: ${where} is unreachable (${reasonOf(error)}). ${hint}.`);
  }
}

function tooLate(): Promise<never> {
  return new Promise((_, reject) => {
    const error = new Error(`no response within ${patienceMs / 1000} s`);
    setTimeout(() => reject(error), patienceMs).unref();
  });
}
