import type { QueryClient } from "@tanstack/react-query";

/** A silence was created, changed or ended: what shows silences, or what they mute, is read again. */
export async function afterSilence(client: QueryClient): Promise<void> {
  await Promise.all([["silences"], ["incident"]].map((queryKey) => client.invalidateQueries({ queryKey })));
}
