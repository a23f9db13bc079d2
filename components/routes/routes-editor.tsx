"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "#components/api/client.ts";
import { queries } from "#components/api/queries.ts";
import forms from "#components/forms/forms.module.css";
import { SpecEditor } from "#components/forms/spec-editor.tsx";
import { useDraft } from "#components/forms/use-draft.ts";
import type { RoutingTreeJson } from "#domain/api/routing.ts";
import { InhibitRules } from "./inhibit-rules.tsx";
import { Receivers } from "./receivers.tsx";
import { RouteOutline } from "./route-outline.tsx";
import { RouteTester } from "./route-tester.tsx";
import { RoutingTreeView } from "./routing-tree-view.tsx";
import { TimeIntervals } from "./time-intervals.tsx";

/** The routing tree as an outline to edit, with what a given alert would do in it. */
export function RoutesEditor({ tree }: { tree: RoutingTreeJson }) {
  const client = useQueryClient();
  const channels = useQuery(queries.channels());
  const schedules = useQuery(queries.onCallSchedules());
  const draft = useDraft({
    stored: tree,
    write: (_, spec, { query = {}, ...how }) =>
      api.PUT("/routing-tree", { params: { query }, body: spec as never, ...how }),
    onSaved: () => client.invalidateQueries({ queryKey: queries.routingTree().queryKey }),
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
            <RouteOutline draft={draft} />
            <Receivers draft={draft} channels={namesOf(channels)} schedules={namesOf(schedules)} />
            <InhibitRules draft={draft} />
            <TimeIntervals draft={draft} />
          </>
        }
      />
      <RouteTester tree={draft.spec} />
    </div>
  );
}
