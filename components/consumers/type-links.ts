export interface TypeLink {
  title: string;
  /** What it is for, in half a sentence. */
  use: string;
  text: string;
}

/** What can be copied of a type. `origin` is where this Tidemark is reached. */
export function typeLinks(origin: string, eventType: string): TypeLink[] {
  const pageUrl = `${origin}/event-types/${encodeURIComponent(eventType)}`;
  const url = `${origin}/api/v1/event-types/${encodeURIComponent(eventType)}`;
  const label = eventType.replace(/[[\]\\]/g, "\\$&");
  return [
    {
      title: "Badge",
      use: "for a README or a wiki, in Markdown",
      text: `[![${label}](${url}/badge.svg)](${pageUrl})`,
    },
    {
      title: "Atom feed",
      use: "late, incomplete and amended hours, for a feed reader or a chat",
      text: `${url}/feed.atom`,
    },
    { title: "JSON feed", use: "the same for programs", text: `${url}/feed.json` },
  ];
}
