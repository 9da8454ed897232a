import { EventEmitter } from 'node:events'
import { records } from './records.ts'

class IpcMain extends EventEmitter {
  override on(channel: string, listener: (...args: unknown[]) => void): this {
    records.channels.push(channel)
    return super.on(channel, listener)
  }
}

export const ipcMain = new IpcMain()
