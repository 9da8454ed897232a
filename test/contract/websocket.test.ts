import { encode } from '@msgpack/msgpack'
import { describe, expect, it } from 'vitest'
import { isSoundMessage } from '../../src-preload/contract/sound-message.ts'
import { describeContract } from './suite.ts'
import { openWebSocketPair } from './websocket-pair.ts'

describeContract('a WebSocket', () => openWebSocketPair())

const lying = (head: number, count: number): Buffer => {
  const bytes = Buffer.alloc(5)
  bytes[0] = head
  bytes.writeUInt32BE(count, 1)
  return bytes
}

describe('a sound message', () => {
  it('is every one value that MessagePack writes', () => {
    const long = 'äöü 🎬'.repeat(20_000)
    const values: unknown[] = [
      ...[null, true, false, 0, 127, 128, 255, 256, 65_535, 65_536, 2 ** 32, 2 ** 53 - 1],
      ...[-1, -32, -33, -128, -129, -32_768, -32_769, -(2 ** 31), -(2 ** 31) - 1, 0.5, 1e300],
      ...['', 'a'.repeat(31), 'a'.repeat(32), 'a'.repeat(255), 'a'.repeat(256), long],
      ...[new Uint8Array(0), new Uint8Array(255), new Uint8Array(256), new Uint8Array(70_000)],
      ...[[], Array.from({ length: 15 }, String), Array.from({ length: 16 }, String)],
      ...[Array.from({ length: 70_000 }, (_, i) => i), {}, { a: [{ b: { c: [null] } }] }, new Date(0)],
      Object.fromEntries(Array.from({ length: 16 }, (_, i) => [`key ${i}`, i])),
      Object.fromEntries(Array.from({ length: 70_000 }, (_, i) => [`key ${i}`, i])),
    ]
    for (const [index, value] of values.entries()) {
      expect({ index, sound: isSoundMessage(encode(value)) }).toEqual({ index, sound: true })
    }
  })

  it('is whole, alone, and claims no more than is there', () => {
    const whole = encode({ kind: 'call', id: 1, group: 'a', name: 'b', arguments: { text: 'words' } })
    for (let length = 0; length < whole.length; length += 1) {
      expect(isSoundMessage(whole.subarray(0, length))).toBe(false)
    }
    expect(isSoundMessage(Buffer.concat([whole, whole]))).toBe(false)
    expect(isSoundMessage(Buffer.from([0xc1]))).toBe(false)
    for (const head of [0xdd, 0xdf, 0xdb, 0xc6, 0xc9]) {
      expect(isSoundMessage(lying(head, 0xffff_ffff))).toBe(false)
    }
    // 100 bytes that made the decoder take 5 GB.
    expect(isSoundMessage(Buffer.concat(Array.from({ length: 20 }, () => lying(0xdd, 33_000_000))))).toBe(
      false,
    )
  })

  it('may be deep: the decoder keeps its own stack', () => {
    expect(isSoundMessage(Buffer.concat([Buffer.alloc(1_000_000, 0x91), Buffer.from([0xc0])]))).toBe(true)
  })
})

describe('the wire over a WebSocket', () => {
  const codeAfter = async (message: string | Buffer): Promise<number> => {
    const pair = await openWebSocketPair()
    const code = new Promise<number>((resolve) => pair.raw.once('close', resolve))
    pair.raw.send(message)
    const answer = await code
    await pair.close()
    return answer
  }

  it('closes on text, on malformed and on oversized frames', async () => {
    expect(await codeAfter('{"kind":"call"}')).toBe(1003)
    expect(await codeAfter(Buffer.from([0xc1, 0xc1]))).toBe(1007)
    expect(await codeAfter(Buffer.alloc(0))).toBe(1007)
    expect(await codeAfter(lying(0xdd, 33_000_000))).toBe(1007)
    expect(await codeAfter(Buffer.alloc(1024 * 1024 + 1))).toBe(1009)
  })
})
