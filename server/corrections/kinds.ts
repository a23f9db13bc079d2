import type { CorrectionAction } from "#domain/correction.ts";
import { acceptHour } from "./accept-hour.ts";
import type { CorrectionKind } from "./correction-kind.ts";
import { discardCounts } from "./discard-counts.ts";
import { resetWatermark } from "./reset-watermark.ts";
import { settingAside } from "./setting-aside.ts";

const kinds = {
  "discard-counts": settingAside(discardCounts),
  "reset-watermark": settingAside(resetWatermark),
  "accept-hour": acceptHour,
} satisfies Record<CorrectionAction, CorrectionKind>;

/** By the action of a draft, or of a stored row: the database allows no other. */
export function kindOf({ action }: { action: string }): CorrectionKind {
  return kinds[action as CorrectionAction];
}
