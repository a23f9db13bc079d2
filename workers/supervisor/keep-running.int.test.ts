import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { type KeptChild, keepRunning } from "./keep-running.ts";
import type { SilenceLimits } from "./watch-pulse.ts";

const fixtures = join(import.meta.dirname, "../../test/fixtures");
let kept: KeptChild | undefined;
let lines: string[] = [];
let said: string[] = [];

afterEach(async () => {
  kept?.kill();
  await kept?.stop(0);
  kept = undefined;
  lines = [];
  said = [];
});

test("a child that dies is started again, and each time is said", async () => {
  keep("crash", 20);
  await eventually(() => started().length >= 3);
  expect(new Set(started()).size).toBeGreaterThanOrEqual(3);
  expect(said[0]).toBe("The toy process ended (exit code 3); starting it again in 1 s.");
});

test("the pauses grow", async () => {
  keep("crash", 200);
  const startedMs = performance.now();
  await eventually(() => started().length >= 4);
  expect(performance.now() - startedMs).toBeGreaterThan(200 + 400 + 800);
});

test("a child that was killed is started again", async () => {
  keep("wait", 20);
  await eventually(() => started().length === 1);
  process.kill(started()[0]!, "SIGKILL");
  await eventually(() => started().length === 2);
  expect(said[0]).toContain("(SIGKILL)");
});

test("a child that is done stays ended when it is to run once", async () => {
  keep("done", 20, true);
  await eventually(() => started().length === 1);
  await sleep(500);
  expect(started()).toHaveLength(1);
  expect(said).toEqual([]);
});

test("stop lets a child end in order", async () => {
  keep("wait", 20);
  await eventually(() => started().length === 1);
  await kept!.stop();
  await eventually(() => lines.includes("stopped in order"));
  expect(isAlive(started()[0]!)).toBe(false);
});

test("a child that does not end in time is killed", async () => {
  keep("stubborn", 20);
  await eventually(() => started().length === 1);
  await kept!.stop(300);
  expect(isAlive(started()[0]!)).toBe(false);
  expect(said).toEqual(["The toy process did not end within 0.3 s; killing it."]);
});

test("a child that is frozen is killed and started again; one that says that it works is left alone", async () => {
  keep("wait", 20, false, { firstMs: 10_000, nextMs: 1_000 });
  await eventually(() => started().length === 1);
  await sleep(3_000);
  expect(started()).toHaveLength(1);
  process.kill(started()[0]!, "SIGSTOP");
  await eventually(() => started().length === 2);
  expect(isAlive(started()[0]!)).toBe(false);
  expect(said[0]).toContain("has not said for 1 s that it works; killing it");
});

test("kill -9 of the supervisor: the child ends by itself", async () => {
  const supervisor = spawn(process.execPath, [join(fixtures, "toy-supervisor.ts")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  createInterface({ input: supervisor.stdout }).on("line", (line) => lines.push(line));
  await eventually(() => started().length === 1);
  supervisor.kill("SIGKILL");
  await eventually(() => !isAlive(started()[0]!));
});

function keep(behaviour: string, firstPauseMs: number, once = false, silence?: SilenceLimits): void {
  const command = [join(fixtures, "toy-child.ts"), behaviour];
  kept = keepRunning(
    { name: "toy", command, env: process.env, cwd: fixtures, once, pulses: silence !== undefined },
    {
      onLine: (_name, line) => lines.push(line),
      say: (sentence) => said.push(sentence),
      firstPauseMs,
      ...(silence === undefined ? {} : { silence }),
    },
  );
}

function started(): number[] {
  return lines.filter((line) => line.startsWith("started ")).map((line) => Number(line.slice("started ".length)));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function eventually(holds: () => boolean): Promise<void> {
  const giveUpMs = performance.now() + 15_000;
  while (!holds()) {
    if (performance.now() > giveUpMs)
      throw new Error(`It did not come about within 15 s. ${lines.join(" ")} ${said.join(" ")}`);
    await sleep(20);
  }
}
