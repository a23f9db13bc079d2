import { expect, test } from "vitest";
import { findPubsubEmulator, startPubsubEmulator } from "./pubsub-emulator.ts";

const program = await findPubsubEmulator(process.env.PATH ?? "");

test("no Google Cloud SDK on the path is no emulator", async () => {
  expect(await findPubsubEmulator("/nowhere")).toBeNull();
});

test.skipIf(program === null)(
  "answers on a free port, and is gone when it is stopped (skipped where the Google Cloud SDK has no emulator)",
  async () => {
    const emulator = await startPubsubEmulator(program as string);
    expect(await (await fetch(`http://${emulator.host}/`)).text()).toContain("Ok");
    await emulator.stop();
    await expect(fetch(`http://${emulator.host}/`)).rejects.toThrow();
  },
);
