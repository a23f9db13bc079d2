import type { Metadata } from "next";
import { pageContext } from "#app/page-context.ts";
import { DeploymentsView } from "#components/deployments/deployments-view.tsx";
import { listDeploymentEffects, readDeploymentCursor, writeDeploymentCursor } from "#server/facts/index.ts";

export const metadata: Metadata = { title: "Deployments" };

const shownAtOnce = 25;

interface Props {
  searchParams: Promise<{ datacenter?: string | string[]; cursor?: string | string[] }>;
}

export default async function DeploymentsPage({ searchParams }: Props) {
  const { datacenter, cursor } = await searchParams;
  const ctx = await pageContext();
  const at = typeof datacenter === "string" && datacenter !== "" ? datacenter : null;
  const after = typeof cursor === "string" ? readDeploymentCursor(cursor) : null;
  const page = await listDeploymentEffects({
    ctx,
    input: { after, limit: shownAtOnce, ...(at === null ? {} : { datacenter: at }) },
  });
  const search = new URLSearchParams({
    limit: String(shownAtOnce),
    ...(at === null ? {} : { datacenter: at }),
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
      search={search.toString()}
      datacenter={at}
      isFirst={after === null}
    />
  );
}
