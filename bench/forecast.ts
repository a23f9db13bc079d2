// npm run bench:forecast [-- flights | fleet | speed]
// How good the forecast of open hours is: on a month of real lateness beside two simple references, and on simulated incidents;
// and what it costs.
import { scoreFleet } from "./forecast-fleet.ts";
import { scoreFlights } from "./forecast-flights.ts";
import { measureSpeed } from "./forecast-speed.ts";
import { describeMachine } from "./machine.ts";

const parts = { flights: scoreFlights, fleet: scoreFleet, speed: measureSpeed };
const wanted = process.argv.slice(2);

process.stdout.write(`${describeMachine()}\n`);
for (const [name, part] of Object.entries(parts)) {
  if (wanted.length === 0 || wanted.includes(name)) process.stdout.write(`\n${await part()}\n`);
}
