"use client";

import { NamesField } from "#components/forms/fields.tsx";
import { ItemList } from "#components/forms/item-list.tsx";
import { MatchersField } from "#components/forms/matchers-field.tsx";
import { getAt, type Path } from "#components/forms/spec-path.ts";
import type { Draft } from "#components/forms/use-draft.ts";

/** Which alerts keep which others quiet. */
export function InhibitRules({ draft }: { draft: Draft }) {
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
      draft={draft}
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
            draft={draft}
            path={[...path, "equal"]}
            label="If both have the same"
            known={["cause", "eventType", "datacenter", "owner", "tier"]}
          />
        </>
      )}
    />
  );
}
