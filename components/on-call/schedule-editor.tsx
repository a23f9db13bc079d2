"use client";

import { useQuery } from "@tanstack/react-query";
import { onCallKeys, queries } from "#components/api/queries.ts";
import { DayField } from "#components/forms/day-field.tsx";
import { useEdited } from "#components/forms/draft-context.ts";
import { ChoiceField, NameField, NamesField, TextField } from "#components/forms/fields.tsx";
import forms from "#components/forms/forms.module.css";
import { ItemList } from "#components/forms/item-list.tsx";
import { SpecEditor } from "#components/forms/spec-editor.tsx";
import { objectsOf, type WrittenSpec } from "#components/forms/spec-path.ts";
import { putSpec, type Stored, useDraft } from "#components/forms/use-draft.ts";
import page from "#components/ui/page.module.css";
import { ZoneField } from "#components/ui/zone-field.tsx";

/** Creates a schedule, or changes one. */
export function ScheduleEditor({ stored }: { stored: Stored }) {
  const draft = useDraft({
    stored,
    write: putSpec("/on-call-schedules/{name}"),
    rereads: onCallKeys,
    pageOf: (name) => `/alerts/on-call/${encodeURIComponent(name)}`,
  });
  return (
    <SpecEditor
      draft={draft}
      kind="OnCallSchedule"
      to="change it"
      form={<ScheduleFields />}
      reader={<Reader spec={draft.spec} />}
    />
  );
}

function ScheduleFields() {
  const draft = useEdited();
  const channels = useQuery(queries.channels());
  const names = channels.data?.items.map(({ name }) => name) ?? [];
  const people = objectsOf(draft.at(["people"])).map(({ name }) => String(name ?? ""));
  return (
    <div className={page.form}>
      <div className={forms.fields}>
        <NameField placeholder="data-platform" />
        <ZoneField
          label="Time zone of handovers"
          value={String(draft.at(["timeZone"]) ?? "")}
          onChange={(zone) => draft.set(["timeZone"], zone === "" ? undefined : zone)}
        />
      </div>
      {draft.faultAt(["timeZone"]) && <p className={page.refusal}>{draft.faultAt(["timeZone"])}</p>}
      <ItemList
        path={["people"]}
        title="People"
        hint="Each with the channels that reach them: PagerDuty, Slack, mail and the like."
        what="person"
        blank={{ name: "", channels: [] }}
        fields={(path) => (
          <div className={forms.fields}>
            <TextField path={[...path, "name"]} label="Name" placeholder="Ada Lind" />
            <NamesField path={[...path, "channels"]} label="Channels" known={names} />
          </div>
        )}
      />
      <ItemList
        path={["layers"]}
        title="Layers"
        hint="A later layer replaces earlier ones within its times."
        what="layer"
        blank={{ name: "", people: [], rotation: "weekly", startsOn: "" }}
        fields={(path) => (
          <>
            <div className={forms.fields}>
              <TextField path={[...path, "name"]} label="Name" placeholder="weeks" />
              <ChoiceField
                path={[...path, "rotation"]}
                label="Rotation"
                options={[
                  { value: "weekly", label: "Weekly" },
                  { value: "daily", label: "Daily" },
                ]}
              />
              <TextField path={[...path, "every"]} label="Weeks or days in a shift" placeholder="1" numeric />
            </div>
            <div className={forms.fields}>
              <DayField
                label="First shift on"
                value={String(draft.at([...path, "startsOn"]) ?? "")}
                onChange={(day) => draft.set([...path, "startsOn"], day)}
              />
              <TextField path={[...path, "handover"]} label="Handover at" placeholder="09:00" />
            </div>
            <NamesField path={[...path, "people"]} label="People, in turn" known={people} />
            {draft.at([...path, "activeTimes"]) !== undefined && (
              <p className={page.hint}>It counts only within its active times. Edit them as file.</p>
            )}
          </>
        )}
      />
      {objectsOf(draft.at(["layers"])).length > 0 && (
        <p className={page.hint}>To limit a layer to part of a day, edit as file and give it activeTimes.</p>
      )}
    </div>
  );
}

/** For those who may not write: who takes turns, layer by layer. */
function Reader({ spec }: { spec: WrittenSpec }) {
  return (
    <ul className={page.list}>
      {objectsOf(spec.layers).map(({ name, rotation, every, handover, people, activeTimes }) => (
        <li key={String(name)}>
          <p>
            <strong>{String(name)}</strong>: {String(rotation)}
            {typeof every === "number" && every > 1 && `, shifts of ${every}`}, handover at{" "}
            {String(handover ?? "09:00")}
            {activeTimes !== undefined && ", within its active times"}
          </p>
          <p className={page.quiet}>{Array.isArray(people) ? people.join(", then ") : ""}</p>
        </li>
      ))}
    </ul>
  );
}
