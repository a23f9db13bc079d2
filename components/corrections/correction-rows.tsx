"use client";

import { useMayCorrect } from "#components/access/use-may-correct.ts";
import { corrections } from "#components/api/corrections.ts";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";
import { formatCountOf } from "#components/ui/number-format.ts";
import page from "#components/ui/page.module.css";
import { Refusal } from "#components/ui/refusal.tsx";
import { Time } from "#components/ui/time.tsx";
import { everything, useAct } from "#components/ui/use-act.ts";
import type { CorrectionJson } from "#domain/api/corrections.ts";
import { correctionWords } from "./correction-words.ts";
import styles from "./corrections.module.css";

interface CorrectionRowsProps {
  corrections: readonly CorrectionJson[];
  asOf: string;
}

/** Corrections as a list; active ones can be undone by the owner of their type. */
export function CorrectionRows({ corrections, asOf }: CorrectionRowsProps) {
  return (
    <ul className={styles.corrections}>
      {corrections.map((correction) => (
        <CorrectionRow key={correction.id} correction={correction} asOf={asOf} />
      ))}
    </ul>
  );
}

function CorrectionRow({ correction, asOf }: { correction: CorrectionJson; asOf: string }) {
  const { id, eventType, reason, state, createdAt, createdBy, undoneAt, undoneBy, undoReason, affectedHours } =
    correction;
  const { may } = useMayCorrect(eventType);
  const undo = useAct(() => corrections.undo(id), { says: "Correction undone.", rereads: everything });
  return (
    <li>
      <div>
        <p>
          <strong>{correctionWords(correction)}</strong>
          {(state === "applying" || state === "undoing") && <span className={styles.moving}>{state}</span>}
        </p>
        <p className={styles.reason}>{reason}</p>
        <p className={page.quiet}>
          Correction {id} by {createdBy}, <Time at={createdAt} relativeTo={asOf} />,{" "}
          {formatCountOf(affectedHours, "hour")} affected
          {undoneAt !== null && (
            <>
              . Undone by {undoneBy}, <Time at={undoneAt} relativeTo={asOf} />
              {undoReason !== null && `: ${undoReason}`}
            </>
          )}
        </p>
      </div>
      {undoneAt === null && may && (
        <div className={page.row}>
          <ConfirmButton name="Undo" confirm="Undo now" act={undo} />
          <Refusal error={undo.error} />
        </div>
      )}
    </li>
  );
}
