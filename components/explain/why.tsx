"use client";

import { useQuery } from "@tanstack/react-query";
import { queries } from "#components/api/queries.ts";
import page from "#components/ui/page.module.css";
import { Section } from "#components/ui/section.tsx";
import type { ExplanationJson } from "#domain/api/explanation.ts";
import type { VerdictJson } from "#domain/api/verdict.ts";
import styles from "./cause-list.module.css";
import { CauseList } from "./cause-list.tsx";
import { shareReasons } from "./share-reasons.ts";
import { waitingFirst } from "./waiting-first.ts";

/** Why an hour is not complete: likely causes, each with its evidence, and the remaining reasons. */
export function Why({ verdict, initial }: { verdict: VerdictJson; initial: ExplanationJson }) {
  const { data } = useQuery({ ...queries.explanation(verdict.eventType, verdict.hour), initialData: initial });
  const { causes, rest } = shareReasons(verdict.reasons, waitingFirst(data.causes, verdict));
  if (causes.length === 0 && rest.length === 0) return null;
  return (
    <Section id="why" title="Why">
      {causes.length > 1 && (
        <p className={page.quiet}>
          {verdict.closedAt === null
            ? "Likely causes, those that the hour waits for first."
            : "Likely causes, most likely first."}
        </p>
      )}
      {causes.length > 0 && <CauseList causes={causes} asOf={data.asOf} />}
      {rest.length > 0 && (
        <ul className={styles.rest}>
          {rest.map(({ code, datacenter, message }) => (
            <li key={`${code} ${datacenter} ${message}`}>{message}</li>
          ))}
        </ul>
      )}
    </Section>
  );
}
