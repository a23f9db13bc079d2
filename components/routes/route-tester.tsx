"use client";

import { TagsInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { SignInToAct } from "#components/access/sign-in-to-act.tsx";
import { useMay } from "#components/access/use-may.ts";
import { detailOf } from "#components/api/client.ts";
import { queries } from "#components/api/queries.ts";
import "#components/forms/mantine.css";
import type { WrittenSpec } from "#components/forms/spec-path.ts";
import page from "#components/ui/page.module.css";
import { FoundRoutes } from "./found-routes.tsx";

const settleMs = 400;

/** Where an alert with given labels goes in the tree as it stands in the form. */
export function RouteTester({ tree }: { tree: WrittenSpec }) {
  const may = useMay("respond");
  const [texts, setTexts] = useState<string[]>(["severity=page"]);
  const [settled] = useDebouncedValue({ tree, labels: labelsOf(texts) }, settleMs);
  const { data, error } = useQuery({
    ...queries.routesTest(settled.labels, settled.tree),
    enabled: may === true,
    placeholderData: keepPreviousData,
  });
  return (
    <section aria-labelledby="test-an-alert">
      <h3 id="test-an-alert">Test an alert</h3>
      <TagsInput
        label="Labels"
        description="As label=value, such as severity=page or datacenter=ams."
        value={texts}
        splitChars={[" ", ","]}
        acceptValueOnBlur
        onChange={setTexts}
      />
      <div role="status" aria-label="Path">
        {may === false ? (
          <SignInToAct scope="respond" to="test a draft of the tree" />
        ) : error ? (
          <p className={page.refusal}>{detailOf(error)}</p>
        ) : (
          data && <FoundRoutes found={data} withPath />
        )}
      </div>
    </section>
  );
}

function labelsOf(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts.flatMap((text) => {
      const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
      return name === undefined ? [] : [[name.trim(), (value ?? "").trim().replace(/^"(.*)"$/s, "$1")]];
    }),
  );
}
