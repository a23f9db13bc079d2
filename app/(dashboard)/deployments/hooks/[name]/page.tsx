import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { decodeSegment } from "#app/decode-segment.ts";
import { pageContext, readStatusNow } from "#app/page-context.ts";
import { deliveriesAtFirst } from "#components/api/deployment-hooks.ts";
import { HookView } from "#components/deployment-hooks/hook-view.tsx";
import { NotFound } from "#server/errors.ts";
import { listHookDeliveries, readHook } from "#server/hooks/index.ts";
import { toListBody } from "#server/http/paging.ts";
import { runtime } from "#server/http/runtime.ts";

interface Props {
  params: Promise<{ name: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Deployment hook ${decodeSegment((await params).name)}` };
}

export default async function DeploymentHookPage({ params }: Props) {
  const name = decodeSegment((await params).name);
  const ctx = await pageContext();
  const { readSecret } = await runtime();
  const [status, found] = await Promise.all([
    readStatusNow(),
    Promise.all([
      readHook({ ctx, input: { name }, readSecret }),
      listHookDeliveries({ ctx, input: { name, before: null, limit: deliveriesAtFirst } }),
    ]).catch((error: unknown) => {
      if (error instanceof NotFound) return null;
      throw error;
    }),
  ]);
  if (found === null) notFound();
  const [hook, deliveries] = found;
  return <HookView hook={hook} deliveries={toListBody(deliveries)} asOf={status.now} />;
}
