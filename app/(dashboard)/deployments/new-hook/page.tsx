import type { Metadata } from "next";
import { NewHook } from "#components/deployment-hooks/new-hook.tsx";
import { hookProviders } from "#domain/deployment-hook/providers.ts";

export const metadata: Metadata = { title: "New deployment hook" };

interface Props {
  searchParams: Promise<{ provider?: string | string[] }>;
}

export default async function NewHookPage({ searchParams }: Props) {
  const { provider } = await searchParams;
  return <NewHook provider={hookProviders.find((known) => known === provider) ?? "github"} />;
}
