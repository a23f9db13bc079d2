import type { Metadata } from "next";
import type { SearchedPage } from "#app/named-page.ts";
import { NewHook } from "#components/deployment-hooks/new-hook.tsx";
import { hookProviders } from "#domain/deployment-hook/providers.ts";

export const metadata: Metadata = { title: "New deployment hook" };

export default async function NewHookPage({ searchParams }: SearchedPage) {
  const { provider } = await searchParams;
  return <NewHook provider={hookProviders.find((known) => known === provider) ?? "github"} />;
}
