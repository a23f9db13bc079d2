import { isActive } from "#domain/alert.ts";
import type { ListedAlertJson } from "#domain/api/alerts.ts";
import type { Call } from "#server/access/index.ts";
import { type AlertKey, type ListAlertsInput, listAlerts } from "#server/alerts/index.ts";
import type { Page } from "#server/page.ts";
import { findShownMuteReason } from "./find-mute-reason.ts";

/** Alerts, last changed first, each with why it notifies no one now, as the board marks it. */
export async function listAlertsNow({ ctx, input }: Call<ListAlertsInput>): Promise<Page<ListedAlertJson, AlertKey>> {
  const { items, next } = await listAlerts({ ctx, input });
  const mute = items.some(isActive) ? await findShownMuteReason(ctx.database.sql, ctx.clock.now()) : () => null;
  return { items: items.map((alert) => ({ ...alert, muted: isActive(alert) ? mute(alert) : null })), next };
}
