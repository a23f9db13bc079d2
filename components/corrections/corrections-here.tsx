"use client";

import { useQuery } from "@tanstack/react-query";
import { useMay } from "#components/access/use-may.ts";
import { useMayCorrect } from "#components/access/use-may-correct.ts";
import { correctionQueries } from "#components/api/corrections.ts";
import page from "#components/ui/page.module.css";
import { PageLink } from "#components/ui/page-link.tsx";
import { Section } from "#components/ui/section.tsx";
import { Time } from "#components/ui/time.tsx";
import type { AcceptedJson } from "#domain/api/accepted.ts";
import { CorrectionRows } from "./correction-rows.tsx";
import styles from "./corrections.module.css";

interface CorrectionsHereProps {
  /** The scope of the corrections shown: a type, a datacenter, an hour of a type. */
  filters: { eventType?: string; datacenter?: string; hour?: string };
  /** For an hour: who accepted it, while that holds. */
  accepted?: AcceptedJson | null;
  /** The corrections available here, each by its button's label. */
  acts: readonly { name: string; href: string }[];
  asOf: string;
}

const shown = 20;

/** The active corrections here, with their actions: empty for read-only visitors if nothing was corrected. */
export function CorrectionsHere({ filters, accepted = null, acts, asOf }: CorrectionsHereProps) {
  const mayWrite = useMay("write");
  const { may: mayCorrect } = useMayCorrect(filters.eventType ?? null);
  // Of a datacenter each owner corrects their own types: the form says which.
  const may = filters.eventType === undefined ? mayWrite : mayCorrect;
  const search = new URLSearchParams({ ...filters, active: "true", limit: String(shown) }).toString();
  const query = useQuery(correctionQueries.list(search));
  const items = query.data?.items ?? [];
  if (items.length === 0 && accepted === null && !may) return null;
  const { hour: _, ...listed } = filters;
  return (
    <Section id="corrections" title="Corrections">
      {accepted !== null && (
        <p className={styles.accepted}>
          <strong>Accepted</strong> by {accepted.by}, <Time at={accepted.at} relativeTo={asOf} />: {accepted.reason}
        </p>
      )}
      {items.length > 0 ? (
        <CorrectionRows corrections={items} asOf={asOf} />
      ) : (
        <p className={page.quiet}>{query.data ? "No correction is in force." : "Loading corrections…"}</p>
      )}
      <p className={styles.acts}>
        {may &&
          acts.map(({ name, href }) => (
            <PageLink key={name} href={href}>
              {name}
            </PageLink>
          ))}
        <PageLink href={`/corrections?${new URLSearchParams(listed)}`}>All corrections</PageLink>
      </p>
    </Section>
  );
}
