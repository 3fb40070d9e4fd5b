import { useView } from "@/shared/view/use-view";
import { Choices } from "./Choices";
import { HowCounted } from "./HowCounted";
import { ModelSection } from "./ModelSection";
import { Outcomes } from "./Outcomes";
import { useBreakdown } from "./use-breakdown";
import { useScope } from "./use-scope";

/** What became of the signals, over time and beside their baselines. */
export function PerformancePage() {
  const [{ symbol, timeframe }] = useView();
  const [scope, changeScope] = useScope();
  const query = useBreakdown(symbol, timeframe, scope);
  return (
    <div className="grid grid-cols-1 gap-2">
      <Choices scope={scope} onChange={changeScope} breakdown={query.data} />
      <Outcomes
        symbol={symbol}
        timeframe={timeframe}
        scope={scope}
        onChange={changeScope}
        query={query}
      />
      <HowCounted symbol={symbol} timeframe={timeframe} scope={scope} />
      <ModelSection symbol={symbol} timeframe={timeframe} />
    </div>
  );
}
