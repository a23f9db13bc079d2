import type { ListedAlertJson } from "#domain/api/alerts.ts";
import type { Call } from "#server/access/index.ts";
import { type AlertKey, type ListAlertsInput, listAlerts } from "#server/alerts/index.ts";
import type { Page } from "#server/page.ts";
import { findMuteReason } from "./find-mute-reason.ts";

/** Alerts, last changed first, each with why it notifies no one now, as the board marks it. */
export async function listAlertsNow({ ctx, input }: Call<ListAlertsInput>): Promise<Page<ListedAlertJson, AlertKey>> {
  const { items, next } = await listAlerts({ ctx, input });
  const isFiring = ({ state }: { state: string }) => state === "firing" || state === "recovering";
  if (!items.some(isFiring)) return { items: items.map((alert) => ({ ...alert, muted: null })), next };
  // An unreadable routing tree notifies no one and is reported elsewhere: here every alert then counts as unmuted.
  const mute = await findMuteReason(ctx.database.sql, ctx.clock.now()).catch(() => () => null);
  return { items: items.map((alert) => ({ ...alert, muted: isFiring(alert) ? mute(alert) : null })), next };
}
