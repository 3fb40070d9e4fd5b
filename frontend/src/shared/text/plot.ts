/** Drawn figures wherever they are shown. */
export const plot = {
  confidenceAxis: "Confidence said, %",
  hitRateAxis: "Hit rate, %",
  bin: (said: string, came: string, count: number) =>
    `${said}% said, ${came}% came, ${count} outcomes`,
  asTable: "As a table",
  table: (caption: string) => `${caption}: table`,
} as const;
