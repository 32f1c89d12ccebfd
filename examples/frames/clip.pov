// SPDX-License-Identifier: Apache-2.0
// Five marbles on a board, one for each word of the tutorial; a clip of 60 frames goes once round
// them. POV-Ray sets `clock` to the number of the frame (+K7).
#version 3.7;
global_settings { assumed_gamma 1 }

#declare Turn = 360 * clock / 60;

camera {
  location vrotate(<0, 3.2, -6>, Turn * y)
  look_at <0, 0.4, 0>
  right x * 4 / 3
}
light_source { <-5, 9, -6>, srgb 1 }
background { srgb <0.75, 0.85, 0.95> }
plane { y, 0 pigment { checker srgb 0.85, srgb 0.35 } }

#declare Marble = 0;
#while (Marble < 5)
  sphere {
    vrotate(<2, 0.6 + 0.4 * abs(sin(radians(3 * Turn + 72 * Marble))), 0>, 72 * Marble * y), 0.6
    pigment { srgb <1 - Marble / 4, 0.3, Marble / 4> }
    finish { specular 0.6 reflection 0.15 }
  }
  #declare Marble = Marble + 1;
#end
