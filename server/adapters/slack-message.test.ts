import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hostileNotification } from "#test/hostile-notification.ts";
import { notification } from "#test/notification.ts";
import { slackMessage } from "./slack-message.ts";

const publicUrl = "https://tidemark.example.com";

interface Block {
  type: string;
  text?: { type: string; text: string };
  elements?: { text: string | { text: string }; url?: string }[];
}

describe("slackMessage", () => {
  test("says state, cause and alerts, and leads to the acts", () => {
    const { text, blocks } = slackMessage(notification(), publicUrl);
    expect(text).toBe(":rotating_light: Firing: ams is silent");
    expect(JSON.stringify(blocks)).toContain("ams is silent since 01:02 UTC. 12 hours of 1 event type affected");
    expect(JSON.stringify(blocks)).toContain("*Affected consumers:* royalties (royalties@example.com)");
    expect(JSON.stringify(blocks)).toContain("https://tidemark.example.com/alerts/incidents/7#acknowledge");
  });

  test("what is resolved offers no acknowledging", () => {
    const said = JSON.stringify(slackMessage(notification({ status: "resolved" }), publicUrl));
    expect(said).toContain("Resolved: ams is silent");
    expect(said).not.toContain("#acknowledge");
  });

  test("a name cannot wake a channel", () => {
    const { text, blocks } = slackMessage(notification({ title: "<!channel> & <@U1>" }), publicUrl);
    expect(text).toContain("&lt;!channel&gt; &amp; &lt;@U1&gt;");
    // A header is plain text, in which Slack reads no mentions.
    expect(JSON.stringify(blocks.filter((block) => block.type !== "header"))).not.toContain("<!channel>");
  });

  test("whatever it reports, it stays within Slack's documented limits", () => {
    fc.assert(
      fc.property(hostileNotification, (message) => {
        const { text, blocks } = slackMessage(message, publicUrl) as unknown as { text: string; blocks: Block[] };
        expect(text.length).toBeLessThanOrEqual(4_000);
        expect(blocks.length).toBeLessThanOrEqual(50);
        for (const block of blocks) {
          const most = block.type === "header" ? 150 : 3_000;
          expect(block.text?.text.length ?? 1).toBeLessThanOrEqual(most);
          expect(block.text?.text.length ?? 1).toBeGreaterThan(0);
          for (const { text: element, url } of block.elements ?? []) {
            expect((typeof element === "string" ? element : element.text).length).toBeLessThanOrEqual(
              block.type === "actions" ? 75 : 3_000,
            );
            expect(url?.length ?? 0).toBeLessThanOrEqual(3_000);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});
