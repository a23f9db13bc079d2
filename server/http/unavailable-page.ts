import { escapeHtml } from "./escape-html.ts";

/** A page that needs neither scripts nor files, for when nothing else can be served. The browser asks again every few seconds. */
export function unavailablePage(sentence: string): Response {
  const body = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>Unavailable · Tidemark</title>
<style>
body { margin: 10vh auto; padding: 0 16px; max-width: 640px; font: 14px/20px system-ui, sans-serif; }
h1 { font-size: 20px; line-height: 28px; }
</style>
<h1>Tidemark is unavailable</h1>
<p>${escapeHtml(sentence)}</p>
<p>This page reloads by itself every ${retrySeconds} seconds.</p>
</html>
`;
  return new Response(body, {
    status: 503,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "retry-after": String(retrySeconds),
      refresh: String(retrySeconds),
    },
  });
}

const retrySeconds = 5;
