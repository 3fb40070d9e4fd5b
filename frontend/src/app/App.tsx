import { QueryClientProvider, type QueryClient } from "@tanstack/react-query";
import { ApisContext, type Apis } from "@/shared/api/apis";
import { LiveContext } from "@/shared/live/live-context";
import type { LiveSession } from "@/shared/live/live-session";
import { useSettings } from "@/shared/settings/settings";
import { useWornTheme } from "@/shared/theme/theme";
import { CrashBoundary } from "./CrashBoundary";
import { Routes } from "./Routes";

interface AppProps {
  readonly queryClient: QueryClient;
  readonly apis: Apis;
  readonly session: LiveSession;
}

/** All pages, with what they ask and hear. */
export function App({ queryClient, apis, session }: AppProps) {
  useWornTheme();
  // Every time on the page is written in the chosen zone: another one draws all of it anew.
  const timeZone = useSettings((settings) => settings.timeZone);
  return (
    <CrashBoundary>
      <QueryClientProvider client={queryClient}>
        <ApisContext value={apis}>
          <LiveContext value={session}>
            <Routes key={timeZone} />
          </LiveContext>
        </ApisContext>
      </QueryClientProvider>
    </CrashBoundary>
  );
}
