import { z } from "@hono/zod-openapi";
import { listOf } from "#domain/api/shared.ts";
import type { CatalogueKind } from "#domain/catalogue.ts";
import type { Call } from "#server/access/index.ts";
import type { Page } from "#server/page.ts";
import type { Precondition } from "#server/precondition.ts";
import type { ApiDeps } from "./api-deps.ts";
import { tagWithSpec } from "./caching.ts";
import { pageQuery, readNamePage, toListBody } from "./paging.ts";
import { ifMatchHeaders, readPrecondition } from "./precondition.ts";
import { putSpec, specRequest, specResponses } from "./put-spec.ts";
import { json, needs, problems } from "./responses.ts";
import { type ApiRouter, tagged } from "./router.ts";

interface Tagged {
  readonly etag: string;
}

interface Described {
  readonly summary: string;
  readonly description?: string;
}

interface Answered<Input, Answer> extends Described {
  /** Describes the answer. */
  readonly answer: string;
  run(call: Call<Input>): Promise<Answer>;
}

/** A kind of document with a name: what its routes say, and the use cases behind them. */
interface NamedSpec<Item extends Tagged, Spec extends z.ZodType> {
  readonly kind: CatalogueKind;
  /** Names its operations: `listRules`, `readRule`. Absent: the kind does. */
  readonly noun?: string;
  readonly tag: string;
  readonly path: string;
  readonly name: z.ZodType<string>;
  readonly item: z.ZodType<Item>;
  readonly spec: Spec;
  /** Absent: the list has filters of its own. */
  readonly list?: Answered<{ after: string | null; limit: number }, Page<Item, string>>;
  readonly read: Answered<{ name: string }, Item>;
  readonly put: Described & { readonly example: z.input<Spec> };
  /** Absent: it is not deleted as a document. */
  readonly delete?: Answered<{ name: string; precondition: Precondition }, void> & {
    readonly refusals: Parameters<typeof problems>;
  };
}

/** Adds the routes that list, read, write and delete documents of one kind. */
export function addSpecRoutes<Item extends Tagged, Spec extends z.ZodType>(
  routes: ApiRouter,
  deps: ApiDeps,
  { kind, noun = kind, tag, path, name, spec, ...document }: NamedSpec<Item, Spec>,
): void {
  const route = tagged(tag);
  const onePath = `${path}/{name}`;
  const params = z.object({ name });
  const item: z.ZodType = document.item;

  if (document.list) {
    const { answer, run, ...described } = document.list;
    const listRoute = route.get(path, needs("read"), {
      operationId: `list${noun}s`,
      ...described,
      request: { query: pageQuery },
      responses: { 200: json(listOf(item), answer), ...problems(400) },
    });
    routes.openapi(listRoute, async (c) => {
      const page: Page<Tagged, string> = await run({ ctx: c.var.ctx, input: readNamePage(c.req.valid("query")) });
      return c.json(toListBody(page), 200);
    });
  }

  const { answer, run: read, ...readDescribed } = document.read;
  const readRoute = route.get(onePath, needs("read"), {
    operationId: `read${noun}`,
    ...readDescribed,
    request: { params },
    responses: { 200: json(item, answer), ...problems(404) },
  });
  routes.openapi(readRoute, async (c) => {
    const found: Tagged = await read({ ctx: c.var.ctx, input: c.req.valid("param") });
    return c.json(tagWithSpec(c, found), 200);
  });

  const { example, ...putDescribed } = document.put;
  const putRoute = route.put(onePath, needs("write"), {
    operationId: `put${noun}`,
    ...putDescribed,
    request: { params, ...specRequest(spec, example) },
    responses: specResponses,
  });
  routes.openapi(putRoute, async (c) => c.json(await putSpec(c, deps, { kind, name: c.req.valid("param").name }), 200));

  if (document.delete) {
    const { answer: deleted, run, refusals, ...described } = document.delete;
    const deleteRoute = route.delete(onePath, needs("write"), {
      operationId: `delete${noun}`,
      ...described,
      request: { params, headers: ifMatchHeaders },
      responses: { 204: { description: deleted }, ...problems(...refusals) },
    });
    routes.openapi(deleteRoute, async (c) => {
      await run({ ctx: c.var.ctx, input: { ...c.req.valid("param"), precondition: readPrecondition(c) } });
      return c.body(null, 204);
    });
  }
}
