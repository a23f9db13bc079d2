import { type ChildProcess, type ChildProcessByStdio, type StdioOptions, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { type SilenceLimits, watchPulse } from "./watch-pulse.ts";

export interface ChildSpec {
  /** Shown in the log: "ingest", "evaluate 2". */
  name: string;
  /** A .ts file and its arguments, for this process's Node. */
  command: string[];
  env: NodeJS.ProcessEnv;
  cwd: string;
  /** It is meant to end by itself: after exit code 0 it is not restarted. */
  once?: boolean;
  /** It reports a pulse every two seconds (server/process/pulse.ts): killed when it falls silent. */
  pulses?: boolean;
  /** How long it may take to end when asked to. */
  graceMs?: number;
}

export interface ChildDeps {
  /** A line of the child's output. */
  onLine(name: string, line: string, source: "stdout" | "stderr"): void;
  say(sentence: string): void;
  firstPauseMs?: number;
  silence?: SilenceLimits;
}

export interface KeptChild {
  /** Asks the child to end, and kills it after the grace period. */
  stop(graceMs?: number): Promise<void>;
  kill(): void;
}

const longestPauseMs = 30_000;
/** A child that ran this long was not failing at startup: the next pause is short again. */
const healthyAfterMs = 60_000;
const defaultGraceMs = 10_000;

/** Starts a child and restarts it whenever it dies, with growing pauses, until stopped. */
export function keepRunning(spec: ChildSpec, deps: ChildDeps): KeptChild {
  const firstPauseMs = deps.firstPauseMs ?? 1_000;
  const stopping = new AbortController();
  let child: ChildProcess | null = null;

  const run = async () => {
    let pauseMs = firstPauseMs;
    while (!stopping.signal.aborted) {
      const startedMs = performance.now();
      child = start(spec, deps);
      const watch = spec.pulses ? watchPulse(child, { name: spec.name, say: deps.say, limits: deps.silence }) : null;
      const ended = await ending(child);
      watch?.end();
      child = null;
      if (stopping.signal.aborted || (spec.once && ended === "exit code 0")) return;
      if (performance.now() - startedMs > healthyAfterMs) pauseMs = firstPauseMs;
      deps.say(`The ${spec.name} process exited (${ended}); restarting it in ${Math.ceil(pauseMs / 1000)} s.`);
      await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    }
  };
  const done = run();

  return {
    async stop(graceMs = spec.graceMs ?? defaultGraceMs) {
      stopping.abort();
      child?.kill("SIGTERM");
      child?.stdin?.end();
      const insist = setTimeout(() => {
        deps.say(`The ${spec.name} process did not exit within ${graceMs / 1000} s; killing it.`);
        child?.kill("SIGKILL");
      }, graceMs);
      await done;
      clearTimeout(insist);
    },
    kill() {
      stopping.abort();
      child?.kill("SIGKILL");
    },
  };
}

function start({ name, command, env, cwd, pulses }: ChildSpec, deps: ChildDeps): ChildProcess {
  // stdin stays open and silent: its end signals to the child that this process is gone
  // (server/process/parent-process.ts).
  const stdio: StdioOptions = ["pipe", "pipe", "pipe", ...(pulses ? (["ipc"] as const) : [])];
  const child = spawn(process.execPath, command, { cwd, env, stdio }) as ChildProcessByStdio<
    Writable,
    Readable,
    Readable
  >;
  child.stdin.on("error", () => undefined);
  const pass = (stream: Readable, source: "stdout" | "stderr") =>
    createInterface({ input: stream }).on("line", (line) => deps.onLine(name, line, source));
  pass(child.stdout, "stdout");
  pass(child.stderr, "stderr");
  return child;
}

function ending(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
}
