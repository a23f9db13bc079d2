import { InvalidArgumentError } from "commander";
import { parse } from "yaml";
import { type Scope, scopes } from "#domain/access/scope.ts";
import { parseDuration } from "#domain/duration.ts";

/** Seconds. */
export function readDuration(text: string): number {
  const seconds = parseDuration(text);
  if (seconds === null) throw new InvalidArgumentError("Write a duration like 90s, 60m, 2h or 3d.");
  return seconds;
}

/** A duration that is checked here, and sent as written. */
export function checkDuration(text: string): string {
  readDuration(text);
  return text;
}

export function readShare(text: string): string {
  if (!/^(0|1|0?\.\d+|0\.\d+|1\.0+)$/.test(text))
    throw new InvalidArgumentError("Write a share from 0 to 1, like 0.999.");
  return text;
}

export function readScopes(text: string): Scope[] {
  const named = text.split(",").map((scope) => scope.trim());
  const unknown = named.find((scope) => !(scopes as readonly string[]).includes(scope));
  if (unknown !== undefined)
    throw new InvalidArgumentError(`"${unknown}" is not a scope. Scopes are ${scopes.join(", ")}.`);
  return named as Scope[];
}

export function readSpeed(text: string): number {
  const speed = Number(text.replace(/x$/, ""));
  if (!(speed > 0 && Number.isFinite(speed))) throw new InvalidArgumentError("Write a multiple, like 60.");
  return speed;
}

export function readRate(text: string): number {
  const rate = Number(text);
  if (!(rate > 0 && Number.isFinite(rate)))
    throw new InvalidArgumentError("Write a number of events a second, like 500.");
  return rate;
}

export function readYaml(text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw new InvalidArgumentError(`Write YAML or JSON. ${error instanceof Error ? error.message.split("\n")[0] : ""}`);
  }
}
