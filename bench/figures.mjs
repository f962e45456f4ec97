// Small statistics and the table every benchmark prints.

/** The value at a fraction of the sorted list (0.5 = median). */
export function quantile(values, fraction) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(fraction * sorted.length))]
}

export const median = (values) => quantile(values, 0.5)

/** @typedef {{figure: string, value: number, unit: string, budget?: number, atLeast?: boolean, note?: string}} Row */

/** Prints rows with their budgets; a missed one is marked. */
export function print(title, /** @type {Row[]} */ rows) {
  console.log(`\n${title}`)
  for (const { figure, value, unit, budget, atLeast, note } of rows) {
    const missed = atLeast ? value < budget : value > budget
    const shown = `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ${unit}`
    const limit = budget === undefined ? '' : `budget ${budget} ${unit}${missed ? '  MISSED' : ''}`
    console.log(`  ${figure.padEnd(62)}${shown.padStart(12)}  ${limit}${note ? `  (${note})` : ''}`)
  }
}
