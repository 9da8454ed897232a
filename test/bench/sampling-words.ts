/** Everyday words; those the model does not know are left out by the bench. */
export const everydayWords: readonly string[] = `
bird parrot cockatoo cat dog horse cow sheep elephant bear zebra giraffe frog fish shark whale dolphin turtle snake lizard
spider bee butterfly ant beetle snail duck goose swan eagle owl penguin chicken rooster rabbit squirrel mouse rat hamster
monkey gorilla lion tiger leopard wolf fox deer camel pig goat squid crab lobster kitten puppy animal insect mammal reptile
flower rose tulip daisy sunflower tree leaf grass forest garden plant cactus mushroom bush branch
car truck bus train airplane boat ship bicycle motorcycle helicopter rocket spaceship tractor ambulance taxi van tram sled
wheel tire traffic road street bridge parking garage harbor airport station highway
bottle glass cup mug bowl plate fork knife spoon pot pan kettle teapot jar can bucket basket box bag suitcase backpack
handbag wallet purse umbrella hat cap helmet glasses sunglasses watch tie shirt jacket coat dress jeans skirt sock shoe boot
glove scarf sweater uniform suit costume mask crown
person man woman child baby boy girl face hand crowd soldier actor dancer singer doctor cook
table chair sofa bench bed desk shelf cabinet drawer wardrobe lamp candle mirror curtain carpet pillow blanket clock vase
door window wall roof stairs floor ceiling fireplace
refrigerator oven microwave toaster stove sink toilet bathtub shower soap towel toothbrush
computer laptop keyboard monitor screen television phone camera radio microphone speaker printer remote book newspaper
magazine envelope pencil pen paper scissors tape map
ball football basketball baseball tennis racket bat skateboard surfboard snowboard ski frisbee kite swimming running
climbing golf hockey boxing chess puzzle toy doll robot statue sculpture balloon
guitar piano violin drum trumpet flute accordion harp
bread cake pizza sandwich hamburger donut cookie pie cheese egg meat steak sausage soup salad rice pasta broccoli carrot
potato tomato onion pepper corn cucumber pumpkin apple banana orange lemon strawberry grape pineapple peach cherry
coffee tea wine beer juice milk water ice chocolate candy honey
beach sea ocean lake river waterfall mountain hill valley desert island sky cloud snow rain storm sunset night fire smoke
castle church tower house barn school library hospital museum theater stage restaurant kitchen bathroom bedroom office
classroom shop market playground park farm fence gate fountain pool tent lighthouse skyscraper
hammer saw screwdriver drill wrench ladder rope chain hook nail shovel broom mop
flag sign poster picture painting photograph cartoon logo text letter number
`
  .split(/\s+/)
  .filter((word) => word !== '')
