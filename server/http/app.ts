import { bodyLimit } from "hono/body-limit";
import { requestId } from "hono/request-id";
import { NotFound, PayloadTooLarge } from "#server/errors.ts";
import type { ApiDeps } from "./api-deps.ts";
import { authentication } from "./authentication.ts";
import { cacheRules, entityTags } from "./caching.ts";
import { serveDocumentation } from "./documentation.ts";
import { answerProblem } from "./problems.ts";
import { type ApiRouter, createRouter } from "./router.ts";
import { sessionRoutes } from "./session.ts";
import { tokenRoutes } from "./tokens.ts";

/** One router per noun, below `/api/v1`. Each parses, calls one use case and answers. */
const nouns: readonly ((deps: ApiDeps) => ApiRouter)[] = [tokenRoutes];

const maxBodyBytes = 16 * 1024 * 1024;

/** The whole API: `/api/v1/…` behind authentication, its documentation for everybody. */
export function createApi(deps: ApiDeps): ApiRouter {
  const v1 = createRouter();
  v1.route("/", sessionRoutes(deps));
  // In this order: nobody fills the memory without a token.
  v1.use(authentication(deps), bodyLimit({ maxSize: maxBodyBytes, onError: refuseBody }));
  for (const routes of nouns) v1.route("/", routes(deps));

  const api = createRouter();
  api.use(requestId(), cacheRules(), entityTags());
  api.route("/api/v1", v1);
  serveDocumentation(api, deps);
  api.notFound((c) => {
    const problem = new NotFound(`There is no ${c.req.method} ${c.req.path}. /api/docs lists every call.`);
    return answerProblem(problem, c, deps.log);
  });
  api.onError((error, c) => answerProblem(error, c, deps.log));
  return api;
}

function refuseBody(): never {
  throw new PayloadTooLarge("The body is larger than 16 MiB. Send it in several requests.");
}
