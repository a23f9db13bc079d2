"use client";

import { withBase } from "#components/api/base-path.ts";
import { type CopyItem, CopyList } from "#components/ui/copy-list.tsx";
import { PageLink } from "#components/ui/page-link.tsx";
import { Section } from "#components/ui/section.tsx";
import { useOrigin } from "#components/ui/use-origin.ts";
import { escapeName } from "#domain/name-list.ts";
import styles from "./consumers.module.css";

/** Integrations of a type: its badge, its feeds, a webhook. */
export function UseThisType({ eventType, completeThrough }: { eventType: string; completeThrough: string | null }) {
  const origin = useOrigin();
  // A browser loads an image URL once per page: with the hour in it, it is reloaded when the hour changes.
  const path = `/api/v1/event-types/${encodeURIComponent(eventType)}/badge.svg?through=${completeThrough ?? ""}`;
  return (
    <Section id="use" title="Use this type">
      {/* biome-ignore lint/performance/noImgElement: an SVG of our own, a few hundred bytes, reloaded on change */}
      <img className={styles.badge} src={withBase(path)} alt={`Badge of ${eventType}`} />
      <CopyList items={typeLinks(origin, eventType)} />
      <p>
        <PageLink href={`/ready?${new URLSearchParams({ eventTypes: escapeName(eventType) })}`}>
          Is a day ready?
        </PageLink>{" "}
        <a href={withBase("/docs/consumers")}>Recipes for schedulers and pipelines</a>
      </p>
    </Section>
  );
}

/** The links of a type to copy. `origin` is this Tidemark's own URL. */
export function typeLinks(origin: string, eventType: string): CopyItem[] {
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
