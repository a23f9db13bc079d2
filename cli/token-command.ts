import { Command } from "commander";
import { print, remark } from "./print.ts";
import { readDuration, readScopes } from "./read-options.ts";
import { createToken, listTokens, revokeToken, rotateToken, writeTokens } from "./tokens.ts";

export function tokenCommand(): Command {
  const token = new Command("token");
  token
    .command("create")
    .description("create a token; it is printed only once")
    .requiredOption("--name <name>", "who or what will use it")
    .requiredOption(
      "--scopes <scopes>",
      "ingest, read, respond, write, admin; separate several with commas",
      readScopes,
    )
    .option("--owner <owner>", "the person or team that answers for it (default: whoever creates it)")
    .option("--expires <duration>", "expire after this duration, like 90d", readDuration)
    .option("--team <team...>", "limit its changes to what these teams own, and what no team does")
    .option("--datacenter <pattern...>", "limit ingest to these datacenters; * matches any characters, ? matches one")
    .option("--event-type <pattern...>", "limit ingest to these event types; * matches any characters, ? matches one")
    .option("--json", "print the API's response", false)
    .action(
      async ({ name, scopes, owner = null, expires = null, team = [], datacenter = [], eventType = [], json }) => {
        const limits = { teams: team, datacenters: datacenter, eventTypes: eventType };
        const made = await createToken({ name, scopes, owner, expiresSeconds: expires, ...limits });
        if (json) return print(JSON.stringify(made, null, 2));
        print(made.token);
        remark(
          `Token "${made.name}" has the scopes ${made.scopes.join(", ")}${made.expiresAt ? ` until ${made.expiresAt}` : ""}. Store it now: it is not shown again.`,
        );
      },
    );
  token
    .command("list")
    .description("list every token, without its secret")
    .option("--json", "print the tokens as JSON", false)
    .action(async ({ json }) => {
      const tokens = await listTokens();
      if (json) print(JSON.stringify(tokens, null, 2));
      else writeTokens(tokens).forEach(print);
    });
  token
    .command("rotate")
    .description("give a token a new secret; it is printed only once")
    .argument("<id>", "the id from `tidemark token list`")
    .option("--overlap <duration>", "how long the present secret keeps working; 0s: it stops at once", "24h")
    .option("--json", "print the API's response", false)
    .action(async (id: string, { overlap, json }) => {
      const rotated = await rotateToken(id, overlap);
      if (json) return print(JSON.stringify(rotated, null, 2));
      print(rotated.token);
      remark(
        `Token "${rotated.name}" has a new secret; ${rotated.previousUntil ? `the one before works until ${rotated.previousUntil}` : "the one before no longer works"}. Store it now: it is not shown again.`,
      );
    });
  token
    .command("revoke")
    .description("revoke a token; takes effect within 10 s")
    .argument("<id>", "the id from `tidemark token list`")
    .action(async (id: string) => {
      await revokeToken(id);
      print(`${id} is revoked.`);
    });
  return token;
}
