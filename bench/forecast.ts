// npm run bench:forecast [-- --only flights]
// How good the forecast of open hours is: on a month of real lateness beside two simple references, and on simulated incidents.
import { scoreFleet } from "./forecast-fleet.ts";
import { scoreFlights } from "./forecast-flights.ts";

const only = process.argv[2];
if (only !== "fleet") process.stdout.write(scoreFlights());
if (only !== "flights") process.stdout.write(scoreFleet());
