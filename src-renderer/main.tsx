import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { library } from './api/library.ts'
import './app/tokens.css'
import './app/base.css'
import { App } from './app/app.tsx'
import { startAppearance } from './app/appearance.ts'
import { startLanguage } from './app/language.ts'
import { keepFresh } from './state/keep-fresh.ts'

startAppearance()
startLanguage()
keepFresh()
library.start()

const root = document.querySelector('#root')
if (root === null) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
