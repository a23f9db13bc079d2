import { decodeSegment, type NamedPage, orNotFound, titledBy } from "#app/named-page.ts";
import { pageContext, readStatusNow } from "#app/page-context.ts";
import { deliveriesAtFirst } from "#components/api/deployment-hooks.ts";
import { HookView } from "#components/deployment-hooks/hook-view.tsx";
import { listHookDeliveries, readHook } from "#server/hooks/index.ts";
import { toListBody } from "#server/http/paging.ts";
import { runtime } from "#server/http/runtime.ts";

export const generateMetadata = titledBy((name) => `Deployment hook ${name}`);

export default async function DeploymentHookPage({ params }: NamedPage) {
  const name = decodeSegment((await params).name);
  const ctx = await pageContext();
  const { readSecret } = await runtime();
  const [status, hook, deliveries] = await Promise.all([
    readStatusNow(),
    orNotFound(readHook({ ctx, input: { name }, readSecret })),
    orNotFound(listHookDeliveries({ ctx, input: { name, before: null, limit: deliveriesAtFirst } })),
  ]);
  return <HookView hook={hook} deliveries={toListBody(deliveries)} asOf={status.now} />;
}
