const kitchen = [
  'a cup of coffee on a wooden table',
  'a slice of pizza on a plate',
  'a knife beside a loaf of bread',
  'a bottle of wine and two glasses',
  'a bowl of fruit with apples and a banana',
  'a pan on the stove in a kitchen',
  'a birthday cake with candles',
  'an open refrigerator',
]
const animals = [
  'a photo of a cat',
  'a dog runs across the grass',
  'a horse on a meadow',
  'two birds on a branch',
  'a fish in an aquarium',
  'an elephant at a river',
  'a flock of sheep on a hill',
  'a spider in its web',
]
const people = [
  'a man with a hat',
  'a woman talks on a telephone',
  'a child plays with a ball',
  'a crowd of people in a stadium',
  'a baby sleeps in a bed',
  'a doctor in a hospital',
  'a couple dances at a wedding',
  'hands play the piano',
]
const streets = [
  'a red car in the rain',
  'a bus at a traffic light',
  'a bicycle leans on a wall',
  'a train arrives at the station',
  'an airplane in the sky',
  'a boat on the lake',
  'a truck on the highway at night',
  'a motorcycle in front of a house',
]
const land = [
  'a mountain covered with snow',
  'a beach with palm trees',
  'the sun sets over the sea',
  'a forest in autumn',
  'a desert with sand dunes',
  'a waterfall between rocks',
  'a field of flowers',
  'dark clouds and lightning',
]
const rooms = [
  'a sofa and a television',
  'a desk with a computer keyboard',
  'books on a shelf',
  'a clock on the wall',
  'a chair by the window',
  'a bathroom with a mirror',
  'a guitar in the corner',
  'a lamp beside the bed',
]
const sport = [
  'a football match',
  'a tennis player hits the ball',
  'a skier jumps down the slope',
  'a swimmer in the pool',
  'a surfer on a wave',
  'a basketball game',
  'a runner crosses the finish line',
  'a climber on a cliff',
]
const screens = [
  'a page of printed text',
  'the credits of a film',
  'a map of a city',
  'a cartoon with bright colours',
  'a drawing of a house',
  'a black and white photograph',
  'a chart with bars',
  'an empty grey wall',
]

/** 64 plain English sentences, written for this: what people look for in their films, all of it different things. */
export const canaryTexts: readonly string[] = [
  ...kitchen,
  ...animals,
  ...people,
  ...streets,
  ...land,
  ...rooms,
  ...sport,
  ...screens,
]
