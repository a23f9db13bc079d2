#!/usr/bin/env node
import { fstatSync } from "node:fs";
import { type Options, readOptions, usage } from "./options.ts";
import { run } from "./run.ts";

/** Aborted when the process is to end: a signal, or the death of the parent that holds its stdin or IPC channel. */
function stopSignal(): AbortSignal {
  const stop = new AbortController();
  const end = () => stop.abort();
  for (const name of ["SIGTERM", "SIGINT"] as const) process.once(name, end);
  process.once("disconnect", end);
  const stdin = fstatSync(0, { throwIfNoEntry: false });
  // Only a pipe ends with its parent: a terminal has Ctrl-C, and /dev/null is at its end from the start.
  if (stdin?.isFIFO() || stdin?.isSocket()) {
    process.stdin.resume().once("close", end).once("end", end);
    process.stdin.unref();
  }
  return stop.signal;
}

function optionsOrUsage(): Options {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${usage}`);
    process.exit(2);
  }
}

const options = optionsOrUsage();
const signal = stopSignal();
const say = (line: string) => console.log(`simulator: ${line}`);
try {
  await run({ url: options.url, token: options.token, signal, say }, options);
} catch (error) {
  if (!signal.aborted) {
    console.error(`simulator: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}
// A listener on an IPC channel must not keep a finished simulator alive.
if (process.connected) process.disconnect();
