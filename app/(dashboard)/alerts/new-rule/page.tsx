import type { Metadata } from "next";
import Link from "next/link";
import { RuleEditor } from "#components/rules/rule-editor.tsx";
import { startingRule } from "#components/rules/rule-words.ts";
import page from "#components/ui/page.module.css";
import { Section } from "#components/ui/section.tsx";

export const metadata: Metadata = { title: "New rule" };

/** A starting rule to adjust, with what it would have done and where its alerts go, before it is created. */
export default function NewRulePage() {
  return (
    <article className={page.page}>
      <h1>New rule</h1>
      <p>
        Choose the figure, the value at which it alerts, and a name. <Link href="/docs/alerting">Alerting</Link>{" "}
        explains each metric.
      </p>
      <Section id="the-rule" title="Rule">
        <RuleEditor stored={{ ...startingRule, etag: null }} />
      </Section>
    </article>
  );
}
