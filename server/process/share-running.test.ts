import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { shareRunning } from "./share-running.ts";

describe("work that is shared while it runs", () => {
  let begun: PromiseWithResolvers<string>[];
  let owner: object;
  const ask = (name = "work") =>
    shareRunning(owner, name, () => {
      const run = Promise.withResolvers<string>();
      begun.push(run);
      return run.promise;
    });

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["performance"] });
    begun = [];
    owner = {};
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("runs once for all who ask during the run, and again for whoever asks after it", async () => {
    const answers = [ask(), ask(), ask()];
    begun[0]?.resolve("first");
    expect(await Promise.all(answers)).toEqual(["first", "first", "first"]);
    const next = ask();
    begun[1]?.resolve("second");
    expect(await next).toBe("second");
    expect(begun).toHaveLength(2);
  });

  it("fails for all who ask during the run, and not for whoever asks after it", async () => {
    const answers = [ask(), ask()];
    begun[0]?.reject(new Error("away"));
    for (const answer of answers) await expect(answer).rejects.toThrow("away");
    const next = ask();
    begun[1]?.resolve("back");
    expect(await next).toBe("back");
  });

  it("runs a second time beside a run that takes longer than 5 s, and no third time", async () => {
    const first = ask();
    vi.advanceTimersByTime(5_000);
    const second = ask();
    vi.advanceTimersByTime(60_000);
    const third = ask();
    expect(begun).toHaveLength(2);
    begun[1]?.resolve("beside");
    expect(await Promise.all([second, third])).toEqual(["beside", "beside"]);
    begun[0]?.resolve("late");
    expect(await first).toBe("late");
  });

  it("is of one owner and name", async () => {
    void ask();
    void ask("other");
    owner = {};
    void ask();
    expect(begun).toHaveLength(3);
  });
});
