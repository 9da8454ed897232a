import type { Locator, Page } from '@playwright/test'
import { join, resolve } from 'node:path'
import { seededRandom } from '../../src-main/domain/seeded-random.ts'
import type { ListAnswer } from '../app/answer-shapes.ts'
import { createKinoraCli, eventually } from '../app/kinora-cli.ts'
import { filmOfPhotographs, photographs, secondsEach, shuffled } from '../app/photo-films.ts'
import type { FilmForm } from '../app/photo-films.ts'
import { sharedFolder } from '../shared-folder.ts'
import { expect, filmTime, test } from './page-test.ts'

const shared = sharedFolder()

/** Issue 6: the other version of the same photograph is first in so many cases. */
const floor = 0.95
/** So many of the 34 photographs are asked for, each by right click and by key; test/app/similar-photos asks for all. */
const most = 20

const forms: readonly { readonly name: string; readonly seed: number; readonly form: FilmForm }[] = [
  {
    name: 'large.mp4',
    seed: 5,
    form: { width: 960, height: 540, codec: ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '20'] },
  },
  {
    name: 'small.webm',
    seed: 6,
    form: {
      width: 480,
      height: 360,
      codec: ['-c:v', 'libvpx-vp9', '-b:v', '0', '-crf', '40', '-deadline', 'realtime', '-cpu-used', '8'],
    },
  },
]

type Film = { readonly id: string; readonly name: string; readonly order: readonly string[] }

type Shown = { readonly film: Film; readonly photograph: string }

/** The film and the photograph that the first answer shows. */
const firstShown = async (page: Page, films: readonly Film[]): Promise<Shown> => {
  const key = (await page.locator('.moment').first().getAttribute('data-moment')) ?? ''
  const [id, start = '', end = ''] = key.split(' ')
  const film = films.find((one) => one.id === id)
  const place = Math.floor((Number(start) + Number(end)) / 2 / secondsEach)
  const photograph = film?.order[place]
  if (film === undefined || photograph === undefined) throw new Error(`the first answer is ${key}`)
  return { film, photograph }
}

/** The film's side has a combobox of its own, for tags. */
const searchBox = (page: Page): Locator => page.getByRole('combobox', { name: 'Search your videos' })

const ways = ['right click', 'key'] as const
type Way = (typeof ways)[number]

/** Asks for what looks like the picture of `target`, and waits for the answer to it. */
const findSimilar = async (
  page: Page,
  { way, target }: { readonly way: Way; readonly target: Locator },
  of: Film,
): Promise<void> => {
  if (way === 'key') await page.keyboard.press('s')
  else {
    await target.click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Find similar' }).click()
  }
  await expect(page.locator('.player')).toHaveCount(0)
  await expect(searchBox(page)).toHaveValue(new RegExp(`^like:${of.id}@[0-9.]+$`))
  await expect(page.locator('.results-body[aria-busy="false"] .moment').first()).toBeVisible()
}

/** Opens a film by its tile, standing at `seconds`. */
const openAt = async (page: Page, film: Film, seconds: number): Promise<void> => {
  await searchBox(page).fill('')
  await page.keyboard.press('Escape')
  await page.getByRole('gridcell', { name: film.name.replace(/\..*/, '') }).click()
  await filmTime(page)
  await page.locator('video').evaluate((element, at) => {
    const video = element as HTMLVideoElement
    video.pause()
    video.currentTime = at
  }, seconds)
  await filmTime(page)
}

test('find similar on real films: the other version of a photograph comes first, by right click and by key', async ({
  page,
}, info) => {
  test.skip(shared === null, 'there is no shared folder with photographs')
  // 88 s of processor time, most of it to make and index the films; 3 minutes measured at a load of 12 on two cores.
  test.setTimeout(480_000)
  const photos = join(shared ?? '', 'photos')
  const some = shuffled(photographs(shared ?? ''), seededRandom(7)).slice(0, most)
  const kinora = createKinoraCli()
  const orders = forms.map(({ name, seed, form }) => {
    const order = shuffled(some, seededRandom(seed))
    filmOfPhotographs(
      order.map((file) => join(photos, file)),
      join(kinora.films, name),
      form,
    )
    return { name, order }
  })
  await kinora.ask('models', 'add', join(shared ?? '', 'models', 'concept'))
  await kinora.ask('models', 'use', 'concept-224')
  await kinora.ask('add', kinora.films)
  await kinora.ask('index')
  const { videos } = await kinora.ask<ListAnswer>('list')
  const films = orders.map(({ name, order }) => ({
    id: videos.find(({ path }) => path.endsWith(name))?.id ?? '',
    name,
    order,
  }))
  const host = kinora.start(
    'serve',
    ...['--page', process.env['KINORA_PAGE'] ?? resolve(import.meta.dirname, '../../test-results/page')],
    '--port',
    '0',
  )
  try {
    const address = await eventually(
      'the address',
      30,
      () => /http:[^\s"]+/.exec(host.lines().join('\n'))?.[0] ?? null,
    )
    await page.goto(address)
    const right: Record<Way, number> = { 'right click': 0, key: 0 }
    const wrong: string[] = []
    const moment = page.locator('.moment').first()
    const ask = async (way: Way, target: Locator, asked: Shown): Promise<Shown> => {
      const before = await searchBox(page).inputValue()
      await findSimilar(page, { way, target }, asked.film)
      expect(await searchBox(page).inputValue()).not.toBe(before)
      const shown = await firstShown(page, films)
      const isRight = shown.film !== asked.film && shown.photograph === asked.photograph
      if (isRight) right[way] += 1
      else wrong.push(`${asked.photograph} in ${asked.film.name} by ${way}: first is ${shown.photograph}`)
      return shown
    }
    for (const [turn, photograph] of some.entries()) {
      const film = films[turn % films.length]
      if (film === undefined) throw new Error('two films')
      const [first = 'key', second = 'key'] = turn % 4 < 2 ? ways : ways.toReversed()
      // Where the player stands first, then the moment that answers it.
      await openAt(page, film, (film.order.indexOf(photograph) + 0.5) * secondsEach)
      const shown = await ask(first, page.locator('.stage'), { film, photograph })
      await moment.focus()
      await ask(second, moment, shown)
    }
    const said = ways.map((way) => `${right[way]} of ${some.length} by ${way}`).join(', ')
    console.log(
      `SIMILAR in Chromium: first is right in ${said}${wrong.map((line) => `\n  ${line}`).join('')}`,
    )
    info.annotations.push({ type: 'measured', description: said })
    for (const way of ways) expect(right[way] / some.length).toBeGreaterThanOrEqual(floor)
  } finally {
    await page.close()
    host.child.kill('SIGINT')
    await host.ended
    await kinora.dispose()
  }
})
