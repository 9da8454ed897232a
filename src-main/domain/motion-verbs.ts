/**
 * Verbs of movement that people use of what they film; their forms are made by rule. Nouns of the same letters (`a
 * race`, `a dance`) speak of movement too.
 */
const english =
  'run jump leap hop skip dance walk march stroll ride drive race speed fly swim dive throw toss catch kick hit punch chase follow fall slip slide roll spin twirl turn rotate climb crawl skate surf ski snowboard sail paddle cycle pour splash shake wave clap fight wrestle crash explode swing bounce gallop juggle spray chop stir sweep'
/** What the rules do not make. */
const irregular =
  'ran leapt rode ridden drove driven flew flown swam swum dove threw thrown caught fell fallen slid spun shook shaken fought swung sped biking skiing skied hitting'
/** German: the forms that descriptions have, since its stems change too much for rules. */
const german =
  'rennen rennt rennend rannte laufen läuft laufend lief springen springt springend sprang hüpfen hüpft tanzen tanzt tanzend tanzte wandern wandert reiten reitet reitend ritt fahren fährt fahrend fuhr fliegen fliegt fliegend flog schwimmen schwimmt schwimmend schwamm tauchen taucht tauchend werfen wirft werfend warf fangen fängt fing treten tritt schlagen schlägt jagen jagt jagend verfolgen verfolgt fallen fällt fallend fiel rutschen rutscht rutschend rollen rollt rollend drehen dreht drehend klettern klettert kletternd kriechen kriecht skaten surfen surft segeln segelt rudern rudert radeln radelt gießen gießt spritzen spritzt schütteln schüttelt schüttelnd winken winkt winkend klatschen klatscht kämpfen kämpft explodieren explodiert schaukeln schaukelt galoppieren galoppiert jonglieren jongliert'

const vowel = /[aeiou]/

/** `run runs running`, `dance dances danced dancing`, `splash splashes splashed splashing`. */
const formsOf = (verb: string): readonly string[] => {
  const [last = '', before = '', third = ''] = [verb.at(-1), verb.at(-2), verb.at(-3)]
  // One short vowel between consonants: the last letter doubles.
  const doubles =
    verb.length <= 4 && !vowel.test(last) && !/[wxy]/.test(last) && vowel.test(before) && !vowel.test(third)
  const stem = last === 'e' ? verb.slice(0, -1) : doubles ? verb + last : verb
  const singular = /(?:s|sh|ch|x)$/.test(verb)
    ? `${verb}es`
    : /[^aeiou]y$/.test(verb)
      ? `${verb.slice(0, -1)}ies`
      : `${verb}s`
  return [verb, singular, `${stem}ing`, `${stem}ed`]
}

const moving = new Set([
  ...english.split(' ').flatMap(formsOf),
  ...irregular.split(' '),
  ...german.split(' '),
])

/** True where a description speaks of movement: `a dog running over grass`, `der Hund rennt`. */
export const speaksOfMotion = (text: string): boolean =>
  (text.toLowerCase().match(/\p{L}+/gu) ?? []).some((word) => moving.has(word))
