"use client";

import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { queries } from "#components/api/queries.ts";
import page from "#components/ui/page.module.css";
import type { Act } from "./act-on.ts";
import styles from "./incident.module.css";

interface AssignFormProps {
  assignee: string | null;
  busy: boolean;
  onAct: (act: Act) => void;
}

/** Who works on it: a person's or a team's name. */
export function AssignForm({ assignee, busy, onAct }: AssignFormProps) {
  const [name, setName] = useState(assignee ?? "");
  const { data: visitor } = useQuery(queries.visitor());
  function assign(event: FormEvent) {
    event.preventDefault();
    if (name.trim() !== "") onAct({ name: "assign", assignee: name.trim() });
  }
  return (
    <form className={styles.panel} onSubmit={assign}>
      <TextInput
        label="Assign to"
        placeholder="A person or a team"
        maxLength={255}
        autoFocus
        value={name}
        onChange={({ target }) => setName(target.value)}
      />
      <div className={page.row}>
        <Button type="submit" variant="filled" disabled={busy}>
          Assign
        </Button>
        {visitor && visitor.actor !== assignee && (
          <Button onClick={() => onAct({ name: "assign", assignee: visitor.actor })} disabled={busy}>
            To me
          </Button>
        )}
        {assignee !== null && (
          <Button onClick={() => onAct({ name: "assign", assignee: null })} disabled={busy}>
            Unassign
          </Button>
        )}
      </div>
    </form>
  );
}
