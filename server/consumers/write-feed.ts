import { Feed } from "feed";
import { html } from "hono/html";
import { type DescribedHappening, describeHappening, type Happening } from "#domain/happening.ts";
import { formatHour } from "#domain/hour.ts";
import { formatInstant } from "#domain/instant.ts";

export interface FeedSource {
  eventType: string;
  activeFrom: Date;
  happenings: readonly Happening[];
  /** This Tidemark's base URL, without a trailing slash. */
  origin: string;
}

interface Entry extends DescribedHappening {
  id: string;
  url: string;
  at: Date;
}

const author = "Tidemark";

/** JSON Feed 1.1. */
export function writeJsonFeed(source: FeedSource): string {
  const { title, description, home, self } = frameOf(source, "json");
  return JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title,
    description,
    home_page_url: home,
    feed_url: self,
    language: "en",
    authors: [{ name: author }],
    items: source.happenings.map((happening) => {
      const { id, url, title: headline, text, at, kind } = entryOf(source, happening);
      return { id, url, title: headline, content_text: text, date_published: formatInstant(at), tags: [kind] };
    }),
  });
}

/** Atom 1.0 (RFC 4287). Its titles and texts are HTML, so they are escaped first. */
export function writeAtomFeed(source: FeedSource): string {
  const { title, description, home, self } = frameOf(source, "atom");
  const entries = source.happenings.map((happening) => entryOf(source, happening));
  const feed = new Feed({
    id: self,
    title,
    description,
    link: home,
    feedLinks: { atom: self },
    author: { name: author },
    generator: author,
    // The newest entry's time, so that an unchanged feed is byte-identical.
    updated: entries[0]?.at ?? source.activeFrom,
  });
  for (const { id, url, title: headline, text, at, kind } of entries) {
    feed.addItem({
      id,
      link: url,
      title: String(html`${headline}`),
      description: String(html`${text}`),
      date: at,
      published: at,
      category: [{ name: kind, term: kind }],
    });
  }
  return feed.atom1();
}

function frameOf({ eventType, origin }: FeedSource, format: "json" | "atom") {
  const name = encodeURIComponent(eventType);
  return {
    title: `${eventType} in Tidemark`,
    description: `Hours of ${eventType} that were late, are incomplete, or were amended.`,
    home: `${origin}/event-types/${name}`,
    self: `${origin}/api/v1/event-types/${name}/feed.${format}`,
  };
}

function entryOf({ origin }: FeedSource, happening: Happening): Entry {
  const { eventType, hour, revision, knownAt } = happening;
  const url = `${origin}/event-types/${encodeURIComponent(eventType)}/hours/${formatHour(hour)}`;
  return { ...describeHappening(happening), id: `${url}#revision-${revision}`, url, at: knownAt };
}
