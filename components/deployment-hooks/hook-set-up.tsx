"use client";

import Link from "next/link";
import { CopyLine } from "#components/ui/copy-line.tsx";
import { useOrigin } from "#components/ui/use-origin.ts";
import type { HookProvider } from "#domain/deployment-hook/providers.ts";
import { deliveryUrl, providerNames, setUpWords } from "./hook-words.ts";

/** The URL to paste into the release tool, and where. */
export function HookSetUp({ name, provider }: { name: string; provider: HookProvider }) {
  const origin = useOrigin();
  return (
    <>
      <p>
        {setUpWords[provider]} <Link href="/docs/deployments">Deployments</Link> has each tool’s settings.
      </p>
      <CopyLine text={deliveryUrl(origin, name)} label={`URL for ${providerNames[provider]}`} />
    </>
  );
}
