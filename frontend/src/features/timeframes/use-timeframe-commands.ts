import { useEffect, useEffectEvent } from "react";
import { offer } from "@/shared/commands/commands";
import { TIMEFRAMES, type Timeframe } from "@/shared/market/timeframe";
import { text } from "@/shared/text";

/** Offers each timeframe in the palette; keys type them. */
export function useTimeframeCommands(onChoose: (timeframe: Timeframe) => void): void {
  const choose = useEffectEvent(onChoose);
  useEffect(() => {
    const offered = TIMEFRAMES.map((timeframe) =>
      offer({
        id: `timeframe ${timeframe}`,
        group: "chart",
        name: text.timeframe.command(timeframe),
        run: () => choose(timeframe),
      }),
    );
    return () => offered.forEach((takeBack) => takeBack());
  }, []);
}
