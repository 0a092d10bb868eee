/** 256 short words that are pleasant, easy to spell and hard to take for one another; eight bits each. */
export const words: readonly string[] = (
  "acorn agate alder almond alpine amber anchor apple apricot april arbor aspen aster atlas autumn azure bamboo " +
  "banjo basil bay beacon beech berry birch biscuit bloom blue bonsai breeze bronze brook butter cactus camel " +
  "canary candle canoe canyon carrot cedar cello cherry chestnut cider citrus clay clever cliff cloud clover " +
  "coast cobalt cocoa comet copper coral cosmos cotton cove crane creek crimson crystal cypress daisy dawn delta " +
  "dew dolphin dove drift dune eagle east echo elder elm ember emerald fable falcon fern finch fir fjord flax " +
  "flint flora flute forest fox garden garnet gentle ginger glade glen golden granite grape green grove gull " +
  "harbor harp harvest hazel heather heron hickory holly honey ibis indigo iris island ivory ivy jade jasmine " +
  "jolly juniper kayak kelp kestrel kite kiwi koala lagoon lake lantern larch lark laurel lavender leaf lemon " +
  "lilac lily lime linden lively lotus lunar lynx magnolia mango maple marble marigold marlin meadow mellow melon " +
  "merry mint misty moon moss mulberry myrtle nectar nest nimble noble north nutmeg oak oasis oat ocean olive " +
  "onyx opal orange orbit orchard orchid otter owl palm panda papaya parrot peach pear pearl pebble pecan pepper " +
  "petal piano pine planet plum polar pond poplar poppy prairie quartz quiet quill rain raven reef ridge river " +
  "robin rocket rose ruby saffron sage sail salmon scarlet sequoia shell silent silver sky snow solar sparrow " +
  "spring spruce star stone stream summer sunny swan swift tango teal thistle thyme tidal tiger topaz tulip " +
  "tundra valley vanilla velvet violet walnut warm wave wheat willow winter wren yellow zephyr"
).split(" ");
