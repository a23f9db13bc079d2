import type { z } from "zod";
import { type Fault, maxFaults, pointerStep, sayFound } from "../fault.ts";
import { isObject } from "../protocol/values.ts";
import { apiVersion, datacenterDocument, eventTypeDocument, tierDocument } from "./documents.ts";

const documents = { Datacenter: datacenterDocument, EventType: eventTypeDocument, Tier: tierDocument } as const;

export type CatalogueKind = keyof typeof documents;
export const catalogueKinds = Object.keys(documents) as CatalogueKind[];

/** A document whose durations are seconds and whose hours are Dates; what it does not say is absent. */
export type CatalogueDocument = z.output<(typeof documents)[CatalogueKind]>;

export type ParsedDocument = { ok: true; document: CatalogueDocument } | { ok: false; faults: Fault[] };

/** One document of a catalogue file, as its YAML parser hands it over. */
export function parseDocument(value: unknown): ParsedDocument {
  if (!isObject(value))
    return refuse("", `must be an object with apiVersion, kind, metadata and spec; found ${sayFound(value)}`);
  const { kind } = value;
  if (typeof kind !== "string" || !Object.hasOwn(documents, kind)) {
    const tail = kind === undefined ? "it is missing" : `found ${sayFound(kind)}`;
    return refuse("/kind", `must be one of ${catalogueKinds.join(", ")}; ${tail}`);
  }
  const document = documents[kind as CatalogueKind];
  const result = document.safeParse(value, { reportInput: true });
  if (result.success) return { ok: true, document: result.data };
  return { ok: false, faults: result.error.issues.flatMap((issue) => faultsOf(issue, document)).slice(0, maxFaults) };
}

function refuse(pointer: string, detail: string): ParsedDocument {
  return { ok: false, faults: [{ pointer, detail }] };
}

function faultsOf(issue: z.core.$ZodIssue, document: (typeof documents)[CatalogueKind]): Fault[] {
  const pointer = issue.path.map((step) => pointerStep(String(step))).join("");
  switch (issue.code) {
    case "unrecognized_keys": {
      const known = knownFields(pointer, document).join(", ");
      return issue.keys.map((key) => ({
        pointer: pointer + pointerStep(key),
        detail: `is no field here; known are ${known}`,
      }));
    }
    // What fields say themselves names what was found; what zod says of shapes does not.
    case "custom":
      return [{ pointer, detail: issue.message }];
    default:
      return [
        {
          pointer,
          detail: `${mustOf(issue)}; ${issue.input === undefined ? "it is missing" : `found ${sayFound(issue.input)}`}`,
        },
      ];
  }
}

function mustOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_value") return `must be ${apiVersion}`;
  return issue.code === "invalid_type" && issue.expected === "object" ? "must be an object" : issue.message;
}

function knownFields(pointer: string, { shape }: (typeof documents)[CatalogueKind]): string[] {
  if (pointer === "/spec") return Object.keys(shape.spec.shape);
  if (pointer === "/spec/objectives") return ["timeliness", "completeness", "skew"];
  return Object.keys(pointer === "/metadata" ? shape.metadata.shape : shape);
}
