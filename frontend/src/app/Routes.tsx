import { Suspense } from "react";
import { Route, Switch } from "wouter";
import { CommandPalette } from "@/features/command-palette/CommandPalette";
import { KeySheet } from "@/features/keys/KeySheet";
import { useSettingCommands } from "@/features/settings/use-setting-commands";
import { Announcer } from "@/shared/announce/Announcer";
import { useCommandKeys } from "@/shared/commands/use-command";
import { lazyPage, lazyPart } from "@/shared/parts/lazy-part";
import { useSignalTone } from "@/shared/sound/use-signal-tone";
import { text } from "@/shared/text";
import { useIsNarrow } from "@/shared/view/use-narrow";
import { Dashboard } from "./Dashboard";
import { NotFound } from "./NotFound";
import { Page } from "./Page";
import { SkipLink } from "./SkipLink";
import { useArrival } from "./use-arrival";
import { useGoCommands } from "./use-go-commands";

const TabBar = lazyPart(async () => (await import("./TabBar")).TabBar);

const SignalsPage = lazyPage(
  async () => (await import("@/features/signals/SignalsPage")).SignalsPage,
);
const SignalPage = lazyPage(async () => (await import("@/features/signals/SignalPage")).SignalPage);
const PerformancePage = lazyPage(
  async () => (await import("@/features/performance/PerformancePage")).PerformancePage,
);
const StatusPage = lazyPage(async () => (await import("@/features/status/StatusPage")).StatusPage);
const SettingsPage = lazyPage(
  async () => (await import("@/features/settings/SettingsPage")).SettingsPage,
);

const PAGES = [
  { path: "/performance", title: text.nav.performance, Content: PerformancePage },
  { path: "/status", title: text.nav.status, Content: StatusPage },
  { path: "/settings", title: text.nav.settings, Content: SettingsPage },
  { path: "/signals", title: text.nav.signals, Content: SignalsPage },
] as const;

/** Which page the address means, and what stands on every page. */
export function Routes() {
  useCommandKeys();
  useGoCommands();
  useSettingCommands();
  useSignalTone();
  useArrival();
  const isNarrow = useIsNarrow();
  return (
    <>
      <SkipLink />
      <Switch>
        <Route path="/">
          <Dashboard />
        </Route>
        {PAGES.map(({ path, title, Content }) => (
          <Route key={path} path={path}>
            <Page title={title}>
              <Content />
            </Page>
          </Route>
        ))}
        <Route path="/signals/:id">
          {({ id }) => (
            <Page title={text.nav.signal}>
              <SignalPage key={id} id={id} />
            </Page>
          )}
        </Route>
        <Route>
          <Page title={text.nav.notFound}>
            <NotFound />
          </Page>
        </Route>
      </Switch>
      {isNarrow && (
        <Suspense>
          <TabBar />
        </Suspense>
      )}
      <CommandPalette />
      <KeySheet />
      <Announcer />
    </>
  );
}
