// Measured figures: printed one a line, and added to the file that FIGURES names, where the report of the whole test finds them.
import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';

/** `figure: G7 WASM 88.1 kB (bar: 90)` */
export function figure(name, value, unit, bar) {
  const shown = typeof value === 'number' ? Number(value.toFixed(value < 10 ? 2 : 1)) : value;
  const line = `figure: ${name} ${shown} ${unit}${bar === undefined ? '' : ` (bar: ${bar})`}`;
  console.log(line);
  if (process.env.FIGURES) appendFileSync(process.env.FIGURES, `${line}\n`);
}

/** Prints figures with a highest value each, then fails if one of them is above it. Rows are `[name, value, unit, most]`. */
export function within(rows) {
  for (const row of rows) figure(...row);
  const over = rows.filter(([, value, , most]) => most !== undefined && !(value <= most));
  assert.deepEqual(over.map(([name, value, unit, most]) => `${name}: ${value} ${unit}, at most ${most}`), []);
}

/**
 * Machines are noisy: measures up to `times` times, until every figure is within its bar, and keeps the best of each.
 * `measure` returns rows as [`within`] takes them, always in the same order.
 */
export async function bestOf(times, measure) {
  let best;
  for (let tries = 0; tries < times; tries += 1) {
    const rows = await measure();
    best = rows.map((row, place) => (best && best[place][1] < row[1] ? best[place] : row));
    if (best.every(([, value, , most]) => most === undefined || value <= most)) break;
  }
  return best;
}

export function percentile(values, part) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

export const median = (values) => percentile(values, 0.5);
