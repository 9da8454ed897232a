/**
 * Words that hold sentences together and say nothing of what is in them, folded (`fold-words.ts`). Left out is what is a
 * word of content in the other language: German `man`, `hat`, `war`, `die`, `was`; English `mine`.
 */
const english = new Set(
  `a about after again all also although am an and any are aren as at be because been before being both but by can could
  couldn d did didn do does doesn doing don down during each else ever every for from had hadn has hasn have haven having
  he her here hers him his how i if in into is isn it its itself just ll m me more most my myself no nor not of off on
  once only or other our ours out over own re s same shall she should shouldn so some such t than that the their theirs
  them then there these they this those through to too under until up us ve very wasn we were weren what when where which
  while who whom whose why with without won would wouldn yet you your yours`.split(/\s+/),
)

const german = new Set(
  `aber alle allem allen aller alles als also am an ander andere anderen auch auf aus bei beim bin bis bist da damit dann
  das dass dein deine deinem deinen deiner dem den denn der des dich dies diese diesem diesen dieser dieses dir doch dort
  du durch ein eine einem einen einer eines einige er es etwas euch euer eure fur gegen habe haben ich ihm ihn ihnen ihr
  ihre ihrem ihren ihrer im in ins ist ja jede jedem jeden jeder jedes jetzt kann kein keine keinem keinen keiner mehr
  mein meine meinem meinen meiner mich mir mit muss nach nein nicht nichts noch nun nur ob oder ohne sehr sein seine seinem
  seinen seiner sich sie sind so solche uber um und uns unser unsere unter vom von vor wann warum weg weil wenn wer werden
  wie wieder wir wird wo zu zum zur zwischen`.split(/\s+/),
)

/** True for a folded word that says nothing by itself, in English or German. */
export const isFunctionWord = (word: string): boolean => english.has(word) || german.has(word)

/** So many words are needed to tell a language; fewer are a list of names or a song. */
const fewestWords = 20
/** In running text every second or third word is one of these; of another language's list hardly any is. */
const leastShare = 0.2
const leastLead = 3

/** `en` or `de` for a text of which that is plain, else null. `words`: folded, in any order. */
export const languageOf = (words: readonly string[]): 'en' | 'de' | null => {
  if (words.length < fewestWords) return null
  let [inEnglish, inGerman] = [0, 0]
  for (const word of words) {
    // What stands in both lists tells nothing.
    if (english.has(word) && !german.has(word)) inEnglish += 1
    else if (german.has(word) && !english.has(word)) inGerman += 1
  }
  const needed = words.length * leastShare
  if (inEnglish >= needed && inEnglish >= inGerman * leastLead) return 'en'
  return inGerman >= needed && inGerman >= inEnglish * leastLead ? 'de' : null
}
