import type { Metadata } from "next";
import { pageContext, readStatusNow } from "#app/page-context.ts";
import { RuleList } from "#components/rules/rule-list.tsx";
import { listRules } from "#server/alerts/index.ts";

export const metadata: Metadata = { title: "Alert rules" };

export default async function RulesPage() {
  const ctx = await pageContext();
  const [status, rules] = await Promise.all([readStatusNow(), listRules({ ctx, input: { after: null, limit: 500 } })]);
  return <RuleList rules={{ items: rules.items, nextCursor: null }} asOf={status.now} />;
}
