import { getPriority } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { payHeavyWork } from "./heavy-account.ts";
import { TooMuchWork, WorkThread } from "./work-thread.ts";

const file = join(import.meta.dirname, "../../test/fixtures/endless-work.ts");
const open = (options: { withinMs?: number; mostWaiting?: number } = {}) =>
  new WorkThread<string, string>({ file, withinMs: 60_000, mostWaiting: 8, advice: "Ask for less.", ...options });

it("answers, one piece of work after the other, and what work throws reaches its caller", async () => {
  const thread = open();
  const answers = await Promise.allSettled(["double", "throw", "double"].map((what) => thread.run(what)));
  expect(answers.map((each) => (each.status === "fulfilled" ? each.value : String(each.reason)))).toEqual([
    "doubledouble",
    "Error: as asked",
    "doubledouble",
  ]);
});

it("gives up what takes too long, says what to do, and goes on with the next", async () => {
  const thread = open({ withinMs: 3_000 });
  const endless = thread.run("for ever");
  const next = thread.run("double");
  await expect(endless).rejects.toThrow(new TooMuchWork("This takes longer than 3 s. Ask for less."));
  expect(await next).toBe("doubledouble");
});

it("charges whoever asked for what it used, and for the whole time of what is given up", async () => {
  const charged = { endless: 0, busy: 0 };
  const charge = (to: keyof typeof charged, thread: WorkThread<string, string>, work: string) =>
    payHeavyWork(
      (ms) => (charged[to] += ms),
      () => thread.run(work).catch(() => undefined),
    );
  await Promise.all([charge("endless", open({ withinMs: 3_000 }), "for ever"), charge("busy", open(), "busy")]);
  expect(charged.endless).toBeGreaterThan(2_900);
  expect(charged.busy).toBeGreaterThanOrEqual(100);
});

it("ends with what takes too much memory, and goes on with the next", async () => {
  const thread = open();
  await expect(thread.run("all memory")).rejects.toThrow("This takes more memory than it may. Ask for less.");
  expect(await thread.run("double")).toBe("doubledouble");
});

it("refuses more than may wait", async () => {
  const thread = open({ mostWaiting: 1 });
  const first = thread.run("double");
  await expect(thread.run("double")).rejects.toThrow("wait already");
  expect(await first).toBe("doubledouble");
});

it.runIf(process.platform === "linux")("works with less priority than the process, which keeps its own", async () => {
  const before = getPriority();
  expect(await open().run("niceness")).toBe(String(Math.min(19, before + 5)));
  expect(getPriority()).toBe(before);
});
