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
        Give it a name, say which figure it looks at and from when on that is bad. A name of one of the{" "}
        <Link href="/alerts/rules">rules there are</Link> changes that one; <Link href="/docs/alerting">Alerting</Link>{" "}
        lists the metrics.
      </p>
      <section className={page.card} aria-labelledby="the-rule">
        <h2 id="the-rule">The rule</h2>
        <RuleEditor initial={startingRule} />
      </section>
    </article>
  );
}
