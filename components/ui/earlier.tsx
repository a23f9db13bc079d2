import type { SituationJson } from "#domain/api/situation.ts";
import { sayEarlier } from "#domain/situation/say-onset.ts";
import page from "./page.module.css";

/** How much earlier it may have begun than a source's samples show; nothing if reporters show it. */
export function Earlier({ onset }: { onset: SituationJson["onset"] }) {
  const text = sayEarlier(onset);
  return text === null ? null : <span className={page.quiet}> {text}</span>;
}
