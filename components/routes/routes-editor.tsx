"use client";

import { useQuery } from "@tanstack/react-query";
import { api } from "#components/api/client.ts";
import { queries } from "#components/api/queries.ts";
import { useEdited } from "#components/forms/draft-context.ts";
import { NamesField } from "#components/forms/fields.tsx";
import forms from "#components/forms/forms.module.css";
import { ItemList } from "#components/forms/item-list.tsx";
import { MatchersField } from "#components/forms/matchers-field.tsx";
import { SpecEditor } from "#components/forms/spec-editor.tsx";
import { getAt, type Path } from "#components/forms/spec-path.ts";
import { useDraft } from "#components/forms/use-draft.ts";
import type { RoutingTreeJson } from "#domain/api/routing.ts";
import { Receivers } from "./receivers.tsx";
import { RouteOutline } from "./route-outline.tsx";
import { RouteTester } from "./route-tester.tsx";
import { RoutingTreeView } from "./routing-tree-view.tsx";
import { TimeIntervals } from "./time-intervals.tsx";

/** The routing tree as an outline to edit, with what a given alert would do in it. */
export function RoutesEditor({ tree }: { tree: RoutingTreeJson }) {
  const channels = useQuery(queries.channels());
  const schedules = useQuery(queries.onCallSchedules());
  const draft = useDraft({
    stored: tree,
    write: (_, spec, { query = {}, ...how }) =>
      api.PUT("/routing-tree", { params: { query }, body: spec as never, ...how }),
    rereads: () => [queries.routingTree().queryKey],
  });
  const namesOf = (list: typeof channels | typeof schedules) => list.data?.items.map(({ name }) => name) ?? [];
  return (
    <div className={forms.beside}>
      <SpecEditor
        draft={draft}
        kind="RoutingTree"
        to="change it"
        reader={<RoutingTreeView spec={draft.spec} />}
        form={
          <>
            <RouteOutline />
            <Receivers channels={namesOf(channels)} schedules={namesOf(schedules)} />
            <InhibitRules />
            <TimeIntervals />
          </>
        }
      />
      <RouteTester tree={draft.spec} />
    </div>
  );
}

/** Which alerts keep which others quiet. */
function InhibitRules() {
  const draft = useEdited();
  const matchers = (path: Path, label: string) => {
    const value = getAt(draft.spec, path);
    return (
      <MatchersField
        label={label}
        value={Array.isArray(value) ? value : []}
        onChange={(next) => draft.set(path, next)}
        faultAt={(at) => (at === null ? undefined : draft.faultAt([...path, at]))}
        empty="No condition: every alert."
      />
    );
  };
  return (
    <ItemList
      path={["inhibitRules"]}
      title="Inhibition"
      hint="While a source fires, its targets do not notify."
      what="inhibition rule"
      blank={{ sourceMatchers: [], targetMatchers: [], equal: ["cause"] }}
      fields={(path) => (
        <>
          {matchers([...path, "sourceMatchers"], "While an alert fires with")}
          {matchers([...path, "targetMatchers"], "do not notify alerts with")}
          <NamesField
            path={[...path, "equal"]}
            label="If both have the same"
            known={["cause", "eventType", "datacenter", "owner", "tier"]}
          />
        </>
      )}
    />
  );
}
