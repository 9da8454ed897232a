/**
 * What people ask for, of every kind and for no library in particular (methods.md 2e, 2f: the bank). Scored against a
 * library's frames these texts say which cosines mean nothing for a model, how far up a query comes by chance, and which
 * frames answer everything (black ones, title cards, logos). Written for Kinora; no line is from a data set (trap 20).
 * Each library has some of it; the 95th percentile and the mean of the ten best do not mind. Semicolons and line ends
 * separate the texts.
 */
const topics = {
  people: `
    two people shaking hands; an old man reading a newspaper; someone laughing out loud; a woman with curly hair; a man with a beard
    a group photo in front of a house; friends hugging at the door; a person wearing glasses; someone crying; a couple holding hands
    a face very close to the camera; the back of someone walking away; a man in a suit and tie; a woman in a red dress
    people sitting around a table; a teenager looking at a phone; someone waving at the camera; a person with an umbrella
    an old woman knitting; twins in matching clothes; a man whispering to another man; a stranger asking for directions
    someone putting on make-up; a man shaving in front of a mirror; a hand with a ring; bare feet in sand; a crowd seen from behind
    someone making a funny face; a woman combing her hair; people standing in a queue; a person asleep in a chair; a kiss`,
  children: `
    a child blowing out candles; a baby learning to walk; children on a playground; a newborn in a cot; a toddler in a high chair
    a girl on a swing; a boy on a slide; kids jumping on a trampoline; a baby laughing; a child drawing with crayons
    children building a sandcastle; first day of school; a father carrying a child on his shoulders; a little girl dancing
    a boy with a toy car; kids splashing in puddles; a baby in the bath; a grandmother with her grandchild; a pram in a park
    children opening presents; a child losing a tooth; a school play; kids running through a sprinkler; a pillow fight
    a child in a costume; a bedtime story; a boy climbing a tree; children painting eggs; a girl with face paint; a teddy bear`,
  celebrations: `
    a bride in a white dress; a birthday cake; a bunch of balloons; fireworks over a town; cutting the wedding cake; the first dance
    a toast with champagne glasses; throwing the bouquet; a christmas tree with lights; santa claus; carving a turkey; a carnival parade
    people in masks and costumes; a halloween pumpkin; lanterns in the night sky; confetti falling; a graduation ceremony
    throwing hats in the air; an anniversary dinner; a baptism in a church; a funeral; a surprise party; wedding rings
    a marching band; a decorated float on a street; lighting a candle; counting down to midnight; a barbecue in the garden
    guests arriving at a party; a speech at a wedding; a gift wrapped in paper; a bonfire with many people`,
  music: `
    a crowd at a concert; someone playing the guitar; a drummer on stage; a singer with a microphone; a child playing the piano
    an orchestra with a conductor; a violin close up; a choir singing; a dj behind a mixer; people dancing in a club; a street musician
    a trumpet solo; ballet dancers; a flamenco dancer; a rock band in smoke and coloured light; a theatre stage with a curtain
    an audience clapping; a recording studio; a saxophone player; a magician with cards; a puppet show; a comedian telling jokes
    headphones on a table; a record on a turntable; break dancing on the pavement; a circus acrobat; a music lesson; a harp`,
  food: `
    hands kneading dough; a plate of spaghetti; a glass of red wine; a cup of coffee from above; fruit on a market stall
    chopping onions; frying eggs in a pan; a pizza coming out of the oven; a bowl of soup; grilling sausages; an ice cream cone
    a table full of dishes; bread in a bakery; pouring milk into a glass; a sandwich; sushi with chopsticks; a green salad
    whipping cream; a chocolate cake; biscuits on a tray; steam rising from a pot; a waiter carrying plates; a chef in a restaurant kitchen
    squeezing a lemon; strawberries in a basket; a bottle of beer; a cocktail with ice; tea poured from a pot; a fridge full of food
    peeling potatoes; cheese on a board; pancakes with syrup; a picnic blanket with food; eating with fingers; a burger and fries
    popcorn in a bowl; rice in a wok; a supermarket shelf; an apple cut in half; spices in small jars; a child eating ice cream
    a lunch box; fish on ice; washing vegetables; a recipe in a book; melted chocolate`,
  pets: `
    a dog running over grass; a cat asleep on a sofa; a puppy chewing a shoe; a kitten playing with string; a dog catching a ball
    a dog shaking off water; a cat looking out of a window; a hamster in a wheel; a parrot on a shoulder; fish in an aquarium
    a rabbit eating a carrot; walking a dog on a lead; two dogs playing; a cat with green eyes; a dog begging for food
    brushing a dog; a tortoise; a guinea pig; a dog swimming after a stick; a cat on a keyboard; a dog in the back of a car`,
  animals: `
    a horse in a stable; a bird on a branch; a butterfly on a flower; cows in a meadow; a flock of sheep; chickens in a yard; a pig in mud
    a fox at the edge of a wood; a deer in the fog; an elephant at a waterhole; a lion lying in the shade; monkeys in a tree; a giraffe eating leaves
    a bear in a river; a snake on a rock; a lizard in the sun; a frog in a pond; a spider in its web; bees around a hive; ants carrying leaves
    a swan with its young; ducks on a lake; an eagle in flight; an owl at night; seagulls following a boat; penguins on ice; a whale coming up
    dolphins jumping; a jellyfish; a shark; a crab on the beach; a squirrel with a nut; a hedgehog in the garden; a goat on a cliff
    a donkey by a fence; a camel in the desert; a zebra herd; a bat in a cave; a snail after rain; a swarm of birds at dusk; a horse race
    animals in a zoo; feeding the pigeons; a dead fish; a kangaroo hopping`,
  plants: `
    a hillside full of yellow flowers; autumn leaves on the ground; a rose in bloom; a sunflower; cherry trees in blossom; moss on a stone
    a cactus in a pot; watering the plants; planting a seedling; mowing the lawn; a greenhouse with tomatoes; mushrooms in the forest
    a vineyard in rows; a wheat field in the wind; a palm tree; a bare tree in winter; a hedge being cut; a bouquet in a vase
    picking apples; dew on a leaf; roots of an old tree; a tulip field; weeds between paving stones; a pine forest from below`,
  nature: `
    mountains with snow; a waterfall in a forest; a rainbow after rain; fog between trees; a starry night; lightning in a dark sky
    a sunset over the sea; the sun rising behind hills; clouds moving fast; a full moon; a river through a valley; a lake like a mirror
    a desert with dunes; a volcano erupting; a glacier; a canyon from above; a cave with stalactites; a wide green valley; a cliff over the ocean
    an island from a plane; northern lights; a path through a forest; a stream over stones; a frozen lake; the horizon at sea; red rocks
    a meadow full of flowers; icicles on a roof; reeds by the water; sunlight through leaves; a blue sky without clouds; a swamp`,
  weather: `
    heavy rain on a window; snow falling at night; a storm at sea; hail on a car roof; trees bending in the wind; a flooded street
    a thick grey sky; footprints in fresh snow; a tornado; ice on the windscreen; shovelling snow; a sandstorm; the first frost
    raindrops on water; heat shimmering over a road; a snowman in a garden; a snowball fight; dark clouds coming closer; mist over a lake`,
  water: `
    waves on a beach; a swimming pool; diving under water; a coral reef with fish; surfing a big wave; snorkelling in clear water
    a child with swimming armbands; jumping off a diving board; a water slide; people lying on towels; beach umbrellas in a row
    collecting shells; a lighthouse; a harbour with fishing boats; a pier at evening; a sailing boat on the sea; a canoe on a river
    rafting in white water; a ferry leaving; the deck of a cruise ship; throwing a fishing net; catching a fish; a fountain in a square
    a kayak from the front; water skiing; a rowing boat; bubbles rising; a scuba diver; a swimmer in a lane; a dam`,
  cities: `
    a city skyline; an old church; a narrow street with shops; a bridge over a river; a castle on a hill; traffic at night; neon signs
    people crossing a street; a market square; a park bench; a skyscraper from below; a tower with a clock; a view over roofs
    a cathedral inside; a statue of a man on a horse; a temple; a mosque with minarets; ancient ruins; a pyramid; a shopping mall
    an alley with graffiti; street lamps in the dark; a construction site with a crane; a demolished building; a cemetery; a school building
    a hospital corridor; a museum with paintings; a library with books; a fairground with a ferris wheel; a roller coaster; a stadium full of people
    a petrol station; a car park; a village with red roofs; a windmill; a farm with a barn; a factory chimney; a tennis court in the sun
    a balcony with flowers; a cafe on the pavement; a hotel room; a street market with spices; a red telephone box; an underground station`,
  travel: `
    an aeroplane in the sky; a train entering a station; the wing of a plane from the window; waiting at an airport; a suitcase being packed
    a passport in a hand; a tent in the mountains; a campfire at night; hiking with a backpack; a cable car; a map of the world
    landing on a runway; a tour guide with a flag; a hot air balloon; fields seen from a train; a road trip through the desert
    a view from the top of a mountain; a camper van; a boat trip; a helicopter; an escalator; a sign with the name of a town; a border crossing
    a bus full of tourists; taking a selfie in front of a monument; souvenirs in a shop; a hammock between two palms; a cockpit`,
  vehicles: `
    a car on a country road; a bicycle leaning on a wall; the inside of a car; a motorway from above; a motorbike in a curve; a red bus
    a fire engine with lights; a police car; an ambulance; a tractor in a field; a lorry on a motorway; a tram in the snow; a steam train
    a racing car; a vintage car; a car being washed; changing a tyre; an engine under the bonnet; a dashboard camera at night; a scooter
    a drone taking off; a rocket launch; a digger; a car crash; a traffic jam; a tunnel seen from a car; a parking manoeuvre; an electric car charging
    a skateboard; a model railway; a submarine; a speed camera; a driving lesson; a garage with tools; a truck stuck in mud; a horse and carriage
    a ship in a lock; a fighter jet; a wheelchair`,
  sports: `
    a football match; skiers on a slope; a tennis player serving; scoring a goal; a basketball shot; a volleyball over the net; a golf swing
    a boxing match; a karate class; a yoga pose; lifting weights; running on a treadmill; a marathon; the finish line of a race; a cyclist uphill
    a snowboarder in the air; ice skating; an ice hockey game; a gymnast on a beam; a high jump; a swimming race; table tennis; a rugby tackle
    rock climbing; a parachute jump; paragliding over a valley; a bungee jump; skateboard tricks in a park; a horse jumping over a fence
    a referee with a whistle; a trophy held up; fans cheering in a stadium; a penalty kick; stretching before a run; a bowling alley; darts
    archery; fencing; a baseball pitch; wrestling; a cricket match; a mountain bike trail; a climbing wall; cross country skiing
    a medal ceremony; a team in a huddle; warming up; a fall during a race; a slow motion replay; billiards`,
  home: `
    a living room with a fireplace; a kitchen with white cupboards; a staircase; a bed with white sheets; a bathroom with a shower
    a window with curtains; a bookshelf; a dining table with candles; a front door opening; moving boxes in an empty room; a lamp in the corner
    painting a wall; assembling furniture; vacuuming the carpet; washing the dishes; hanging up laundry; ironing a shirt; a sewing machine
    a clock on a wall; a mirror in a hall; a cluttered desk; toys on the floor; a sofa with cushions; a garden with a pond; an attic
    a cellar with bottles; a doorbell camera; a key in a lock; a power cut; a rocking chair; a house at night with lit windows; a tour of a flat
    a washing machine; a plant on a window sill; someone watching television; a broken vase; taking out the rubbish; a bunk bed; a wooden table`,
  work: `
    an empty office; people in a meeting; typing on a laptop; a whiteboard with notes; a teacher in front of a class; a lecture hall
    a doctor with a patient; a nurse giving an injection; a scientist with a microscope; test tubes; a welder with sparks; a carpenter sawing wood
    a bricklayer; a robot arm; an assembly line; a warehouse with shelves; a cashier at a till; a hairdresser cutting hair; a farmer on a field
    a fisherman mending nets; a potter at the wheel; a painter in front of a canvas; a blacksmith; a photographer with a camera; a courtroom
    soldiers marching; firefighters putting out a fire; a policeman directing traffic; a construction worker with a helmet; a job interview
    a call centre; a dentist; a vet with a dog; a tailor measuring; drilling a hole; soldering a circuit board; a 3d printer; a server room
    a handshake after signing; a press conference; a presentation with slides; a shop window; packing a parcel; a butcher; a beehive being opened`,
  speaking: `
    a woman speaking into a microphone; an interview with two people; a man talking to the camera; a news studio; a podcast with headphones
    a panel discussion; a politician at a lectern; a protest with banners; a video call; a voice without a picture; a vlogger walking and talking
    a sign language interpreter; an audience asking questions; a sermon; unboxing a product; a make-up tutorial; explaining a machine
    reading aloud from a book; someone on the telephone; a weather forecast; a talk show; holding a product up to the camera; an argument`,
  screens: `
    a computer screen with text; a hand writing on paper; white letters on a black background; the end credits; a title card; a company logo
    subtitles at the bottom; a spreadsheet; a line chart; a website; a video game; a map with a route; source code in an editor; a slide with bullet points
    a mobile phone screen; a chat conversation; a barcode; handwriting in a notebook; a mathematical formula; a page of a book; a road sign
    a newspaper headline; a menu in a restaurant; a licence plate; a countdown; a test pattern with colour bars; a loading bar; an error message
    an online shop; a drawing of a house; a cartoon character; computer animation; an old black and white film; a diagram with arrows; a scoreboard
    a calendar; a poster on a wall; a price tag; a photo album; a QR code; a subscribe button; a screen recording; an architectural plan`,
  things: `
    a pair of shoes; a wrist watch; a pair of scissors; a hammer and nails; a suitcase; a knife on a board; a mug; coins in a hand
    banknotes being counted; a bicycle helmet; a toothbrush; a violin case; a camera on a tripod; an old radio; a candle in the dark; a chess board
    playing cards; dice; a jigsaw puzzle; lego bricks; a balloon bursting; a kite in the wind; a paper plane; a soap bubble; a doll
    a hat on a hook; sunglasses; an earring; a backpack; a broom; a bucket of paint; a ladder; a rope; a globe; a telescope; a light bulb; batteries
    a crown; a gun; a sword; a flag in the wind; a trophy; a wooden box; an envelope; a medicine bottle; a remote control; a vase; a spoon`,
  actions: `
    knocking on a wall; closing a window; running away; jumping into water; falling down the stairs; climbing over a fence; pushing a trolley
    picking something up from the floor; throwing a stone; catching a frisbee; digging a hole; tying shoelaces; putting on a coat; clapping hands
    pointing at something; drinking from a bottle; blowing bubbles; lighting a match; breaking an egg; cutting paper; carrying a heavy box
    getting into a car; walking down stairs; sitting down; standing up; turning around; looking up; crawling through a tunnel; shaking a head
    pouring sand; ringing a bell; tearing a letter; folding clothes; hiding behind a tree; chasing each other; giving a present; washing hands
    dropping a glass; a magic trick; a prank; a somersault; brushing teeth; waking up; putting a child to bed; smoking a cigarette; swinging a hammer`,
  light: `
    a dark room; bright sunlight in the lens; a silhouette against the light; a blurred picture; a completely black picture; a white screen
    out of focus lights; a shaky camera; a finger over the lens; an upside down picture; a view from a drone; a time lapse of a city
    slow motion water; a close up of an eye; a wide landscape shot; a reflection in a puddle; a shadow on a wall; smoke in a beam of light
    a fish eye view; night vision; a thermal image; noise and static; a double exposure; a split screen; a picture in black and white
    a vertical video; a fade to black; the floor filmed by mistake; dust in sunlight; a lens flare; a view through a keyhole; film grain
    underexposed faces; a flickering lamp; a zoom on a face; the camera in a mirror; a steady shot of nothing`,
  abstract: `
    red; blue; a pattern of lines; green and yellow stripes; concentric circles; ink spreading in water; a kaleidoscope; a rough stone surface
    the texture of wood; crumpled paper; glitter; liquid metal; a grid of dots; a spiral; oil on water; fire against black; pink clouds; gold
    soft pastel colours; something strange; chaos; silence; loneliness; joy; a memory of summer; danger; speed; an unusual perspective; nothing`,
  history: `
    an old photograph of a family; soldiers in a trench; a steam ship; a grainy super 8 film; a ceremony with a king; people in old fashioned clothes
    a typewriter; a black telephone; a horse drawn plough; a war memorial; an archaeologist digging; a knight in armour; a spaceship; an astronaut
    a robot; a dinosaur skeleton; a dragon; a ghost; a superhero; aliens; a medieval market; a cowboy on a horse; a pirate ship; a zombie`,
  bodies: `
    an x-ray; a bandaged arm; a tattoo; painted fingernails; long blonde hair; a wrinkled hand; a pregnant woman; a muscular back
    an ultrasound scan; a person on crutches; a massage; a blood sample; a bruise; a sneeze; blue eyes; a smile without teeth; a sunburnt nose`,
  sentences: `
    a young man shows his new room and talks about the furniture; two friends sit on a wall and share a bag of chips
    a woman stands in the kitchen and explains how to make the sauce; a family walks along the promenade in the evening sun
    the camera follows a cyclist down a narrow mountain path; someone films the street from the window of a moving taxi
    a girl opens a parcel on her bed and shows what is inside; a man in a blue jacket speaks to reporters outside a building
    three women in swimsuits run into the sea and laugh; a boy falls off his skateboard and gets up again
    a couple eats noodles at a small table in a crowded restaurant; a guide tells tourists about the old town wall
    workers in yellow vests repair a road with heavy machines; an old couple dances slowly in their living room
    a mother dries her son with a big towel after swimming; a reporter stands in the rain with a microphone in front of a flooded house
    people wait in a long line outside a shop with their bags; a man lifts a heavy barbell while others watch in the gym
    a woman with a hat walks through a market and tries some fruit; police officers hold back a crowd of shouting demonstrators
    a child feeds ducks with bread at the edge of a pond; someone sits in a parked car and talks about the day
    a plane takes off and the city gets smaller below; two men in suits discuss something at a round table in a studio
    a teenager tries on several dresses in a changing room; the host of a show welcomes a guest who sits down on the couch
    a group of hikers rests on a summit and looks at the clouds below; a woman puts her hair up while she looks into the camera
    a dog jumps into the lake to fetch a stick and swims back; a man carries his suitcase up the steps of an old hotel
    a girl in pyjamas eats cereal at the breakfast table; soldiers stand beside a damaged tank on a dusty road
    a cook turns a pancake in the air and catches it with the pan; passengers look out of the window while the train crosses a bridge
    a man explains a graph on a large screen to his colleagues; someone holds two bottles next to each other and compares them
    friends play cards around a table late at night; a street is lit by shop signs while people with umbrellas walk past
    a baby crawls across the carpet towards a red ball; a diver swims along a reef and points at a turtle
    a woman in sports clothes does push ups on a mat at home; cars drive slowly through deep snow on a country road
    a teacher hands out sheets of paper and the pupils start to write; a bird builds its nest with twigs under a roof
    a man unpacks a new camera and holds the lens up to the light; a bridesmaid helps the bride with her veil before the ceremony
    a small boat rocks on the waves while an island comes nearer; two girls sing along to the radio in the car
    a man with a backpack walks along an empty beach in the morning; the president walks to the desk and signs a document
    a woman sits on the edge of a hotel pool with her legs in the water; someone cuts vegetables quickly and puts them into a pot
    a vet listens to the heart of a small black dog on a table; lava flows slowly down a slope and smoke rises
    a boy and his grandfather repair a bicycle in the shed; tourists take photographs of a palace with golden domes
    an excited crowd watches the final seconds of a game; a rescue helicopter lowers a rope to a person on a roof
    a man pours coffee and sits down with his laptop by the window; a woman compares two shades of lipstick on her hand
    a farmer drives his tractor past a row of apple trees; a young woman shows her notes and talks about how she studies
    a camera on the dashboard films a long straight road through the desert; people in white coats look at a monitor in a laboratory
    a street performer balances on a tall unicycle while children watch; an aerial shot of a burnt forest after the fire`,
  single: `
    dog; cat; beach; car; tree; mountain; baby; wedding; snow; fire; sky; flowers; night; bicycle; boat; train; horse; football
    bird; house; garden; street; river; crowd; dance; guitar; cake; kitchen; window; phone; book; mirror; door; stairs; rain; sunset; grandma; school`,
} satisfies Readonly<Record<string, string>>

/** The bank, in a fixed order. Another list is another calibration: raise `genericBank` with it. */
export const genericQueries: readonly string[] = Object.values(topics).flatMap((topic) =>
  topic
    .split(/[;\n]/)
    .map((text) => text.trim())
    .filter((text) => text !== ''),
)

/** Names the list above; 1 were 62 of these texts. */
export const genericBank = 2

/** Under which name hubness by this bank is kept: models of one space read texts each in their own way. */
export const hubBank = (model: string): string => `${model} ${genericBank}`
