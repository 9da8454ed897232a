import { expect, it } from 'vitest'
import { speaksOfMotion } from '../../src-main/domain/motion-verbs.ts'

it.each([
  'a dog running over grass',
  'she jumps off the pier',
  'children dancing',
  'he skied down',
  'the ball bounced twice',
  'Ein Hund rennt am Strand',
  'Kinder springen ins Wasser',
  'DIVING from a cliff',
])('“%s” speaks of movement', (text) => expect(speaksOfMotion(text)).toBe(true))

it.each([
  'a dog on the grass',
  'green lawn',
  'grüner Rasen',
  'a ridge of mountains',
  'the divan in the living room',
  'passengers on a runway',
  'sitting at a table',
  '',
  '12:30 🎉',
])('“%s” does not', (text) => expect(speaksOfMotion(text)).toBe(false))
