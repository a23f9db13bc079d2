"use client";

import { Button } from "@mantine/core";
import { ApiProblem } from "#components/api/client.ts";
import page from "#components/ui/page.module.css";
import { faultsOf } from "./fault-at.ts";
import { FaultList } from "./fault-list.tsx";
import styles from "./forms.module.css";
import type { Draft } from "./use-draft.ts";

/** Saves the draft, or says why it was not saved and what to do. */
export function SaveBar({ draft }: { draft: Draft }) {
  const { save, isDirty, isBehind, isNew, discard } = draft;
  const isConflict = save.error instanceof ApiProblem && save.error.status === 412;
  return (
    <div className={styles.save}>
      {(isConflict || isBehind) && (
        <div role="alert" className={styles.conflict}>
          <p>{isConflict && isNew ? save.error?.message : "Someone else saved a change while you were editing."}</p>
          {!isNew && (
            <div className={page.row}>
              <Button onClick={discard}>Discard mine and load theirs</Button>
              <Button onClick={() => save.mutate({ anyway: true })}>Replace theirs with mine</Button>
            </div>
          )}
        </div>
      )}
      {save.error && !isConflict && <Refused error={save.error} />}
      <div className={page.row}>
        <Button type="submit" variant="filled" loading={save.isPending}>
          {isNew ? "Create" : "Save"}
        </Button>
        {isDirty && !isNew && <Button onClick={discard}>Discard changes</Button>}
        <span role="status" className={page.quiet}>
          {isDirty && !isNew ? "Unsaved changes" : ""}
        </span>
      </div>
    </div>
  );
}

function Refused({ error }: { error: Error }) {
  const faults = faultsOf(error);
  return (
    <div role="alert" className={page.refusal}>
      <p>
        {faults.length === 0
          ? error.message
          : `Not saved: ${faults.length === 1 ? "one field needs" : `${faults.length} fields need`} a change.`}
      </p>
      <FaultList faults={faults} />
    </div>
  );
}
