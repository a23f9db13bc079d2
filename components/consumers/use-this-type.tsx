"use client";

import Link from "next/link";
import { withBase } from "#components/api/base-path.ts";
import { CopyList } from "#components/ui/copy-list.tsx";
import { Section } from "#components/ui/section.tsx";
import { useOrigin } from "#components/ui/use-origin.ts";
import { escapeName } from "#domain/name-list.ts";
import styles from "./consumers.module.css";
import { typeLinks } from "./type-links.ts";

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
        <Link href={`/ready?${new URLSearchParams({ eventTypes: escapeName(eventType) })}`} prefetch={false}>
          Is a day ready?
        </Link>{" "}
        <a href={withBase("/docs/consumers")}>Recipes for schedulers and pipelines</a>
      </p>
    </Section>
  );
}
