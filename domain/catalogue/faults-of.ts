import type { z } from "zod";
import { type Fault, maxFaults, pointerStep, sayFound } from "../fault.ts";

/** Zod's issues in the catalogue's words: where each is, what the value must be and what was found. */
export function faultsOf({ issues }: z.ZodError): Fault[] {
  return issues.flatMap(faultsOfIssue).slice(0, maxFaults);
}

function faultsOfIssue(issue: z.core.$ZodIssue): Fault[] {
  const pointer = issue.path.map((step) => pointerStep(String(step))).join("");
  switch (issue.code) {
    // The message lists the known members: see read-fields' object.
    case "unrecognized_keys":
      return issue.keys.map((key) => ({
        pointer: pointer + pointerStep(key),
        detail: `is not a known field; ${issue.message}`,
      }));
    // Messages from fields name the value found; zod's messages about shapes do not.
    case "custom":
      return [{ pointer, detail: issue.message }];
    // A discriminator's issue is at its member and carries the whole object.
    case "invalid_union":
      return [{ pointer, detail: `${issue.message}; ${tailOf(memberAt(issue.input, issue.path.at(-1)))}` }];
    default:
      return [{ pointer, detail: `${mustOf(issue)}; ${tailOf(issue.input)}` }];
  }
}

function memberAt(input: unknown, key: PropertyKey | undefined): unknown {
  return key !== undefined && typeof input === "object" && input !== null
    ? (input as Record<PropertyKey, unknown>)[key]
    : input;
}

function tailOf(found: unknown): string {
  return found === undefined ? "it is missing" : `found ${sayFound(found)}`;
}

function mustOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_value" && issue.values.length === 1) return `must be ${String(issue.values[0])}`;
  return issue.code === "invalid_type" && issue.expected === "object" ? "must be an object" : issue.message;
}
