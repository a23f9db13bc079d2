import { expect, test } from "vitest";
import { needsPubsubEmulator } from "#test/pubsub.ts";
import { findPubsubEmulator, startPubsubEmulator } from "./pubsub-emulator.ts";

const program = await findPubsubEmulator(process.env.PATH ?? "");

test("no Google Cloud SDK on the path is no emulator", async () => {
  expect(await findPubsubEmulator("/nowhere")).toBeNull();
});

test.skipIf(program === null)(
  "answers on a free port, and is gone when it is stopped",
  { meta: { needs: needsPubsubEmulator } },
  async () => {
    const emulator = await startPubsubEmulator(program as string);
    expect(await (await fetch(`http://${emulator.host}/`)).text()).toContain("Ok");
    await emulator.stop();
    await expect(fetch(`http://${emulator.host}/`)).rejects.toThrow();
  },
);
