"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { openSearch } from "#components/alerts/open-search.ts";
import { withBase } from "#components/api/base-path.ts";
import { queries } from "#components/api/queries.ts";
import type { IncidentSummaryJson } from "#domain/api/alerts.ts";
import { countedTitle } from "./counted-title.ts";

const everyMs = 30_000;

/** The count of open incidents in the tab’s title, and a desktop notice of each new one. Renders nothing. */
export function IncidentNotices() {
  // Also while the tab is hidden, which is when they matter.
  const { data } = useQuery({
    ...queries.incidents(openSearch),
    refetchInterval: everyMs,
    refetchIntervalInBackground: true,
  });
  useTitleCount(data?.items.length ?? 0);
  useNotices(data?.items);
  return null;
}

function useTitleCount(count: number): void {
  useEffect(() => {
    const write = () => {
      const title = countedTitle(document.title, count);
      if (title !== document.title) document.title = title;
    };
    write();
    // Each page sets its own title.
    const observer = new MutationObserver(write);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => {
      observer.disconnect();
      document.title = countedTitle(document.title, 0);
    };
  }, [count]);
}

function useNotices(incidents: readonly IncidentSummaryJson[] | undefined): void {
  const known = useRef<Set<string> | null>(null);
  useEffect(() => {
    if (!incidents) return;
    const before = known.current;
    known.current = new Set([...(before ?? []), ...incidents.map(({ id }) => id)]);
    // Those that were open when it was turned on are no news.
    if (before === null || !("Notification" in window) || Notification.permission !== "granted") return;
    for (const { id, situation } of incidents.filter((incident) => !before.has(incident.id))) {
      const notice = new Notification(situation.title, { body: situation.sentence, tag: `tidemark-incident-${id}` });
      notice.onclick = () => {
        window.focus();
        window.location.assign(withBase(`/alerts/incidents/${id}`));
      };
    }
  }, [incidents]);
}
