export interface TypeLink {
  title: string;
  /** Its purpose, in half a sentence. */
  use: string;
  text: string;
}

/** The links of a type to copy. `origin` is this Tidemark's own URL. */
export function typeLinks(origin: string, eventType: string): TypeLink[] {
  const pageUrl = `${origin}/event-types/${encodeURIComponent(eventType)}`;
  const url = `${origin}/api/v1/event-types/${encodeURIComponent(eventType)}`;
  const label = eventType.replace(/[[\]\\]/g, "\\$&");
  return [
    {
      title: "Badge",
      use: "Markdown, for a README or a wiki",
      text: `[![${label}](${url}/badge.svg)](${pageUrl})`,
    },
    {
      title: "Atom feed",
      use: "late, incomplete and amended hours, for a feed reader or a chat",
      text: `${url}/feed.atom`,
    },
    { title: "JSON feed", use: "the same feed as JSON", text: `${url}/feed.json` },
  ];
}
