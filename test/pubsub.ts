import { findPubsubEmulator, type PubsubEmulator, startPubsubEmulator } from "#server/adapters/pubsub-emulator.ts";

const emulator = await findPubsubEmulator(process.env.PATH ?? "");

/** Whether this machine has Google's Pub/Sub emulator. It is part of the Google Cloud SDK, which npm cannot install. */
export const hasPubsubEmulator = emulator !== null;
export const needsPubsubEmulator = "Google's Pub/Sub emulator (Google Cloud SDK) and Java on the PATH";

/** Starts a fresh one for a test; throws if the machine has none. */
export function startTestPubsub(): Promise<PubsubEmulator> {
  if (emulator === null) throw new Error("This machine has no Pub/Sub emulator.");
  return startPubsubEmulator(emulator);
}
