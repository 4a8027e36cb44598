// Starts the system's Chromium without any background request.
import { chromium } from "playwright-core";

const OPTIONS = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A headless Chromium; CHROMIUM names the program. */
export function ouvrir() {
  const racine = typeof process.getuid === "function" && process.getuid() === 0;
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    // Chromium's sandbox refuses to start as root, which containers and continuous integration are.
    args: racine ? [...OPTIONS, "--no-sandbox"] : OPTIONS,
  });
}
