"use client";

import { Button, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import page from "#components/ui/page.module.css";
import type { Act } from "./act-on.ts";
import styles from "./incident.module.css";

/** A note for the timeline; Ctrl Enter adds it. */
export function NoteForm({ busy, onAct }: { busy: boolean; onAct: (act: Act) => void }) {
  const [note, setNote] = useState("");
  function add(event: FormEvent) {
    event.preventDefault();
    if (note.trim() !== "") onAct({ name: "note", note: note.trim() });
  }
  return (
    <form className={styles.panel} onSubmit={add}>
      <Textarea
        label="Note"
        description="Line breaks and web addresses are kept."
        autosize
        minRows={3}
        maxLength={4096}
        autoFocus
        value={note}
        onChange={({ target }) => setNote(target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) add(event);
        }}
      />
      <div className={page.row}>
        <Button type="submit" variant="filled" disabled={busy}>
          Add note
        </Button>
      </div>
    </form>
  );
}
