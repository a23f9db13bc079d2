import type { Metadata } from "next";
import Link from "next/link";
import { pageContext } from "#app/page-context.ts";
import { withBase } from "#components/api/base-path.ts";
import { ExcuseList } from "#components/slo/excuse-list.tsx";
import { ExcuseSuggestions } from "#components/slo/excuse-suggestions.tsx";
import page from "#components/ui/page.module.css";
import { Section } from "#components/ui/section.tsx";
import { listExcuses, readOpeningMonth, suggestExcuses } from "#server/slo/index.ts";

export const metadata: Metadata = { title: "Excused hours" };

export default async function ExcusesPage() {
  const ctx = await pageContext();
  const month = await readOpeningMonth({ ctx });
  const [{ items }, suggestions] = await Promise.all([
    listExcuses({ ctx, input: { limit: 200, after: null } }),
    suggestExcuses({ ctx, input: { month } }),
  ]);
  return (
    <article className={page.page}>
      <div className={page.heading}>
        <h1>Excused hours</h1>
        <Link href="/service-levels/excuses/new">Excuse hours</Link>
      </div>
      <p className={page.quiet}>
        Excused hours do not count. Every excuse stays listed, with who made it and why.{" "}
        <a href={withBase("/docs/slo")}>How excuses work</a>
      </p>
      <Section id="suggestions" title="Planned maintenance">
        <ExcuseSuggestions month={month} suggestions={suggestions} />
      </Section>
      <Section id="excuses" title="Excuses">
        <ExcuseList initial={{ items, nextCursor: null }} />
      </Section>
    </article>
  );
}
