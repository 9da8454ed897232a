/** Draws kinora.png from kinora.svg: `node resources/icons/render.ts`, after the logo was changed. Needs Chromium. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright'

/** What electron-builder makes every platform's icons from; macOS wants 1024. */
const side = 1024

const svg = readFileSync(join(import.meta.dirname, 'kinora.svg'), 'utf8')
const executablePath = process.env['KINORA_CHROMIUM']
const browser = await chromium.launch(executablePath === undefined ? {} : { executablePath })
const page = await browser.newPage({ viewport: { width: side, height: side } })
await page.setContent(
  `<style>html,body{margin:0}svg{display:block;width:${String(side)}px;height:${String(side)}px}</style>${svg}`,
)
await page.screenshot({ path: join(import.meta.dirname, 'kinora.png'), omitBackground: true })
await browser.close()
