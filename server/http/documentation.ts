import type { ApiDeps } from "./api-deps.ts";
import { renderDocs } from "./docs-page.ts";
import { type ApiDocument, describeApi } from "./openapi-document.ts";
import type { ApiRouter } from "./router.ts";

/** `/api/openapi.json` and its readable form at `/api/docs`, both public. */
export function serveDocumentation(api: ApiRouter, deps: ApiDeps): void {
  let document: ApiDocument | undefined;
  let page: string | undefined;
  const readDocument = () => {
    document ??= describeApi(api, deps.version);
    return document;
  };
  api.get("/api/openapi.json", (c) => c.json(readDocument()));
  api.get("/api/docs", (c) => {
    page ??= renderDocs(readDocument());
    return c.html(page);
  });
}
