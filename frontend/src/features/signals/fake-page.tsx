import { QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { ApisContext, type Apis } from "@/shared/api/apis";
import { createQueryClient } from "@/shared/api/query-client";
import type { SignalFilter } from "@/shared/api/signals-api";
import { FakeLive } from "@/shared/live/fake-live";
import { LiveContext, useFollow } from "@/shared/live/live-context";
import type { TradeSignal } from "@/shared/signals/signal";
import { useLiveSignals } from "@/shared/signals/use-signals";
import { useView } from "@/shared/view/use-view";

function Frame({ children }: { readonly children: ReactNode }) {
  const [{ symbol, timeframe }] = useView();
  useFollow(symbol, timeframe);
  useLiveSignals();
  return children;
}

/** For tests: a page in what the app puts around it; the socket's server is the test. */
export function renderPage(page: ReactNode, apis: Apis): FakeLive {
  const live = new FakeLive();
  live.socket.push("connect");
  render(
    <QueryClientProvider client={createQueryClient()}>
      <ApisContext value={apis}>
        <LiveContext value={live.session}>
          <Frame>{page}</Frame>
        </LiveContext>
      </ApisContext>
    </QueryClientProvider>,
  );
  return live;
}

/** For tests: a history that filters by side and knows a single page. */
export function historyOf(signals: readonly TradeSignal[]) {
  return (_symbol: string, _timeframe: string, { signalType }: SignalFilter) =>
    Promise.resolve({
      signals: signals.filter(({ type }) => signalType == null || type === signalType),
      nextCursor: null,
    });
}
