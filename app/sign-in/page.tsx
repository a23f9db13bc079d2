import type { Metadata } from "next";
import { isPrivate } from "#app/page-context.ts";
import { SignInForm } from "#components/access/sign-in-form.tsx";

export const metadata: Metadata = { title: "Sign in" };

/** Where visitors of a private dashboard come first, and who wants to act. `next`: the page they asked for. */
export default async function SignInPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const { next } = await searchParams;
  // A path of ours alone: anything else would let a link send people elsewhere after they signed in.
  const target = typeof next === "string" && /^\/(?![/\\])/.test(next) ? next : "/";
  return (
    <main style={{ padding: 24 }}>
      <SignInForm target={target} isPrivate={await isPrivate()} />
    </main>
  );
}
