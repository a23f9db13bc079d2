import { bad, type Finding, note, ok, reasonOf } from "../../../cli/doctor/check.ts";
import { checkApi } from "../../../cli/doctor/check-api.ts";
import { readConfig } from "./settings.ts";

/** Checks what a user's machine needs: the settings, and a Tidemark that answers and accepts the token. */
export async function* examine(): AsyncGenerator<Finding> {
  yield ok(`Node: ${process.versions.node}.`);
  try {
    const { TIDEMARK_URL: url, TIDEMARK_TOKEN: token } = readConfig();
    if (url === null) {
      yield bad("Settings: TIDEMARK_URL is not set. Set it to Tidemark's URL, such as https://tidemark.example.com.");
      return;
    }
    yield ok("Settings: valid.");
    yield* await checkApi({ url, token });
  } catch (error) {
    yield bad(`Settings: ${reasonOf(error)}`);
  }
  yield note("Database, Pub/Sub and Kafka are not checked from here: run `npx tidemark doctor` where Tidemark runs.");
}
