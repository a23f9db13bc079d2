import { expect, it } from "vitest";
import { parse } from "yaml";
import { claimSnippet } from "./claim-this-type.tsx";

it.each(["EndSong", "end song", "no", "1.5", 'a"b', "a: b", "#x", "ä{}", "trailing:"])(
  "YAML reads %s back as it was",
  (name) => {
    expect(parse(claimSnippet(name))).toEqual({
      apiVersion: "tidemark/v1",
      kind: "EventType",
      metadata: { name },
      spec: { owner: "your-team", tier: "normal" },
    });
  },
);
