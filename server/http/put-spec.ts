import type { z } from "@hono/zod-openapi";
import type { Context as HonoContext } from "hono";
import { applyResultSchema } from "#domain/api/catalogue.ts";
import type { CatalogueKind } from "#domain/catalogue.ts";
import { isObject } from "#domain/protocol/values.ts";
import { applySpec } from "#server/catalogue/index.ts";
import type { ApiDeps, ApiEnv } from "./api-deps.ts";
import { readSpec } from "./body.ts";
import { dryRunQuery, toApplyBody } from "./catalogue.ts";
import { preconditionHeaders, readPrecondition } from "./precondition.ts";
import { json, problems, reference } from "./responses.ts";

/** Request of a route that replaces one noun's spec. Spread into its `request`. */
export function specRequest<Spec extends z.ZodType>(spec: Spec, example: z.input<Spec>) {
  return {
    query: dryRunQuery,
    headers: preconditionHeaders,
    body: { required: true, content: { "application/json": { schema: reference(spec), example } } },
  };
}

export const specResponses = { 200: json(applyResultSchema, "The difference."), ...problems(400, 412, 415) };

/** Applies the request's spec like a file with that one document. */
export async function putSpec(
  c: HonoContext<ApiEnv>,
  { checkDestination }: Pick<ApiDeps, "checkDestination">,
  { kind, name }: { kind: CatalogueKind; name: string },
) {
  // The route has validated that it is one of the two.
  const dryRun = c.req.query("dryRun") === "true";
  const precondition = readPrecondition(c);
  const input = { kind, name, ...specOf(await readSpec(c)), dryRun, checkDestination, precondition };
  return toApplyBody(await applySpec({ ctx: c.var.ctx, input }));
}

/** The spec, or that of an answer to GET: what Tidemark computed beside it is ignored. No spec has a member `spec`. */
function specOf(body: unknown): { spec: unknown; specAt?: string; keepBuiltIn?: boolean } {
  return isObject(body) && "spec" in body ? { spec: body.spec, specAt: "/spec", keepBuiltIn: true } : { spec: body };
}
