import fc from "fast-check";
import { expect, test } from "vitest";
import { hostileNotification } from "#test/hostile-notification.ts";
import { opsgenieCalls } from "./opsgenie.ts";
import { teamsMessage } from "./teams-card.ts";

const publicUrl = "https://tidemark.example.com";

test("whatever a card reports, it stays within Teams' 28 KB", () => {
  fc.assert(
    fc.property(hostileNotification, (message) => {
      expect(Buffer.byteLength(JSON.stringify(teamsMessage(message, publicUrl)))).toBeLessThanOrEqual(28 * 1024);
    }),
    { numRuns: 60 },
  );
});

test("whatever an alert reports, it stays within Opsgenie's documented limits", () => {
  fc.assert(
    fc.property(hostileNotification, (message) => {
      const calls = opsgenieCalls({ publicUrl, responders: [], priority: null }, message);
      expect(calls).toHaveLength(1);
      for (const { body, path } of calls) {
        const { message: title, alias, description, note, tags, details, entity } = body as Record<string, string>;
        expect(decodeURIComponent(path.split("/")[3] ?? "").length).toBeLessThanOrEqual(512);
        expect(note?.length ?? 0).toBeLessThanOrEqual(25_000);
        if (title === undefined) continue;
        expect(title.length).toBeGreaterThan(0);
        expect(title.length).toBeLessThanOrEqual(130);
        expect(alias?.length).toBeLessThanOrEqual(512);
        expect(description?.length).toBeLessThanOrEqual(15_000);
        expect(entity?.length).toBeLessThanOrEqual(512);
        expect(JSON.stringify(details).length).toBeLessThanOrEqual(8_000);
        for (const tag of tags as unknown as string[]) expect(tag.length).toBeLessThanOrEqual(50);
      }
    }),
    { numRuns: 60 },
  );
});
