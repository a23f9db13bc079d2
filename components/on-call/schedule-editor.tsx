"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { api } from "#components/api/client.ts";
import { queries } from "#components/api/queries.ts";
import { DayField } from "#components/forms/day-field.tsx";
import { ChoiceField, NameField, NamesField, TextField } from "#components/forms/fields.tsx";
import forms from "#components/forms/forms.module.css";
import { ItemList } from "#components/forms/item-list.tsx";
import { SpecEditor } from "#components/forms/spec-editor.tsx";
import { objectsOf, type WrittenSpec } from "#components/forms/spec-path.ts";
import { type Draft, type Stored, useDraft, type WriteOptions } from "#components/forms/use-draft.ts";
import page from "#components/ui/page.module.css";
import { ZoneField } from "#components/ui/zone-field.tsx";
import { afterOverride } from "./after-override.ts";

const write = (name: string, spec: WrittenSpec, { query = {}, ...how }: WriteOptions) =>
  api.PUT("/on-call-schedules/{name}", { params: { path: { name }, query }, body: spec as never, ...how });

/** Creates a schedule, or changes one. */
export function ScheduleEditor({ stored }: { stored: Stored }) {
  const client = useQueryClient();
  const router = useRouter();
  const onSaved = async (name: string) => {
    await afterOverride(client, name);
    if (stored.etag === null) router.push(`/alerts/on-call/${encodeURIComponent(name)}`);
  };
  const draft = useDraft({ stored, write, onSaved });
  const form = <ScheduleFields draft={draft} />;
  return (
    <SpecEditor draft={draft} kind="OnCallSchedule" to="change it" form={form} reader={<Reader spec={draft.spec} />} />
  );
}

function ScheduleFields({ draft }: { draft: Draft }) {
  const channels = useQuery(queries.channels());
  const names = channels.data?.items.map(({ name }) => name) ?? [];
  const people = objectsOf(draft.at(["people"])).map(({ name }) => String(name ?? ""));
  return (
    <div className={page.form}>
      <div className={forms.fields}>
        <NameField draft={draft} placeholder="data-platform" />
        <ZoneField
          label="Time zone of handovers"
          value={String(draft.at(["timeZone"]) ?? "")}
          onChange={(zone) => draft.set(["timeZone"], zone === "" ? undefined : zone)}
        />
      </div>
      {draft.faultAt(["timeZone"]) && <p className={page.refusal}>{draft.faultAt(["timeZone"])}</p>}
      <ItemList
        draft={draft}
        path={["people"]}
        title="People"
        hint="Each with the channels that reach them: PagerDuty, Slack, mail and the like."
        what="person"
        blank={{ name: "", channels: [] }}
        fields={(path) => (
          <div className={forms.fields}>
            <TextField draft={draft} path={[...path, "name"]} label="Name" placeholder="Ada Lind" />
            <NamesField draft={draft} path={[...path, "channels"]} label="Channels" known={names} />
          </div>
        )}
      />
      <ItemList
        draft={draft}
        path={["layers"]}
        title="Layers"
        hint="A later layer replaces earlier ones within its times."
        what="layer"
        blank={{ name: "", people: [], rotation: "weekly", startsOn: "" }}
        fields={(path) => (
          <>
            <div className={forms.fields}>
              <TextField draft={draft} path={[...path, "name"]} label="Name" placeholder="weeks" />
              <ChoiceField
                draft={draft}
                path={[...path, "rotation"]}
                label="Rotation"
                options={[
                  { value: "weekly", label: "Weekly" },
                  { value: "daily", label: "Daily" },
                ]}
              />
              <TextField
                draft={draft}
                path={[...path, "every"]}
                label="Weeks or days in a shift"
                placeholder="1"
                numeric
              />
            </div>
            <div className={forms.fields}>
              <DayField
                label="First shift on"
                value={String(draft.at([...path, "startsOn"]) ?? "")}
                onChange={(day) => draft.set([...path, "startsOn"], day)}
              />
              <TextField draft={draft} path={[...path, "handover"]} label="Handover at" placeholder="09:00" />
            </div>
            <NamesField draft={draft} path={[...path, "people"]} label="People, in turn" known={people} />
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
