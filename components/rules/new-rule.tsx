import Link from "next/link";
import page from "#components/ui/page.module.css";
import { RuleEditor } from "./rule-editor.tsx";
import { startingRule } from "./starting-rule.ts";

/** A starting rule, with its threshold to adjust and its route, before it is applied. */
export function NewRule() {
  return (
    <article className={page.page}>
      <h1>New rule</h1>
      <p>
        Set a name, a metric and a threshold. The name of an <Link href="/alerts/rules">existing rule</Link> replaces
        that rule. <Link href="/docs/alerting">Alerting</Link> lists the metrics.
      </p>
      <section className={page.card} aria-labelledby="the-rule">
        <h2 id="the-rule">Rule</h2>
        <RuleEditor initial={startingRule} />
      </section>
    </article>
  );
}
