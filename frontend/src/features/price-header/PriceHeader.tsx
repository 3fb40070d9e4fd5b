import { numbers } from "@/shared/format/numbers";
import { useFeedJudgement } from "@/shared/live/live-context";
import { text } from "@/shared/text";
import { useView } from "@/shared/view/use-view";
import { DayFigures } from "./DayFigures";
import { MovingPrice } from "./MovingPrice";
import { usePrice } from "./use-price";

/** The market, its price and the last day's change; the price is muted when it is in doubt. */
export function PriceHeader() {
  const [{ symbol }] = useView();
  const tick = usePrice(symbol);
  const { isDoubtful } = useFeedJudgement();
  const shown = tick ? numbers.price(tick.price) : text.none;
  return (
    <section
      aria-label={text.header.region}
      className="flex h-11 items-center gap-3 whitespace-nowrap xl:min-w-72 min-[1800px]:min-w-[30rem]"
    >
      <title>{tick ? text.header.pageTitle(shown, symbol) : text.productName}</title>
      <h1 tabIndex={-1} className="text-heading font-semibold outline-none">
        {symbol}
      </h1>
      <MovingPrice key={symbol} price={tick?.price ?? null} shown={shown} isMuted={isDoubtful} />
      <Change percent={tick?.change24h ?? null} isMuted={isDoubtful} />
      {tick && <DayFigures tick={tick} />}
    </section>
  );
}

function Change({
  percent,
  isMuted,
}: {
  readonly percent: number | null;
  readonly isMuted: boolean;
}) {
  if (percent === null) return null;
  const glyph = percent > 0 ? "▲" : percent < 0 ? "▼" : "";
  const colour = percent > 0 ? "text-up" : percent < 0 ? "text-down" : "text-muted";
  return (
    <span
      title={text.header.change24h}
      className={`font-medium ${isMuted ? "text-muted" : colour}`}
    >
      <span aria-hidden="true">{glyph} </span>
      {numbers.percent(percent)}
    </span>
  );
}
