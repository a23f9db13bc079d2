import type { z } from "zod";
import type { Fault } from "../fault.ts";
import { faultsOf } from "./faults-of.ts";

export type Parsed<Spec> = { ok: true; spec: Spec } | { ok: false; faults: Fault[] };

/** A spec alone, as stored in a column or sent in a request; JSON pointers of faults start at the spec. */
export function parseSpec<Spec>(schema: z.ZodType<Spec>, value: unknown): Parsed<Spec> {
  const result = schema.safeParse(value, { reportInput: true });
  return result.success ? { ok: true, spec: result.data } : { ok: false, faults: faultsOf(result.error) };
}
