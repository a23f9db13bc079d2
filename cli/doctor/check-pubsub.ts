import type { Config } from "#server/config.ts";
import { requirePubsub } from "#server/settings/required-settings.ts";
import { bad, type Finding, note, ok, reasonOf } from "./check.ts";

/** Each subscription exists, as far as the credentials may see it. */
export async function checkPubsub(config: Config): Promise<Finding[]> {
  if (config.PUBSUB_PROJECT_ID === null) {
    return [note("Pub/Sub: PUBSUB_PROJECT_ID is not set; no events are read from Pub/Sub.")];
  }
  const { checkSubscription, PubsubError } = await import("#server/adapters/pubsub.ts");
  const settings = requirePubsub(config);
  const { emulatorHost } = settings;
  const where = emulatorHost === null ? "Google's service" : `the emulator at ${emulatorHost}`;
  return await Promise.all(
    settings.subscriptions.map(async (subscription): Promise<Finding> => {
      const { name } = subscription;
      try {
        if ((await checkSubscription(settings, subscription)) === "present") {
          return ok(`Pub/Sub: ${where} has the subscription "${name}".`);
        }
        return note(
          `Pub/Sub: whether the subscription "${name}" exists could not be checked. That requires the permission pubsub.subscriptions.get, which roles/pubsub.subscriber does not include and reading events does not need.`,
        );
      } catch (error) {
        if (error instanceof PubsubError) return bad(error.message);
        const hint =
          emulatorHost === null ? "Check the project, and this machine's Google credentials" : "Check that it runs";
        return bad(`Pub/Sub: the subscription "${name}" cannot be read from ${where} (${reasonOf(error)}). ${hint}.`);
      }
    }),
  );
}
