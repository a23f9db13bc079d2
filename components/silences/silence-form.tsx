"use client";

import { useDebouncedValue } from "@mantine/hooks";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { SignInToAct } from "#components/access/sign-in-to-act.tsx";
import { useMay } from "#components/access/use-may.ts";
import { api } from "#components/api/client.ts";
import { queries } from "#components/api/queries.ts";
import form from "#components/ui/form.module.css";
import { howLongs, matcherLines, silenceRequest } from "./silence-draft.ts";
import { SilencePreview } from "./silence-preview.tsx";

const settleMs = 400;

/** Matchers, for how long and why; its effect is previewed before it is created. */
export function SilenceForm({ matchers: initial, asOf }: { matchers: string; asOf: string }) {
  const id = useId();
  const may = useMay("respond");
  const client = useQueryClient();
  const [text, setText] = useState(initial);
  const [howLong, setHowLong] = useState("2h");
  const [until, setUntil] = useState(asOf.slice(0, 16));
  const [reason, setReason] = useState("");
  const [settled] = useDebouncedValue(text, settleMs);
  const matchers = matcherLines(settled);
  const preview = useQuery({ ...queries.silencePreview(matchers), enabled: matchers.length > 0 });
  const create = useMutation({
    mutationFn: () => api.POST("/silences", { body: silenceRequest({ matchers, reason, howLong, until }) }),
    onSuccess: () => {
      setText("");
      setReason("");
      return client.invalidateQueries({ queryKey: ["silences"] });
    },
  });
  const isSeen = settled === text && preview.data !== undefined && !preview.isError;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isSeen) create.mutate();
  };
  return (
    <form className={form.form} onSubmit={submit}>
      <label>
        Matchers
        <textarea
          className={form.code}
          rows={Math.max(2, text.split("\n").length)}
          value={text}
          spellCheck={false}
          required
          placeholder={'datacenter="ams"'}
          aria-describedby={`${id}-matchers`}
          onChange={({ target }) => setText(target.value)}
        />
      </label>
      <p className={form.hint} id={`${id}-matchers`}>
        One matcher a line; an alert must match all of them. Labels: alertname, severity, cause, eventType, tier, owner,
        datacenter and the event type’s labels. Operators: = != =~ !~.
      </p>
      <div className={form.fields}>
        <label>
          Duration
          <select value={howLong} onChange={({ target }) => setHowLong(target.value)}>
            {howLongs.map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
        </label>
        {howLong === "until" && (
          <label>
            Until (UTC)
            <input
              type="datetime-local"
              value={until}
              min={asOf.slice(0, 16)}
              required
              onChange={({ target }) => setUntil(target.value)}
            />
          </label>
        )}
      </div>
      <label>
        Reason
        <input
          value={reason}
          required
          maxLength={1000}
          placeholder="What is being done, and the contact"
          onChange={({ target }) => setReason(target.value)}
        />
      </label>
      <SilencePreview preview={preview.data} error={preview.error} isEmpty={matchers.length === 0} asOf={asOf} />
      {may === false && <SignInToAct scope="respond" to="silence alerts" />}
      {may && (
        <div className={form.buttons}>
          <button type="submit" className={form.main} disabled={!isSeen || create.isPending}>
            Silence
          </button>
        </div>
      )}
      {create.error && (
        <p className={form.refusal} role="alert">
          {create.error.message}
        </p>
      )}
      <p role="status">{create.isSuccess && text === "" ? "Silenced." : ""}</p>
    </form>
  );
}
