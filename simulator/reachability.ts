import type { Incident } from "./incidents.ts";

/** The incident that keeps a datacenter, or one of its instances, from reporting at the instant. */
function muteAt(incidents: readonly Incident[], dc: string, instance: string | null, at: Date): Incident | undefined {
  return incidents.find(
    (incident) =>
      incident.dc === dc &&
      incident.fromAt <= at &&
      at < incident.toAt &&
      (incident.kind === "dc-silent" || (losesHost(incident) && incident.cause.instance === instance)),
  );
}

/** One of the datacenter's hosts is down for a while. */
export function losesHost({ kind }: Incident): boolean {
  return kind === "host-loss" || kind === "dead-host";
}

/** When a message meant for the instant is sent: then, or when its sender is reachable again. */
export function saidAt(incidents: readonly Incident[], dc: string, instance: string | null, at: Date): Date {
  let said = at;
  for (let mute = muteAt(incidents, dc, instance, said); mute; mute = muteAt(incidents, dc, instance, said))
    said = mute.toAt;
  return said;
}

/** The last instant at or before this one at which the sender was reachable. */
export function lastHeardAt(incidents: readonly Incident[], dc: string, instance: string | null, at: Date): Date {
  let heard = at;
  for (let mute = muteAt(incidents, dc, instance, heard); mute; mute = muteAt(incidents, dc, instance, heard)) {
    heard = new Date(mute.fromAt.getTime() - 1);
  }
  return heard;
}

export function canSpeakAt(incidents: readonly Incident[], dc: string, instance: string | null, at: Date): boolean {
  return !muteAt(incidents, dc, instance, at);
}

/** When the host died, if it is dead now: its last report has what it had counted by then. */
export function diedAt(incidents: readonly Incident[], dc: string, instance: string, at: Date): Date | null {
  const mute = muteAt(incidents, dc, instance, at);
  return mute?.kind === "dead-host" ? mute.fromAt : null;
}
