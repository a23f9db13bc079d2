import { type CloudStorageSpec, collectCloudStorage, type ObjectNotification } from "#domain/source.ts";
import type { PubsubSettings } from "#server/adapters/pubsub.ts";
import type { Pulled } from "#server/adapters/pubsub-pull.ts";
import type { CollectorKind } from "./collector.ts";

const atOnce = 1_000;
/** More comes with the next look: each look commits. */
const mostPulls = 10;

/** Notifications of Cloud Storage, every five seconds; acknowledged once what they say is committed. */
export function cloudStorageCollector(settings: Pick<PubsubSettings, "emulatorHost">): CollectorKind {
  return {
    everySeconds: 5,
    boundSeconds: 50,
    open: async ({ cloudStorage }) => {
      const spec = cloudStorage as CloudStorageSpec;
      const projectId = spec.subscription.split("/")[1] ?? "";
      const { openPuller } = await import("#server/adapters/pubsub-pull.ts");
      const puller = openPuller({ ...settings, projectId }, spec.subscription);
      let pulled: Pulled[] = [];
      return {
        async collect({ signal }) {
          // What an earlier look did not commit comes again.
          pulled = [];
          const notifications: ObjectNotification[] = [];
          let calls = 0;
          while (calls < mostPulls && !signal.aborted) {
            const batch = await puller.pull(atOnce);
            calls += 1;
            pulled.push(batch);
            notifications.push(...batch.attributes);
            if (batch.attributes.length === 0) break;
          }
          return collectCloudStorage(spec, notifications, calls);
        },
        async committed() {
          const batches = pulled;
          pulled = [];
          for (const batch of batches) await batch.ack();
        },
        close: () => puller.close(),
      };
    },
  };
}
