import { decodeSegment, type NamedPage, orNotFound, titledBy } from "#app/named-page.ts";
import { pageContext, readStatusNow } from "#app/page-context.ts";
import { RuleView } from "#components/rules/rule-view.tsx";
import { readRule } from "#server/alerts/index.ts";
import { listAlertsNow, readRuleStanding } from "#server/notifications/index.ts";

export const generateMetadata = titledBy((name) => `Rule ${name}`);

export default async function RulePage({ params }: NamedPage) {
  const name = decodeSegment((await params).name);
  const ctx = await pageContext();
  const [status, rule, standing, alerts] = await Promise.all([
    readStatusNow(),
    orNotFound(readRule({ ctx, input: { name } })),
    orNotFound(readRuleStanding({ ctx, input: { name } })),
    listAlertsNow({ ctx, input: { after: null, limit: 200, rule: name } }),
  ]);
  return (
    <RuleView rule={rule} standing={standing} alerts={{ items: alerts.items, nextCursor: null }} asOf={status.now} />
  );
}
