// npm run bench:forecast [-- flights | fleet | speed | hundred]
// The quality of the forecast for open hours: on a month of real lateness beside two simple references, and on simulated
// incidents; and its cost.
import { scoreFleet } from "./forecast-fleet.ts";
import { scoreFlights } from "./forecast-flights.ts";
import { measureSpeed } from "./forecast-speed.ts";
import { describeMachine } from "./machine.ts";

const parts = { flights: scoreFlights, fleet: () => scoreFleet(), speed: measureSpeed };
// The fleet with a hundred types, on request only: it takes minutes.
const hundred = () => scoreFleet(100);
const wanted = process.argv.slice(2);

process.stdout.write(`${describeMachine()}\n`);
for (const [name, part] of Object.entries({ ...parts, hundred })) {
  if (wanted.includes(name) || (wanted.length === 0 && part !== hundred)) process.stdout.write(`\n${await part()}\n`);
}
