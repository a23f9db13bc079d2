"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { queries } from "#components/api/queries.ts";
import { Fact } from "#components/ui/fact.tsx";
import { formatCount, formatShare } from "#components/ui/number-format.ts";
import page from "#components/ui/page.module.css";
import { Section } from "#components/ui/section.tsx";

const names = { timeliness: "Closed in time", completeness: "Complete", skew: "In their own hour" } as const;

/** Its objectives this month, what was attained, and the error budget left. */
export function TypePromise({ eventType }: { eventType: string }) {
  const { data } = useQuery(queries.sloOfType(eventType));
  const item = data?.items.find(({ scope }) => scope === "eventType");
  if (!data || !item) return null;
  return (
    <Section id="promise" title={`Service levels in ${data.period.name}`}>
      <dl className={page.facts}>
        {(Object.keys(names) as (keyof typeof names)[]).map((measure) => {
          const { objective, hours } = item[measure];
          const { attainment, bad, budget } = hours;
          return (
            <Fact key={measure} name={names[measure]}>
              {attainment === null ? "no hours counted yet" : formatShare(attainment)}
              {objective !== null && ` of ${formatShare(objective)}`}
              {budget && `, ${formatCount(bad)} of ${formatCount(Math.round(budget.allowed))} allowed hours used`}
            </Fact>
          );
        })}
      </dl>
      <p>
        <Link href={`/service-levels?month=${data.period.name}`}>Full report</Link>
      </p>
    </Section>
  );
}
