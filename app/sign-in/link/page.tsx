import type { Metadata } from "next";
import { LinkSignIn } from "#components/access/link-sign-in.tsx";

export const metadata: Metadata = { title: "Sign in with a link" };

/** Where one-time links lead. The code is in the fragment, which the server never sees. */
export default function LinkPage() {
  return (
    <main style={{ padding: 24 }}>
      <LinkSignIn />
    </main>
  );
}
