import type { Metadata } from "next";
import { isPrivate } from "#app/page-context.ts";
import { SignInForm } from "#components/access/sign-in-form.tsx";

export const metadata: Metadata = { title: "Sign in" };

/** For visitors of a private dashboard, and for actions that need sign-in. `next`: the page they asked for. */
export default async function SignInPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const { next } = await searchParams;
  // A path of our own only: anything else would let a link redirect people elsewhere after sign-in.
  const target = typeof next === "string" && /^\/(?![/\\])/.test(next) ? next : "/";
  return (
    <main style={{ padding: 24 }}>
      <SignInForm target={target} isPrivate={await isPrivate()} />
    </main>
  );
}
