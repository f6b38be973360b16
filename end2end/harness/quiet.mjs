// Whether times mean anything on this machine now: a busy one says nothing about Jeton.
import { within } from './figure.mjs';

const SPIN = 200;
const ENOUGH = 0.85;
const WAITS = 10;

/** The part of a processor that this process gets while it wants all of one. */
function share() {
  const before = process.cpuUsage();
  const start = performance.now();
  while (performance.now() - start < SPIN);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / (performance.now() - start);
}

async function isQuiet() {
  for (let waits = 0; waits < WAITS; waits += 1) {
    if (share() >= ENOUGH) return true;
    await new Promise((done) => { setTimeout(done, 500); });
  }
  return false;
}

/** Prints times, and holds them to their bars unless others keep the processors busy; then it says so. */
export async function timely(rows) {
  if (await isQuiet()) return within(rows);
  return within(rows.map(([name, value, unit, most]) => [name, value, `${unit}${most === undefined ? '' : ` (bar: ${most}; not judged, the machine is busy)`}`]));
}
