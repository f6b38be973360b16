// Whether times mean anything on this machine now: a busy one says nothing about Jeton.
import { figure, within } from './figure.mjs';

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

/**
 * Prints times beside their bars. A machine that others keep busy says nothing about Jeton, so a missed bar fails the test
 * only where that is asked for, with JUDGE in the environment, and only while the machine is quiet.
 */
export async function timely(rows) {
  if (process.env.JUDGE && await isQuiet()) return within(rows);
  for (const [name, value, unit, most] of rows) figure(name, value, unit, most === undefined || value <= most ? most : `${most}; missed, not judged`);
  return undefined;
}
