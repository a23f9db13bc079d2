import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, expect, test } from "vitest";
import { until } from "#test/until.ts";
import { type KeptChild, keepRunning } from "./keep-running.ts";
import type { SilenceLimits } from "./watch-pulse.ts";

const fixtures = join(import.meta.dirname, "../../test/fixtures");
/** More than a busy machine needs to start a process. */
const patienceMs = 60_000;
let running: KeptChild[] = [];

interface Kept extends KeptChild {
  lines: string[];
  said: string[];
  /** The process number of every start. */
  started(): number[];
}

afterEach(async () => {
  for (const child of running) child.kill();
  await Promise.all(running.map((child) => child.stop(0)));
  running = [];
});

test("a child that dies is started again, and each time is said", async () => {
  const child = keep("crash", { firstPauseMs: 20 });
  await eventually(() => child.started().length >= 3);
  expect(new Set(child.started()).size).toBeGreaterThanOrEqual(3);
  expect(child.said[0]).toBe("The toy process exited (exit code 3); restarting it in 1 s.");
});

test("the pauses grow", async () => {
  const startedMs = performance.now();
  const child = keep("crash", { firstPauseMs: 200 });
  await eventually(() => child.started().length >= 4);
  expect(performance.now() - startedMs).toBeGreaterThan(200 + 400 + 800);
});

test("a child that was killed is started again", async () => {
  const child = keep("wait");
  await eventually(() => child.started().length === 1);
  process.kill(child.started()[0]!, "SIGKILL");
  await eventually(() => child.started().length === 2);
  expect(child.said[0]).toContain("(SIGKILL)");
});

test("a child that is done stays ended when it is to run once", async () => {
  const done = keep("done", { once: true });
  await eventually(() => done.started().length === 1 && !isAlive(done.started()[0]!));
  // Its pause would end before that of one that dies after it.
  const dying = keep("crash");
  await eventually(() => dying.started().length === 3);
  expect(done.started()).toHaveLength(1);
  expect(done.said).toEqual([]);
});

test("stop lets a child end in order", async () => {
  const child = keep("wait");
  await eventually(() => child.started().length === 1);
  await child.stop(patienceMs);
  await eventually(() => child.lines.includes("stopped in order"));
  expect(isAlive(child.started()[0]!)).toBe(false);
});

test("a child that does not end in time is killed", async () => {
  const child = keep("stubborn");
  await eventually(() => child.started().length === 1);
  await child.stop(300);
  expect(isAlive(child.started()[0]!)).toBe(false);
  expect(child.said).toEqual(["The toy process did not exit within 0.3 s; killing it."]);
});

test("a child that is frozen is killed and started again; one that says that it works is left alone", async () => {
  const silence = { firstMs: patienceMs, nextMs: 3_000 };
  const [frozen, working] = [keep("pulse", { silence }), keep("pulse", { silence })];
  // The first pulse was heard before the third is said.
  const pulses = ({ lines }: Kept) => lines.filter((line) => line === "pulsed").length;
  await eventually(() => pulses(frozen) >= 3 && pulses(working) >= 3);
  process.kill(frozen.started()[0]!, "SIGSTOP");
  await eventually(() => frozen.started().length === 2);
  expect(isAlive(frozen.started()[0]!)).toBe(false);
  expect(frozen.said[0]).toMatch(/sent no heartbeat for \d+ s; killing it/);
  // It ran for longer than the other was silent.
  expect(working.started()).toHaveLength(1);
});

test("kill -9 of the supervisor: the child ends by itself", async () => {
  const supervisor = spawn(process.execPath, [join(fixtures, "toy-supervisor.ts")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines: string[] = [];
  createInterface({ input: supervisor.stdout }).on("line", (line) => lines.push(line));
  await eventually(() => startsIn(lines).length === 1);
  supervisor.kill("SIGKILL");
  await eventually(() => !isAlive(startsIn(lines)[0]!));
});

function keep(
  behaviour: string,
  { firstPauseMs = 20, once = false, silence }: { firstPauseMs?: number; once?: boolean; silence?: SilenceLimits } = {},
): Kept {
  const command = [join(fixtures, "toy-child.ts"), behaviour];
  const [lines, said]: [string[], string[]] = [[], []];
  const child = keepRunning(
    { name: "toy", command, env: process.env, cwd: fixtures, once, pulses: silence !== undefined },
    {
      onLine: (_name, line) => lines.push(line),
      say: (sentence) => said.push(sentence),
      firstPauseMs,
      ...(silence === undefined ? {} : { silence }),
    },
  );
  running.push(child);
  return { ...child, lines, said, started: () => startsIn(lines) };
}

function startsIn(lines: readonly string[]): number[] {
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

function eventually(holds: () => boolean): Promise<void> {
  return until("it comes about", () => Promise.resolve(holds()));
}
