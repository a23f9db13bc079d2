import { withBase } from "#components/api/base-path.ts";
/** Ends this browser's session, and goes on to sign out at the identity provider. False: Tidemark did not respond. */
export async function signOut(): Promise<boolean> {
  const answer = await fetch(withBase("/api/v1/session"), { method: "DELETE" }).catch(() => null);
  if (!answer?.ok) return false;
  const provider = answer.status === 200 ? ((await answer.json()) as { url: string }) : null;
  window.location.assign(provider?.url ?? withBase("/sign-in"));
  return true;
}
