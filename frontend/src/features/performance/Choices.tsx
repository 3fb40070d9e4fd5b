import { ORIGINS, type Breakdown } from "@/shared/api/performance-api";
import { spokenSymbol, symbolFromUrl, urlSymbol, type MarketSymbol } from "@/shared/market/symbol";
import { TIMEFRAMES } from "@/shared/market/timeframe";
import { usePlatformStatus } from "@/shared/status/use-platform-status";
import { text } from "@/shared/text";
import { NamedSegmented } from "@/shared/ui/NamedSegmented";
import { useView } from "@/shared/view/use-view";
import { engineOptions, NO_ENGINE } from "./engine-options";
import { PickField } from "./PickField";
import type { Scope } from "./scope";
import { SinceField } from "./SinceField";

/** Which markets are watched changes with the platform's settings only. */
const MARKETS_EVERY_MS = 60_000;

function useMarkets(shown: MarketSymbol): readonly MarketSymbol[] {
  const status = usePlatformStatus(MARKETS_EVERY_MS).data;
  const watched = (status?.series ?? []).map(({ symbol }) => spokenSymbol(symbol));
  return [...new Set([shown, ...watched])].toSorted();
}

interface ChoicesProps {
  readonly scope: Scope;
  readonly onChange: (part: Partial<Scope>) => void;
  readonly breakdown: Breakdown | undefined;
}

/** Which signals are counted. */
export function Choices({ scope, onChange, breakdown }: ChoicesProps) {
  const [{ symbol, timeframe }, changeView] = useView();
  const markets = useMarkets(symbol);
  const words = text.performance.choices;
  return (
    <div className="mb-4">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
        <PickField
          label={words.market}
          options={markets.map((market) => ({ value: urlSymbol(market), name: market }))}
          value={urlSymbol(symbol)}
          onPick={(market) => changeView({ symbol: symbolFromUrl(market) ?? symbol })}
        />
        <NamedSegmented
          label={words.timeframe}
          choices={TIMEFRAMES.map((value) => ({ value, name: value }))}
          value={timeframe}
          onChoose={(chosen) => changeView({ timeframe: chosen })}
        />
        <NamedSegmented
          label={words.origin}
          choices={ORIGINS.map((value) => ({ value, name: words.origins[value] }))}
          value={scope.origin}
          onChoose={(origin) => onChange({ origin, engineVersion: null })}
        />
        <PickField
          label={words.engine}
          options={engineOptions(scope, breakdown)}
          value={scope.engineVersion ?? NO_ENGINE}
          onPick={(engine) => onChange({ engineVersion: engine === NO_ENGINE ? null : engine })}
        />
        <SinceField since={scope.since} onChange={(since) => onChange({ since })} />
      </div>
      <p className="mt-2 text-muted">{words.originsMean[scope.origin]}</p>
    </div>
  );
}
