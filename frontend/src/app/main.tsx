import "./styles.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createHttpClient } from "@/shared/api/http-client";
import { connectLiveSocket } from "@/shared/api/live-socket";
import { createMarketApi } from "@/shared/api/market-api";
import { MarketContext } from "@/shared/api/market-context";
import { createQueryClient } from "@/shared/api/query-client";
import { LiveContext } from "@/shared/live/live-context";
import { LiveSession } from "@/shared/live/live-session";
import { spellOutView } from "@/shared/view/use-view";
import { CrashBoundary } from "./CrashBoundary";
import { Dashboard } from "./Dashboard";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no element with the id root.");

const queryClient = createQueryClient();
const marketApi = createMarketApi(createHttpClient());
const session = new LiveSession({
  socket: connectLiveSocket(),
  nextFrame: (work) => requestAnimationFrame(work),
  nowMs: () => performance.now(),
});

spellOutView();

createRoot(root).render(
  <StrictMode>
    <CrashBoundary>
      <QueryClientProvider client={queryClient}>
        <MarketContext value={marketApi}>
          <LiveContext value={session}>
            <Dashboard />
          </LiveContext>
        </MarketContext>
      </QueryClientProvider>
    </CrashBoundary>
  </StrictMode>,
);
