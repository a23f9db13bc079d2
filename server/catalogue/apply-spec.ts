import { apiVersion, type CatalogueKind } from "#domain/catalogue.ts";
import type { CheckDestination } from "#domain/egress.ts";
import { AnotherTeams, type Call } from "#server/access/index.ts";
import { type Fault, Invalid } from "#server/errors.ts";
import type { Precondition } from "#server/precondition.ts";
import { type ApplyResult, applyCatalogue } from "./apply-catalogue.ts";

export interface ApplySpecInput {
  readonly kind: CatalogueKind;
  readonly name: string;
  readonly spec: unknown;
  /** JSON pointer of the spec in what the caller sent; the body itself, if left out. */
  readonly specAt?: string;
  readonly dryRun: boolean;
  readonly checkDestination?: CheckDestination;
  readonly precondition?: Precondition;
  readonly keepBuiltIn?: boolean;
}

/** Applies one noun's spec; fault pointers start where the caller put it. */
export async function applySpec({ ctx, input }: Call<ApplySpecInput>): Promise<ApplyResult> {
  const { kind, name, spec, specAt = "", ...rest } = input;
  const text = write({ apiVersion, kind, metadata: { name }, spec });
  try {
    return await applyCatalogue({ ctx, input: { ...rest, text } });
  } catch (error) {
    const place = (faults: readonly Fault[]) => faults.map((fault) => placeInSpec(fault, specAt));
    if (error instanceof Invalid) throw new Invalid(error.message, place(error.faults));
    if (error instanceof AnotherTeams) throw new AnotherTeams(place(error.faults), error.objects);
    throw error;
  }
}

/** JSON is parsed at any depth, but serialised to some thousand levels only. */
function write(document: unknown): string {
  try {
    return JSON.stringify(document);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Invalid("The spec is invalid.", [{ pointer: "", detail: "must not have thousands of nested lists" }]);
  }
}

/** The caller sent no document or line. */
function placeInSpec({ pointer, detail }: Fault, specAt: string): Fault {
  if (pointer === "/0/metadata/name") return { parameter: "name", detail };
  return { pointer: specAt + (pointer?.replace(/^\/0(\/spec)?/, "") ?? ""), detail };
}
