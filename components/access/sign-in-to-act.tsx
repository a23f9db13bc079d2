"use client";

import { usePathname, useSearchParams } from "next/navigation";

/** Shown instead of buttons that would be refused: a link to sign in. A full page load, so that its answer is fresh. */
export function SignInToAct({ to, scope }: { to: string; scope: "respond" | "write" }) {
  const path = usePathname();
  const search = useSearchParams().toString();
  const here = search === "" ? path : `${path}?${search}`;
  return (
    <p>
      <a href={`/sign-in?next=${encodeURIComponent(here)}`}>Sign in</a> with a token that has the scope{" "}
      <code>{scope}</code> to {to}.
    </p>
  );
}
