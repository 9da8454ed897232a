import { describe, expect, test } from 'vitest'
import {
  dot,
  meanDirection,
  normalise,
  packHalf,
  rgbToPlanes,
  unpackHalf,
} from '../../src-main/domain/embedding.ts'

describe('normalise', () => {
  test('makes length 1 and tells the length there was', () => {
    const vector = Float32Array.of(3, 0, 4)
    expect(normalise(vector)).toBeCloseTo(5)
    expect([...vector]).toEqual([0.6, 0, 0.8].map(Math.fround))
  })

  test('leaves zero zero, and what is nearly zero becomes it', () => {
    const vector = Float32Array.of(1e-8, -1e-8)
    expect(normalise(vector)).toBe(0)
    expect([...vector]).toEqual([0, 0])
  })

  test.each([NaN, Infinity, -Infinity])('tells of %s by NaN and touches nothing', (part) => {
    const vector = Float32Array.of(1, part)
    expect(normalise(vector)).toBeNaN()
    expect([...vector]).toEqual([1, part])
  })

  test('does not overflow on large numbers', () => {
    const vector = Float32Array.of(3e38, 3e38)
    normalise(vector)
    expect(dot(vector, vector)).toBeCloseTo(1)
  })
})

test('the mean of prompts is a unit vector between them, and zero prompts do not vote', () => {
  const mean = meanDirection([Float32Array.of(1, 0), Float32Array.of(0, 1), Float32Array.of(0, 0)], 2)
  expect([...mean]).toEqual([Math.SQRT1_2, Math.SQRT1_2].map(Math.fround))
  expect([...meanDirection([Float32Array.of(0, 0)], 2)]).toEqual([0, 0])
  expect([...meanDirection([], 2)]).toEqual([0, 0])
})

describe('float16', () => {
  test('is little-endian IEEE half, two bytes a number', () => {
    expect([...packHalf(Float32Array.of(1, -2, 0, 65504))]).toEqual([0, 0x3c, 0, 0xc0, 0, 0, 0xff, 0x7b])
  })

  test('keeps a unit vector to cosine 0.999999, from any place in a buffer', () => {
    const vector = Float32Array.from({ length: 512 }, (_, i) => Math.sin(i * i))
    normalise(vector)
    const packed = packHalf(vector)
    const shifted = new Uint8Array(packed.length + 3)
    shifted.set(packed, 3)
    const back = unpackHalf(shifted.subarray(3))
    normalise(back)
    expect(back.length).toBe(512)
    expect(dot(vector, back)).toBeGreaterThan(0.999999)
  })

  test('half a number is a bug', () => {
    expect(() => unpackHalf(new Uint8Array(3))).toThrow(RangeError)
  })
})

describe('rgbToPlanes', () => {
  const mean = [0.5, 0.25, 0]
  const std = [0.5, 0.25, 1]

  test('turns pixels into planes, red first, from the offset on', () => {
    const into = new Float32Array(8).fill(9)
    rgbToPlanes(Uint8Array.of(0, 0, 0, 255, 255, 255), 2, 1, mean, std, into, 1)
    const rounded = [...into].map((value) => Math.round(value * 1e5) / 1e5)
    expect(rounded).toEqual([9, -1, 1, -1, 3, 0, 1, 9])
  })

  test('a picture of another size is a bug', () => {
    expect(() => rgbToPlanes(new Uint8Array(5), 2, 1, mean, std, new Float32Array(6), 0)).toThrow('2x1')
  })
})
