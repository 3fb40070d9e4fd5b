import "./styles.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createApis } from "@/shared/api/apis";
import { createHttpClient } from "@/shared/api/http-client";
import { connectLiveSocket } from "@/shared/api/live-socket";
import { createQueryClient } from "@/shared/api/query-client";
import { LiveSession } from "@/shared/live/live-session";
import { watchWaking } from "@/shared/live/watch-waking";
import { loadParts } from "@/shared/parts/lazy-part";
import { followOtherTabs } from "@/shared/settings/settings";
import { App } from "./App";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no element with the id root.");

const queryClient = createQueryClient();
const apis = createApis(createHttpClient((address, request) => fetch(address, request)));
const session = new LiveSession({
  socket: connectLiveSocket(),
  nextFrame: (work) => requestAnimationFrame(work),
  nowMs: () => performance.now(),
});
watchWaking(() => session.wake());
followOtherTabs();

createRoot(root).render(
  <StrictMode>
    <App queryClient={queryClient} apis={apis} session={session} />
  </StrictMode>,
);

addEventListener("load", () => void loadParts());
