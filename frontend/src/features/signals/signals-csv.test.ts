import { describe, expect, test } from "vitest";
import { tradeSignal } from "@/shared/signals/signal-builder";
import { signalsCsv } from "./signals-csv";

function rowsOf(csv: string): Record<string, string>[] {
  const [names = [], ...rows] = csv
    .trimEnd()
    .split("\r\n")
    .map((line) => line.split(","));
  return rows.map((row) => {
    const cells = row.map((cell, index) => [names[index], cell] as const);
    return Object.fromEntries(cells) as Record<string, string>;
  });
}

describe("signals as CSV", () => {
  test("a row says what was decided and what became of it", () => {
    const closed = tradeSignal({
      status: "closed",
      closedAt: "2024-08-04T23:23:00.000Z",
      exitPrice: "2791.78",
      profitLossPercent: -2.44,
      outcome: { exitReason: "stop", netR: -1.09 },
    });
    expect(rowsOf(signalsCsv([closed]))[0]).toMatchObject({
      time: "2024-08-04T21:00:00.000Z",
      side: "SELL",
      confidence_percent: "42.05",
      calibrated: "false",
      stop_loss: "2791.78",
      exit_reason: "stop",
      net_r: "-1.09",
      profit_loss_percent: "-2.44",
    });
  });

  test("what a HOLD has not is left empty, and the order stays", () => {
    const hold = tradeSignal({ id: "hold", signalType: "HOLD", stopLoss: null, takeProfit1: null });
    const rows = rowsOf(signalsCsv([hold, tradeSignal({ id: "sell" })]));
    expect(rows.map(({ id }) => id)).toEqual(["hold", "sell"]);
    expect(rows[0]).toMatchObject({ stop_loss: "", take_profit_1: "", net_r: "", closed_at: "" });
  });

  test("a text with separators is quoted", () => {
    expect(signalsCsv([tradeSignal({ modelId: 'a,"b"' })])).toContain('"a,""b"""');
  });

  test("no signals are a table of names alone", () => {
    expect(signalsCsv([])).toMatch(/^id,symbol,timeframe,time,.*continues\r\n$/);
  });
});
