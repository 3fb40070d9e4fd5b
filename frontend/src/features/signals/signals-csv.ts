import type { RawSignal, TradeSignal } from "@/shared/signals/signal";

type Cell = string | number | boolean | null | undefined;

/** Figures as the platform sent them, times in ISO 8601, UTC. */
const COLUMNS: readonly (readonly [name: string, cell: (raw: RawSignal) => unknown])[] = [
  ["id", ({ id }) => id],
  ["symbol", ({ symbol }) => symbol],
  ["timeframe", ({ timeframe }) => timeframe],
  ["time", ({ timestamp }) => new Date(timestamp).toISOString()],
  ["side", ({ signalType }) => signalType],
  ["status", ({ status }) => status],
  ["origin", ({ origin }) => origin],
  ["score", ({ score }) => score],
  ["threshold", ({ threshold }) => threshold],
  ["confidence_percent", ({ confidence }) => confidence],
  ["calibrated", ({ calibrated }) => calibrated],
  ["entry", ({ entryPrice }) => entryPrice],
  ["entry_zone_min", ({ entryZoneMin }) => entryZoneMin],
  ["entry_zone_max", ({ entryZoneMax }) => entryZoneMax],
  ["stop_loss", ({ stopLoss }) => stopLoss],
  ["take_profit_1", ({ takeProfit1 }) => takeProfit1],
  ["take_profit_2", ({ takeProfit2 }) => takeProfit2],
  ["take_profit_3", ({ takeProfit3 }) => takeProfit3],
  ["closed_at", ({ closedAt }) => closedAt],
  ["exit_reason", ({ outcome }) => outcome?.["exitReason"]],
  ["exit_price", ({ exitPrice }) => exitPrice],
  ["net_r", ({ outcome }) => outcome?.["netR"]],
  ["profit_loss_percent", ({ profitLossPercent }) => profitLossPercent],
  ["fee_percent_per_side", ({ feePercentPerSide }) => feePercentPerSide],
  ["engine_version", ({ engineVersion }) => engineVersion],
  ["model_id", ({ modelId }) => modelId],
  ["continues", ({ continues }) => continues],
];

function written(cell: unknown): string {
  const text = String((cell as Cell) ?? "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A table of the signals after RFC 4180, in the order given, its columns named. */
export function signalsCsv(signals: readonly TradeSignal[]): string {
  const names = COLUMNS.map(([name]) => name);
  const rows = signals.map(({ raw }) => COLUMNS.map(([, cell]) => cell(raw)));
  return [names, ...rows].map((row) => `${row.map(written).join(",")}\r\n`).join("");
}
