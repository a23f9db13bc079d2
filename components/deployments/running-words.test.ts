import { expect, test } from "vitest";
import type { RunningComponentJson } from "#domain/api/running-versions.ts";
import { differingWords, isTrouble, runningSentence, standingWord } from "./running-words.ts";

const version = { runningSince: null, lastSeenAt: "2026-11-22T12:00:00Z", declaredAt: null, silentInstances: 0 };
const component = (standing: RunningComponentJson["standing"]): RunningComponentJson => ({
  component: "exporter",
  datacenter: "ams",
  standing,
  declared: null,
  instances: 6,
  asDeployed: 1,
  versions: [
    { ...version, version: "2.0.0", standing: "deployed", instances: 1, names: ["e-9"] },
    { ...version, version: "1.9.0", standing: "earlier", instances: 5, names: ["e-1", "e-2", "e-3", "e-4", "e-5"] },
    { ...version, version: null, standing: "unreported", instances: 1, names: ["e-7"] },
    { ...version, version: "1.8.0", standing: "earlier", instances: 0, silentInstances: 1, names: ["e-8"] },
  ],
});

test("counts the components that run what was deployed", () => {
  expect(runningSentence([component("as_deployed")])).toBe("The one component runs the version deployed last.");
  expect(runningSentence([component("as_deployed"), component("as_deployed")])).toBe(
    "All 2 components run the version deployed last.",
  );
  expect(runningSentence([component("as_deployed"), component("mixed")])).toBe(
    "1 of 2 components runs the version deployed last.",
  );
});

test("names the instances that run another version, and leaves out those not heard", () => {
  expect(differingWords(component("mixed"))).toEqual(["1.9.0 on e-1, e-2, e-3 and 2 more", "no version on e-7"]);
});

test("a version that no deployment names is trouble only where deployments are recorded", () => {
  const deployment = { id: "1", component: "exporter", version: "2.0.0", datacenter: "ams" };
  const declared = { ...deployment, deployedAt: "2026-11-22T12:00:00Z", deployedBy: null, url: null };
  const recorded = { ...component("undeclared"), declared: declared as RunningComponentJson["declared"] };
  expect([standingWord(recorded), isTrouble(recorded)]).toEqual(["undeclared version", true]);
  const unrecorded = component("undeclared");
  expect([standingWord(unrecorded), isTrouble(unrecorded)]).toEqual(["no deployment recorded", false]);
});
