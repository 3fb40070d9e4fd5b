import { announce } from "@/shared/announce/announce";
import { TIMEFRAMES, type Timeframe } from "@/shared/market/timeframe";
import { text } from "@/shared/text";
import { useView } from "@/shared/view/use-view";
import { TypedTimeframe } from "./TypedTimeframe";
import { useTimeframeCommands } from "./use-timeframe-commands";
import { useTypedTimeframe } from "./use-typed-timeframe";

/** Switches the timeframe by click, or by typing its minutes or name and Enter. */
export function TimeframeStrip() {
  const [{ timeframe: current }, changeView] = useView();
  const choose = (timeframe: Timeframe) => {
    changeView({ timeframe });
    announce(text.timeframe.switched(timeframe));
  };
  const typed = useTypedTimeframe(choose);
  useTimeframeCommands(choose);
  return (
    <div
      role="group"
      aria-label={text.timeframe.group}
      className="flex min-w-0 max-md:flex-1 max-md:overflow-x-auto"
    >
      {TIMEFRAMES.map((timeframe) => (
        <button
          key={timeframe}
          type="button"
          data-testid={`timeframe-${timeframe}`}
          aria-pressed={timeframe === current}
          aria-label={text.timeframe.command(timeframe)}
          title={text.timeframe.name(timeframe)}
          onClick={() => choose(timeframe)}
          className="relative h-11 min-w-11 flex-1 rounded-card focus-visible:z-10 px-2.5 font-medium text-muted hover:bg-raised hover:text-text aria-pressed:bg-raised aria-pressed:text-accent md:h-8 md:min-w-0 md:flex-none"
        >
          {timeframe}
        </button>
      ))}
      {typed && <TypedTimeframe typed={typed} />}
    </div>
  );
}
