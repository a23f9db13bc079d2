"use client";

import { Checkbox, TagsInput, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import "./mantine.css";
import { OwnerField } from "#components/access/owner-field.tsx";
import { Choice } from "#components/ui/choice.tsx";
import { useEdited } from "./draft-context.ts";
import { NamesInput } from "./names-input.tsx";
import { namesOf, type Path } from "./spec-path.ts";

interface FieldProps {
  path: Path;
  label: string;
  description?: string;
}

interface TextFieldProps extends FieldProps {
  placeholder?: string;
  lines?: number;
  /** Written as a number. */
  numeric?: boolean;
}

/** What something new is to be called; nothing for what exists. */
export function NameField({ placeholder }: { placeholder?: string }) {
  const draft = useEdited();
  if (!draft.isNew) return null;
  return (
    <TextInput
      label="Name"
      {...(placeholder !== undefined && { placeholder })}
      value={draft.name}
      error={draft.nameFault}
      onChange={({ target }) => draft.setName(target.value)}
    />
  );
}

/** A text; empty: left out. */
export function TextField({ path, lines = 1, numeric = false, ...rest }: TextFieldProps) {
  const draft = useEdited();
  const Input = lines > 1 ? Textarea : TextInput;
  const value = draft.at(path);
  return (
    <Input
      {...rest}
      {...(lines > 1 && { autosize: true, minRows: lines })}
      value={typeof value === "string" || typeof value === "number" ? value : ""}
      error={draft.faultAt(path)}
      onChange={({ target }: { target: { value: string } }) => {
        const written = numeric && /^\d+$/.test(target.value) ? Number(target.value) : target.value;
        draft.set(path, written === "" ? undefined : written);
      }}
    />
  );
}

/** The team that owns it; empty: left out. */
export function OwnerOfDraft() {
  const draft = useEdited();
  return (
    <OwnerField
      value={String(draft.at(["owner"]) ?? "")}
      error={draft.faultAt(["owner"])}
      onChange={(owner) => draft.set(["owner"], owner === "" ? undefined : owner)}
    />
  );
}

/** One of a few; "" is left out. */
export function ChoiceField({
  path,
  options,
  ...rest
}: FieldProps & { options: readonly { value: string; label: string }[] }) {
  const draft = useEdited();
  return (
    <Choice
      {...rest}
      data={options}
      value={String(draft.at(path) ?? "")}
      error={draft.faultAt(path)}
      onChange={(value) => draft.set(path, value === "" ? undefined : value)}
    />
  );
}

/** On or off; the default is left out. */
export function SwitchField({ path, initial, ...rest }: FieldProps & { initial: boolean }) {
  const draft = useEdited();
  const value = draft.at(path) ?? initial;
  return (
    <Checkbox
      {...rest}
      checked={value === true}
      error={draft.faultAt(path)}
      onChange={({ target }) => draft.set(path, target.checked === initial ? undefined : target.checked)}
    />
  );
}

/** Names, chosen from those that exist or typed; none: left out. */
export function NamesField({
  path,
  known,
  onFocus,
  placeholder,
  ...rest
}: FieldProps & { known: readonly string[]; onFocus?: () => void; placeholder?: string }) {
  const draft = useEdited();
  return (
    <NamesInput
      {...rest}
      known={known}
      value={namesOf(draft.at(path))}
      {...(placeholder !== undefined && { placeholder })}
      {...(onFocus && { onFocus })}
      error={draft.faultAt(path)}
      onChange={(next) => draft.set(path, next.length === 0 ? undefined : next)}
    />
  );
}

/** Labels with a value each, written `name=value`; none: left out. */
export function LabelsField({ path, ...rest }: FieldProps) {
  const draft = useEdited();
  const labels = draft.at(path) ?? {};
  const [unread, setUnread] = useState<string | null>(null);
  const change = (texts: string[]) => {
    const found = texts.map((text) => /^\s*([^=]+?)\s*=(.*)$/.exec(text));
    const wrong = texts.find((_, at) => found[at] === null);
    setUnread(wrong === undefined ? null : `“${wrong}” is not a label with a value, such as team=payments.`);
    const next = Object.fromEntries(found.flatMap((match) => (match ? [[match[1], match[2]?.trim()]] : [])));
    draft.set(path, Object.keys(next).length === 0 ? undefined : next);
  };
  return (
    <TagsInput
      {...rest}
      value={Object.entries(labels).map(([name, value]) => `${name}=${value}`)}
      error={unread ?? draft.faultAt(path)}
      clearable={false}
      acceptValueOnBlur
      onChange={change}
    />
  );
}

/** The environment variable that holds a secret: the secret itself never passes through here. */
export function SecretField({
  path,
  label,
  description,
  optional = false,
}: FieldProps & {
  /** Empty: left out. Otherwise it stays a reference, without a name. */
  optional?: boolean;
}) {
  const draft = useEdited();
  const reference = draft.at([...path, "env"]);
  return (
    <TextInput
      label={label}
      description={description ?? "The environment variable that holds it."}
      placeholder="TIDEMARK_SECRET_…"
      spellCheck={false}
      autoComplete="off"
      value={typeof reference === "string" ? reference : ""}
      error={draft.faultAt(path)}
      onChange={({ target }) => draft.set([...path, "env"], optional && target.value === "" ? undefined : target.value)}
    />
  );
}
