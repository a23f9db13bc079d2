import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { decodeSegment } from "#app/decode-segment.ts";
import { pageContext, readStatusNow } from "#app/page-context.ts";
import { RuleView } from "#components/rules/rule-view.tsx";
import { readRule } from "#server/alerts/index.ts";
import { NotFound } from "#server/errors.ts";
import { listAlertsNow, readRuleStanding } from "#server/notifications/index.ts";

interface Props {
  params: Promise<{ name: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Rule ${decodeSegment((await params).name)}` };
}

export default async function RulePage({ params }: Props) {
  const name = decodeSegment((await params).name);
  const ctx = await pageContext();
  const absent = (error: unknown) => {
    if (error instanceof NotFound) return null;
    throw error;
  };
  const [status, rule, standing, alerts] = await Promise.all([
    readStatusNow(),
    readRule({ ctx, input: { name } }).catch(absent),
    readRuleStanding({ ctx, input: { name } }).catch(absent),
    listAlertsNow({ ctx, input: { after: null, limit: 200, rule: name } }),
  ]);
  if (rule === null || standing === null) notFound();
  return (
    <RuleView rule={rule} standing={standing} alerts={{ items: alerts.items, nextCursor: null }} asOf={status.now} />
  );
}
