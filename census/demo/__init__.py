"""The demonstration: a made-up borough, its pupils, their answers, all from one seed.

`borough` draws the map, `roll` fills the schools, `model` gives every pupil a state of mind,
`answers` turns it into answers, and `build` puts everything in through the actions that
people use. No line here stands for a real place, school or person.
"""
