import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { basePathOf } from "#server/settings/base-path.ts";
import type { ApiDeps } from "./api-deps.ts";
import { nonceHeader } from "./nonce-header.ts";
import { describeApi } from "./openapi-document.ts";
import { readers } from "./readers.ts";
import type { ApiRouter } from "./router.ts";

/**
 * Redoc as one module for browsers, from the package that lints the document (openapi.test.ts expects it there); `redoc` itself would
 * bring a router and a style library. The product runs from its repository.
 */
const redoc = join(process.cwd(), "node_modules/@redocly/cli/lib/chunks/redoc.standalone.js");

// What Redoc leaves to its host: enough contrast, a landmark for its menu, colours that follow the system, no motion where none is
// wanted, no badge with a picture from elsewhere.
const pageWith = (nonce: string, base: string) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Tidemark API</title>
<style>
body { margin: 0; background: var(--bg-color, Canvas) }
html.light { --link-color-primary: #0a5a94; --search-trigger-color: #6e6f7a }
html.light .tag-get { --tag-color: #147a43 }
html.light .tag-put { --tag-color: #9a5200 }
html.dark { --search-trigger-color: #a3a5b1 }
span:has(> a[href^="https://redocly.com/"]) { display: none }
@media (prefers-reduced-motion: reduce) { * { transition: none !important } }
</style></head><body><div id="redoc"></div><script type="module" nonce="${nonce}">
import { init } from "${base}/api/docs/redoc.js";
const root = document.getElementById("redoc");
const menuSeen = new MutationObserver(() => {
  const menu = root.querySelector(".menu-content");
  if (!menu) return;
  menu.setAttribute("role", "navigation");
  menuSeen.disconnect();
});
menuSeen.observe(root, { childList: true, subtree: true });
const dark = matchMedia("(prefers-color-scheme: dark)");
dark.addEventListener("change", () => { document.documentElement.className = dark.matches ? "dark" : "light" });
// A problem's type leads to the list of all.
if (location.hash.startsWith("#problem-")) location.hash = "#/section/problems";
init("${base}/api/openapi.json", { disableTelemetry: true }, root);
</script></body></html>
`;

/**
 * `/api/openapi.json` and its readable form at `/api/docs`, both public unless the dashboard is private. Everything comes from this server:
 * it works offline.
 */
export function serveDocumentation(api: ApiRouter, deps: ApiDeps): void {
  let document: string | undefined;
  const known = readers(deps);
  const base = basePathOf(deps.publicUrl);
  api.get("/api/openapi.json", known, (c) => {
    document ??= JSON.stringify(describeApi(api, deps.version, base));
    return c.body(document, 200, { "content-type": "application/json" });
  });
  // A person who is not signed in is led to where they can be, and back.
  const signedIn = readers(deps, (c) => c.redirect(`${base}/sign-in?next=/api/docs`));
  api.get("/api/docs", signedIn, (c) => c.html(pageWith(c.req.header(nonceHeader) ?? "", base)));
  api.get("/api/docs/redoc.js", known, async (c) =>
    c.body(await readFile(redoc, "utf8"), 200, { "content-type": "text/javascript; charset=utf-8" }),
  );
}
