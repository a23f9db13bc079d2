import { withBase } from "#components/api/base-path.ts";
import styles from "./incident.module.css";
import { linkedParts } from "./linked-parts.ts";

/** What a person wrote, with its line breaks and its web addresses as links. Text only: markup is shown as it is. */
export function NoteText({ text }: { text: string }) {
  return (
    <span className={styles.note}>
      {linkedParts(text).map(({ at, text: part, href }) =>
        href === null ? (
          part
        ) : (
          <a key={at} href={withBase(href)} rel="noreferrer nofollow" target="_blank">
            {part}
          </a>
        ),
      )}
    </span>
  );
}
