import type { Metadata } from "next";
import { pageContext, readStatusNow } from "#app/page-context.ts";
import { HookList } from "#components/deployment-hooks/hook-list.tsx";
import { listHooks } from "#server/hooks/index.ts";
import { runtime } from "#server/http/runtime.ts";

export const metadata: Metadata = { title: "Deployment hooks" };

export default async function DeploymentHooksPage() {
  const ctx = await pageContext();
  const { readSecret } = await runtime();
  const [status, hooks] = await Promise.all([
    readStatusNow(),
    listHooks({ ctx, input: { after: null, limit: 500 }, readSecret }),
  ]);
  return <HookList hooks={{ items: hooks.items, nextCursor: null }} asOf={status.now} />;
}
