import type { Metadata } from "next";
import type { SearchedPage } from "#app/named-page.ts";
import { pageContext } from "#app/page-context.ts";
import { DeploymentsView } from "#components/deployments/deployments-view.tsx";
import { shownRunning } from "#components/deployments/running-search.ts";
import { textIn } from "#components/ui/page-search.ts";
import {
  listDeploymentEffects,
  listRunningVersions,
  readDeploymentCursor,
  writeDeploymentCursor,
} from "#server/facts/index.ts";

export const metadata: Metadata = { title: "Deployments" };

const shownAtOnce = 25;

export default async function DeploymentsPage({ searchParams }: SearchedPage) {
  const asked = await searchParams;
  const ctx = await pageContext();
  const at = textIn(asked, "datacenter") || null;
  const after = typeof asked.cursor === "string" ? readDeploymentCursor(asked.cursor) : null;
  const here = at === null ? {} : { datacenter: at };
  const page = await listDeploymentEffects({ ctx, input: { after, limit: shownAtOnce, ...here } });
  const running = await listRunningVersions({ ctx, input: { after: null, limit: shownRunning, ...here } });
  const search = new URLSearchParams({
    limit: String(shownAtOnce),
    ...here,
    ...(after === null ? {} : { cursor: writeDeploymentCursor(after) }),
  });
  return (
    <DeploymentsView
      key={search.toString()}
      initial={{
        items: page.items,
        nextCursor: page.next && writeDeploymentCursor(page.next),
        asOf: ctx.clock.now().toISOString(),
      }}
      initialRunning={{
        items: running.items,
        // Only whether there are more is shown.
        nextCursor: running.next && "",
        asOf: ctx.clock.now().toISOString(),
      }}
      search={search.toString()}
      datacenter={at}
      isFirst={after === null}
    />
  );
}
