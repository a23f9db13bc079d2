"use client";

import { useQuery } from "@tanstack/react-query";
import type { ListJson } from "#components/api/client.ts";
import { queries } from "#components/api/queries.ts";
import { Notice } from "#components/ui/notice.tsx";
import page from "#components/ui/page.module.css";
import { PageHeading } from "#components/ui/page-heading.tsx";
import { Section } from "#components/ui/section.tsx";
import type { SilenceJson } from "#domain/api/silences.ts";
import { SilenceForm } from "./silence-form.tsx";
import { SilenceRows } from "./silence-rows.tsx";

const currentSearch = "limit=200";
const endedSearch = "expired=true&limit=100";

interface SilenceListProps {
  current: ListJson<SilenceJson>;
  /** The newest, expired ones included. */
  newest: ListJson<SilenceJson>;
  /** The form's initial matchers, one per line. */
  matchers: string;
  asOf: string;
}

/** Active, pending and expired silences, and the form that creates one. */
export function SilenceList({ current, newest, matchers, asOf }: SilenceListProps) {
  const status = useQuery({ ...queries.status(), enabled: false });
  const now = status.data?.now ?? asOf;
  const query = useQuery({ ...queries.silences(currentSearch), initialData: current });
  const past = useQuery({ ...queries.silences(endedSearch), initialData: newest });
  const active = query.data.items.filter(({ state }) => state === "active" || state === "resting");
  const upcoming = query.data.items.filter(({ state }) => state === "pending");
  const ended = past.data.items.filter(({ state }) => state === "expired");
  return (
    <article className={page.page}>
      <PageHeading query={query}>Silences</PageHeading>
      {active.length === 0 && upcoming.length === 0 ? (
        <Notice title="No silences" level={2}>
          <p>Nothing is silenced. Create a silence below before planned work begins.</p>
        </Notice>
      ) : (
        <>
          <SilenceRows title="Active" silences={active} asOf={now} />
          <SilenceRows title="Upcoming" silences={upcoming} asOf={now} />
        </>
      )}
      <Section id="new-silence" title="Silence alerts">
        <SilenceForm key={matchers} matchers={matchers} asOf={now} />
      </Section>
      <SilenceRows title="Ended" silences={ended} asOf={now} />
    </article>
  );
}
