import type { Metadata } from "next";
import { cookies } from "next/headers";
import type { SearchedPage } from "#app/named-page.ts";
import { isPrivate } from "#app/page-context.ts";
import { SignInForm } from "#components/access/sign-in-form.tsx";
import { safeNext } from "#domain/access/safe-next.ts";
import { runtime } from "#server/http/runtime.ts";
import { flowCookieName } from "#server/http/session-cookie.ts";
import { readFlow } from "#server/http/sign-in-flow.ts";

export const metadata: Metadata = { title: "Sign in" };

/** For visitors of a private dashboard, and for actions that need sign-in. `next`: the page they asked for. */
export default async function SignInPage({ searchParams }: SearchedPage) {
  const { next } = await searchParams;
  return (
    <main style={{ padding: 24 }}>
      <SignInForm
        target={safeNext(next)}
        isPrivate={await isPrivate()}
        provider={await readProvider()}
        refusal={await readRefusal()}
      />
    </main>
  );
}

async function readProvider(): Promise<{ name: string; isReachable: boolean } | null> {
  const { provider } = await runtime();
  if (!provider) return null;
  return { name: provider.identity.name, isReachable: await provider.identity.isReachable() };
}

/** Why the sign-in from which this browser comes did not complete. */
async function readRefusal(): Promise<string | null> {
  const { access, publicUrl } = await runtime();
  const value = (await cookies()).get(flowCookieName({ publicUrl }))?.value;
  const kept = value === undefined ? null : readFlow(await access.browserKey(), value);
  return kept && "refusal" in kept ? kept.refusal : null;
}
