import { expect, it } from "vitest";
import { gateCommands } from "./gate-commands.ts";

it("gives a URL, a shell line and a curl line", () => {
  const [url, shell, curl] = gateCommands("http://127.0.0.1:3000", "EndSong", "2026-11-22T13");
  expect(url?.text).toBe("http://127.0.0.1:3000/api/v1/event-types/EndSong/hours/2026-11-22T13/ready");
  expect(shell?.text).toBe("TIDEMARK_URL=http://127.0.0.1:3000 npx tidemark wait EndSong 2026-11-22T13 --timeout 2h");
  expect(curl?.text).toContain("'http://127.0.0.1:3000/api/v1/event-types/EndSong/hours/2026-11-22T13/ready?wait=60'");
});

it("gives Airflow the sensor of its provider, which waits for each run's own hour", () => {
  const airflow = gateCommands("http://127.0.0.1:3000", "End Song/2", "2026-11-22T13").at(-1);
  expect(airflow?.title).toBe("Airflow");
  expect(airflow?.text).toContain('task_id="end_song_2_is_complete"');
  expect(airflow?.text).toMatch(/^TidemarkHourSensor\(/);
  expect(airflow?.text).toContain('event_type="End Song/2"');
  expect(airflow?.text).toContain("deferrable=True");
});

it("a name with a space or a slash stays one path segment", () => {
  expect(gateCommands("", "a b/c", "2026-11-22T13")[0]?.text).toContain("/event-types/a%20b%2Fc/hours/");
});
