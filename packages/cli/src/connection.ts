import { CliError } from "../../../cli/cli-error.ts";
import { type Config, readConfig } from "./settings.ts";

/** Tidemark's URL and the token to use. */
export interface Connection {
  readonly url: string;
  readonly token: string;
}

/** From the settings alone: the package is used on other machines than Tidemark's. */
export async function findConnection(config: Config = readConfig()): Promise<Connection> {
  const { TIDEMARK_URL: url, TIDEMARK_TOKEN: token } = config;
  if (url === null)
    throw new CliError("TIDEMARK_URL is not set. Set it to Tidemark's URL, such as https://tidemark.example.com.");
  if (token === null)
    throw new CliError(
      "No token. Set TIDEMARK_TOKEN to a token; an administrator creates one with `tidemark token create`.",
    );
  return { url, token };
}
