import { existsSync } from 'node:fs'
import { defineConfig } from '@playwright/test'

const chromium = process.env['KINORA_CHROMIUM'] ?? '/usr/bin/chromium'

export default defineConfig({
  testDir: 'test',
  testMatch: ['ui/**/*.spec.ts', 'app/desktop.spec.ts'],
  globalSetup: './test/ui/prepare.ts',
  outputDir: 'test-results/playwright',
  reporter: [['list']],
  // They wait for pages more than they compute: a third keeps two cores busy.
  workers: 3,
  fullyParallel: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  use: {
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    locale: 'en-GB',
    trace: 'off',
    launchOptions: {
      // Where Debian's is not, Playwright's own browser is used.
      ...(existsSync(chromium) ? { executablePath: chromium } : {}),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
})
